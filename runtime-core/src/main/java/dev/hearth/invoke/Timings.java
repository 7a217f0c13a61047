package dev.hearth.invoke;

/**
 * Where the time of one invocation went, in nanoseconds of the monotonic clock.
 *
 * @param queueNanos from admission until a thread and an instance were there
 * @param initNanos waiting for the instance to be constructed and initialised; 0 when it was warm
 * @param runNanos from the first step of the call until its outcome was known
 */
public record Timings(long queueNanos, long initNanos, long runNanos) {

  /** No time spent. */
  public static final Timings NONE = new Timings(0, 0, 0);
}
