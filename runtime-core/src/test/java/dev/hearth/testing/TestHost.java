package dev.hearth.testing;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Headers;
import dev.hearth.instance.spi.ResourceProvider;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A host with one function, which is called by messages as a contract would. Not thread-safe to set up. */
public final class TestHost implements AutoCloseable {

  private static final Path TARGET =
      Path.of(Objects.requireNonNull(System.getProperty("hearth.root")), "runtime-core", "target");

  private final Hearth hearth;
  private final FunctionHandle function;

  private TestHost(Hearth hearth, FunctionHandle function) {
    this.hearth = hearth;
    this.function = function;
  }

  /** Vendor APIs that come with Hearth, one directory for each set. */
  public static Path provided(String set) {
    return TARGET.resolve("provided").resolve(set);
  }

  /** A library that functions bring in tests. */
  public static Path library(String jar) {
    return TARGET.resolve("libraries").resolve(jar);
  }

  /**
   * Deploys a function on a host of its own.
   *
   * @param handler null for the archive to tell
   */
  public static TestHost deploy(Path archive, @Nullable String handler) {
    return deploy(FunctionSpec.builder(archive).handler(handler).build(), null);
  }

  /** As a spec says, with something to lend. */
  public static TestHost deploy(FunctionSpec spec, @Nullable ResourceProvider resources) {
    Hearth.Builder builder =
        Hearth.builder()
            .providedApis(TARGET.resolve("provided"))
            .drainLimit(Duration.ofSeconds(10));
    if (resources != null) {
      builder.resources(resources);
    }
    Hearth hearth = builder.build();
    try {
      return new TestHost(hearth, hearth.deploy("f", spec));
    } catch (RuntimeException e) {
      hearth.close();
      throw e;
    }
  }

  /** The function. */
  public FunctionHandle function() {
    return function;
  }

  /** Posts a text. */
  public Answer post(@Nullable String contentType, String body) {
    return post(contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Posts bytes. */
  public Answer post(@Nullable String contentType, byte[] body) {
    return send(
        "POST",
        "/",
        "",
        contentType == null ? Map.of() : Map.of("Content-Type", List.of(contentType)),
        body);
  }

  /** Sends any request and waits for its end. */
  public Answer send(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    return send(method, path, query, headers, body, false);
  }

  /** The same as a client's own request, rather than an event in its shape. */
  public Answer http(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    return send(method, path, query, headers, body, true);
  }

  private Answer send(
      String method,
      String path,
      String query,
      Map<String, List<String>> headers,
      byte[] body,
      boolean http) {
    Message message =
        new Message(
            new MemoryExchange(
                method, path, query, headers, new ByteArrayInputStream(body), body.length),
            http);
    function.dispatch(message);
    try {
      Outcome<?> outcome = message.outcome.get(60, TimeUnit.SECONDS);
      return new Answer(outcome, message.exchange);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the call did not end", e);
    }
  }

  /** Removes the function and waits until its code is let go. */
  public void undeploy() {
    try {
      function.undeploy().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the function was not removed", e);
    }
  }

  @Override
  public void close() {
    hearth.close();
  }

  /** How a call ended and what was answered. */
  public record Answer(Outcome<?> outcome, MemoryExchange exchange) {

    /** The body as text, of a call that was answered. */
    public String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The body, of a call that was answered. */
    public byte[] bytes() {
      if (!(outcome instanceof Outcome.Returned)) {
        throw new AssertionError("not answered: " + outcome);
      }
      return exchange.reply().body();
    }

    /** The status that the function set, 0 if it set none. */
    public int status() {
      return exchange.response().status();
    }

    /** The headers. */
    public Headers headers() {
      return exchange.response().headers();
    }

    /** The media type, or null. */
    public @Nullable String type() {
      return headers().first("content-type").orElse(null);
    }

    /** What the function threw. */
    public Throwable thrown() {
      if (outcome instanceof Outcome.Threw<?> threw) {
        return threw.cause();
      }
      throw new AssertionError("did not throw: " + outcome);
    }

    /** Why the request did not fit. */
    public Exception refused() {
      if (outcome instanceof Outcome.Refused<?> refused) {
        return refused.cause();
      }
      throw new AssertionError("was not refused: " + outcome);
    }
  }

  private static final class Message implements Call {
    private final MemoryExchange exchange;
    private final CompletableFuture<Outcome<?>> outcome = new CompletableFuture<>();

    private final boolean http;

    Message(MemoryExchange exchange, boolean http) {
      this.exchange = exchange;
      this.http = http;
    }

    @Override
    public boolean isHttp() {
      return http;
    }

    @Override
    public dev.hearth.function.Request request() {
      return exchange.request();
    }

    @Override
    public dev.hearth.function.Response response() {
      return exchange.response();
    }

    @Override
    public void ended(Invocation invocation, Outcome<?> how) {
      outcome.complete(how);
    }
  }
}
