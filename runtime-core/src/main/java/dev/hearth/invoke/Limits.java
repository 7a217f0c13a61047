package dev.hearth.invoke;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long each phase of an invocation may take, in nanoseconds; {@link #NONE} for no limit.
 *
 * @param queueNanos waiting for a thread and an instance
 * @param initNanos constructing and initialising an instance
 * @param runNanos running user code, reading the body and writing the answer included
 */
public record Limits(long queueNanos, long initNanos, long runNanos) {

  /** No limit. */
  public static final long NONE = Long.MAX_VALUE;

  /** From durations; null means no limit. */
  public static Limits of(
      @Nullable Duration queue, @Nullable Duration init, @Nullable Duration run) {
    return new Limits(nanos(queue), nanos(init), nanos(run));
  }

  private static long nanos(@Nullable Duration limit) {
    // A century is as good as none, and keeps nanoTime arithmetic from wrapping around.
    return limit == null || limit.toDays() > 36_500 ? NONE : limit.toNanos();
  }
}
