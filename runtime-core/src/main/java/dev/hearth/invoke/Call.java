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
   * Tells that its thread is about to enter the function's code; on that thread. It must not throw. Not called when the
   * call ended before that.
   */
  default void entering(Invocation invocation) {}

  /**
   * Tells that the function's code is done with it, before its place in the instance goes to another call; what the code
   * printed on its thread is written by then. Called once after {@link #entering}, on a thread that ran the code; it must not
   * throw.
   *
   * @param outcome how the code ended, which is not how the call ended when that was stopped before
   */
  default void left(Invocation invocation, Outcome<?> outcome) {}

  /**
   * Tells how it ended; called exactly once, on any thread, which it must not block.
   *
   * @param outcome how; the value of a {@link Outcome.Returned} is written to the response already
   */
  void ended(Invocation invocation, Outcome<?> outcome);

  /** Whether it is one of the host's own that prepares a version for traffic; such calls are not counted. */
  default boolean isPriming() {
    return false;
  }
}
