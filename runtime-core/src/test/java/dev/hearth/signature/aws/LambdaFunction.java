package dev.hearth.signature.aws;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.ProvidedApis;
import dev.hearth.signature.Bound;
import dev.hearth.signature.Signatures;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.FailureFormat;
import dev.hearth.signature.spi.Freezable;
import dev.hearth.signature.spi.Invoker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A handler of a real jar in a world of its own, called as a contract would call it. */
final class LambdaFunction implements AutoCloseable {

  private static final Path LIBRARIES = Path.of("target", "libraries").toAbsolutePath();
  private static final Path PROVIDED = Path.of("target", "provided").toAbsolutePath();

  private final FunctionLoader loader;
  private final Environment environment;
  private final Bound bound;
  private final Invoker invoker;

  private LambdaFunction(
      FunctionLoader loader, Environment environment, Bound bound, Invoker invoker) {
    this.loader = loader;
    this.environment = environment;
    this.bound = bound;
    this.invoker = invoker;
  }

  /** A jar of {@code target/libraries}. */
  static Path library(String fileName) {
    return LIBRARIES.resolve(fileName);
  }

  /** The variables of the conformance cases. */
  static Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "fn1");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/lg");
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "ls");
    return variables;
  }

  static LambdaFunction open(Path work, Path archive, String handler) throws Throwable {
    return open(work, archive, handler, variables());
  }

  /** Opens a handler; throws what the host would report. */
  static LambdaFunction open(Path work, Path archive, String handler, Map<String, String> variables)
      throws Throwable {
    ArchiveStore store = ArchiveStore.open(work.resolve("store"));
    FunctionLoader loader =
        FunctionLoader.open("deployed-as", store.add(archive), ProvidedApis.of(PROVIDED));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Bound bound = Signatures.standard().bind(store.add(archive), loader, handler);
      Environment environment = new Given(variables);
      return new LambdaFunction(loader, environment, bound, bound.binding().open(environment));
    } catch (Throwable e) {
      loader.close();
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** What is posted for an event: the response, or the error document. */
  String post(String event) {
    return post(event, Map.of());
  }

  String post(String event, Map<String, String> attributes) {
    try {
      return invoke(event, attributes);
    } catch (Throwable e) {
      return document(e);
    }
  }

  String document(Throwable failure) {
    return new String(((FailureFormat) bound.binding()).document(failure), StandardCharsets.UTF_8);
  }

  String text(Throwable failure) {
    return ((FailureFormat) bound.binding()).text(failure);
  }

  /** Has the platform's log tell why a call failed. */
  boolean log(Throwable failure, Map<String, String> attributes) {
    return ((FailureFormat) bound.binding()).log(failure, context(attributes));
  }

  /** Calls it; throws what it threw. */
  String invoke(String event, Map<String, String> attributes) throws Throwable {
    return invoke(
        MemoryExchange.post(event.getBytes(StandardCharsets.UTF_8), "application/json"),
        attributes);
  }

  /** Calls it with an exchange that shows what was answered even when it threw. */
  String invoke(MemoryExchange exchange, Map<String, String> attributes) throws Throwable {
    inside(
        () -> {
          Exchange wire = exchange;
          invoker.write(invoker.call(invoker.read(wire), context(attributes)), wire);
          return null;
        });
    return new String(exchange.reply().body(), StandardCharsets.UTF_8);
  }

  /** Calls it with a value, as an embedder does. */
  @Nullable Object call(Object value) throws Throwable {
    return inside(() -> invoker.call(value, context(Map.of())));
  }

  Invoker invoker() {
    return invoker;
  }

  FunctionLoader loader() {
    return loader;
  }

  String signature() {
    return bound.signature();
  }

  void freeze() throws Throwable {
    inside(
        () -> {
          ((Freezable) invoker).beforeFreeze();
          return null;
        });
  }

  void thaw() throws Throwable {
    inside(
        () -> {
          ((Freezable) invoker).afterThaw();
          return null;
        });
  }

  private interface Step {
    @Nullable Object run() throws Throwable;
  }

  private @Nullable Object inside(Step step) throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return step.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Context context(Map<String, String> attributes) {
    return new Call("request-1", environment, attributes);
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  private record Given(Map<String, String> variables) implements Environment {
    @Override
    public String function() {
      return "deployed-as";
    }

    @Override
    public String version() {
      return "v1";
    }

    @Override
    public <T> T resource(Class<T> type, String name) {
      throw new IllegalArgumentException(name);
    }
  }

  private record Call(String id, Environment environment, Map<String, String> attributes)
      implements Context {
    @Override
    public Optional<Duration> remaining() {
      return Optional.ofNullable(attributes.get("test.remaining")).map(Duration::parse);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Optional<String> traceparent() {
      return Optional.empty();
    }
  }
}
