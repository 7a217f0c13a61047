package dev.hearth.invoke;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an invocation ended; each one ends exactly once.
 *
 * @param <T> what the function gives
 */
public sealed interface Outcome<T extends @Nullable Object> {

  /** Where the time went. */
  Timings timings();

  /**
   * The function returned, and what it returned was written where the call asked for that.
   *
   * @param value what it returned; null when it gave nothing
   */
  record Returned<T extends @Nullable Object>(@Nullable T value, Timings timings)
      implements Outcome<T> {}

  /** The function, its constructor or its init hook threw; {@code cause} is what they threw. */
  record Threw<T extends @Nullable Object>(Throwable cause, Timings timings)
      implements Outcome<T> {}

  /** The request did not fit the function, which was not called. */
  record Refused<T extends @Nullable Object>(Exception cause, Timings timings)
      implements Outcome<T> {}

  /**
   * The time was up.
   *
   * @param phase what was going on
   * @param limit the time that was allowed
   */
  record TimedOut<T extends @Nullable Object>(Phase phase, Duration limit, Timings timings)
      implements Outcome<T> {}

  /**
   * There was no room; the function was not called and a later try may succeed.
   *
   * @param reason one line with the limits and counts
   * @param retry when to try again at the earliest
   */
  record Rejected<T extends @Nullable Object>(String reason, Duration retry, Timings timings)
      implements Outcome<T> {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** One that may succeed soon. */
    public Rejected(String reason, Timings timings) {
      this(reason, SOON, timings);
    }

    /** When to try again at the earliest, in whole seconds of which there is at least one. */
    public long retrySeconds() {
      return Math.max(1, retry.plusNanos(999_999_999).toSeconds());
    }
  }

  /** The caller no longer wanted it. */
  record Cancelled<T extends @Nullable Object>(String reason, Timings timings)
      implements Outcome<T> {}

  /** The steps that are timed apart. */
  enum Phase {
    QUEUE,
    INIT,
    RUN
  }
}
