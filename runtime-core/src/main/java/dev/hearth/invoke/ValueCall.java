package dev.hearth.invoke;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call made in process with a value. Where the function takes the value as it is, it is handed over
 * without conversion and the outcome holds what the function returned. Otherwise the value travels as a
 * message would (text, bytes and streams can), and the outcome holds a {@link dev.hearth.function.Reply} of bytes.
 */
public final class ValueCall implements Call {

  private final @Nullable Object input;
  private final long deadlineNanos;
  private final CompletableFuture<Outcome<?>> outcome = new CompletableFuture<>();
  private @Nullable MemoryExchange exchange; // the thread that runs the call only

  /**
   * @param input what the function is given
   * @param timeout how long the caller waits; null for as long as the function's own limits allow
   */
  public ValueCall(@Nullable Object input, @Nullable Duration timeout) {
    this.input = input;
    this.deadlineNanos = timeout == null ? NO_DEADLINE : System.nanoTime() + timeout.toNanos();
  }

  /** What the function is given. */
  public @Nullable Object input() {
    return input;
  }

  /** Completed with the outcome, never exceptionally. */
  public CompletableFuture<Outcome<?>> outcome() {
    return outcome;
  }

  /** The exchange that the value travels by; made at first use. */
  public MemoryExchange exchange() {
    MemoryExchange made = exchange;
    if (made == null) {
      made = newExchange();
      exchange = made;
    }
    return made;
  }

  private MemoryExchange newExchange() {
    if (input instanceof byte[] bytes) {
      return MemoryExchange.post(bytes, "application/octet-stream");
    }
    if (input instanceof InputStream stream) {
      return new MemoryExchange(
          "POST", "/", "", Map.of("Content-Type", List.of("application/octet-stream")), stream, -1);
    }
    if (input == null) {
      return new MemoryExchange(
          "POST", "/", "", Map.of(), new ByteArrayInputStream(new byte[0]), 0);
    }
    if (input instanceof CharSequence text) {
      return MemoryExchange.post(
          text.toString().getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }
    throw new IllegalArgumentException(
        "the function does not take a "
            + input.getClass().getName()
            + "; give it what its handler declares, text, bytes or a stream");
  }

  @Override
  public Request request() {
    return exchange().request();
  }

  @Override
  public Response response() {
    return exchange().response();
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> how) {
    outcome.complete(how);
  }
}
