package dev.hearth.invoke;

import dev.hearth.log.LogSink;
import dev.hearth.signature.spi.Exchange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call as its caller describes it: an exchange, and what is known about it beforehand. */
public interface Call extends Exchange {

  /** No deadline. */
  long NO_DEADLINE = Long.MAX_VALUE;

  /** The caller's id for it; null to have one made. */
  default @Nullable String id() {
    return null;
  }

  /**
   * When its caller stops waiting, as a value of {@link System#nanoTime}, or {@link #NO_DEADLINE}. The
   * function's own limits apply as well.
   */
  default long deadlineNanos() {
    return NO_DEADLINE;
  }

  /** What the platform said about it, by lower-case name; not changed afterwards. */
  default Map<String, String> attributes() {
    return Map.of();
  }

  /** The caller's W3C {@code traceparent}, or null. */
  default @Nullable String traceparent() {
    return null;
  }

  /**
   * What takes this call's lines until it has ended, for platforms that want them with its answer; null for the host's log. It is
   * asked for each line, by any thread.
   */
  default @Nullable LogSink log() {
    return null;
  }

  /**
   * Tells how it ended; called exactly once, on any thread, which it must not block.
   *
   * @param outcome how; the value of a {@link Outcome.Returned} is written to the response already
   */
  void ended(Invocation invocation, Outcome<?> outcome);
}
