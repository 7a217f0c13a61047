package dev.hearth.signature.fn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.ProvidedApis;
import dev.hearth.loader.StoredArchive;
import dev.hearth.signature.Signatures;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.FailureFormat;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.testing.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How calls fail, and what Fn's log has about it. */
@Timeout(120)
final class FnFailureTest {

  private static final String MEMBERS =
      """
      int calls;
      @FnConfiguration public void configure(RuntimeContext c) {
        if (c.getConfigurationByKey("BREAK").isPresent()) deep();
      }
      static void deep() { throw new IllegalStateException("deep"); }
      public String f(String how) throws Exception {
        calls++;
        switch (how) {
          case "exception": throw new IllegalStateException("one", new ArithmeticException("/ by zero"));
          case "checked": throw new IOException("checked");
          case "error": throw new AssertionError("error");
          case "link": throw new NoClassDefFoundError("gone/Type");
          case "overflow": return f2("");
          case "circle": {
            Exception a = new Exception("a");
            a.initCause(new Exception("b", a));
            throw a;
          }
          default: return "fine " + calls;
        }
      }
      private String f2(String s) { return f2(s + "x") + s; }
      public void json(int[] numbers) {}
      public String nothing() { return null; }
      """;

  @TempDir private Path directory;
  private FnFunctions functions;
  private Path jar;

  @BeforeEach
  void open() {
    functions = new FnFunctions(directory);
    jar = functions.jar(MEMBERS);
  }

  @AfterEach
  void close() {
    functions.close();
  }

  private static Throwable threw(FunctionHandle function, String how) {
    Outcome<?> outcome = FnFunctions.call(how).outcome(function);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }

  @Test
  void fn_case_06_08_whatTheFunctionThrows_endsTheCallAndNothingElse() {
    FunctionHandle function = functions.deploy(jar, "F::f", Map.of());

    assertThat(threw(function, "exception"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("one");
    assertThat(threw(function, "checked")).isExactlyInstanceOf(java.io.IOException.class);
    assertThat(threw(function, "error")).isExactlyInstanceOf(AssertionError.class);
    assertThat(threw(function, "link")).isExactlyInstanceOf(NoClassDefFoundError.class);
    assertThat(threw(function, "overflow")).isExactlyInstanceOf(StackOverflowError.class);
    assertThat(FnFunctions.call("").text(function)).isEqualTo("fine 6");
  }

  /** What the log of a version has about its first call. */
  private List<String> log(String handler, String body, Map<String, String> variables)
      throws Exception {
    StoredArchive archive = ArchiveStore.open(directory.resolve("store")).add(jar);
    ProvidedApis provided = ProvidedApis.of(TestHost.provided("fn").getParent());
    try (FunctionLoader loader = FunctionLoader.open("f", archive, provided)) {
      Binding binding = Signatures.standard().bind(archive, loader, handler, variables).binding();
      FailureFormat format = (FailureFormat) binding;
      Throwable failure = failure(binding, body, new Alone(variables));
      assertThat(format.document(failure)).isEmpty();
      return format.text(failure).lines().toList();
    }
  }

  private static Throwable failure(Binding binding, String body, Alone alone) {
    try {
      Invoker invoker = binding.open(alone);
      MemoryExchange exchange = MemoryExchange.post(body.getBytes(UTF_8), "text/plain");
      invoker.write(invoker.call(invoker.read(exchange), alone), exchange);
    } catch (Throwable e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void log_ofTheFunctionsFailure_hasItsFramesAndCauses() throws Exception {
    assertThat(log("F::f", "exception", Map.of()))
        .containsExactly(
            "An error occurred in function: one",
            "Caused by: java.lang.IllegalStateException: one",
            "    at F.f(F.java:16)",
            "Caused by: java.lang.ArithmeticException: / by zero",
            "    at F.f(F.java:16)");
    assertThat(log("F::f", "error", Map.of()))
        .containsExactly(
            "An error occurred in function: error",
            "Caused by: java.lang.AssertionError: error",
            "    at F.f(F.java:18)");
  }

  @Test
  void log_ofCausesThatGoRoundInCircles_ends() throws Exception {
    assertThat(log("F::f", "circle", Map.of()))
        .filteredOn(line -> line.startsWith("Caused by: "))
        .containsExactly("Caused by: java.lang.Exception: a", "Caused by: java.lang.Exception: b");
  }

  @Test
  void log_ofAStartThatFailed_saysWhatFailed_thenTheCause() throws Exception {
    assertThat(log("F::f", "", Map.of("BREAK", "1")))
        .containsExactly(
            "configuration method F::configure failed: java.lang.IllegalStateException: deep",
            "Caused by: java.lang.IllegalStateException: deep",
            "    at F.deep(F.java:12)",
            "    at F.configure(F.java:10)");
  }

  @Test
  void log_ofABodyThatDoesNotFit_saysWhere() throws Exception {
    assertThat(log("F::json", "[1, x]", Map.of()).get(0))
        .startsWith("the body cannot be made into int[]: Unrecognized token 'x'")
        .endsWith("at int[][1]");
  }

  @Test
  void log_ofAResultThatCannotBeWritten_saysWhichMethods() throws Exception {
    assertThat(log("F::nothing", "", Map.of()))
        .containsExactly("F::nothing returned null; return a String, which may be empty");
  }

  /** A function and a call of which nothing is known but the function's variables. */
  private record Alone(Map<String, String> variables) implements Environment, Context {
    @Override
    public dev.hearth.function.Log log() {
      return Environment.super.log();
    }

    @Override
    public String function() {
      return "f";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public <T> T resource(Class<T> type, String name) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public String id() {
      return "call";
    }

    @Override
    public Environment environment() {
      return this;
    }

    @Override
    public Optional<Duration> remaining() {
      return Optional.empty();
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of();
    }

    @Override
    public Optional<String> traceparent() {
      return Optional.empty();
    }
  }
}
