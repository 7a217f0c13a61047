package dev.hearth.invoke;

/**
 * Where the time of one invocation went, in nanoseconds of the monotonic clock, and what it used.
 *
 * <p>What was used is that of the thread which ran the function, from entering its code to the outcome; what its other threads did is not in
 * it. The JDK counts neither for virtual threads.
 *
 * @param queueNanos from admission until a thread and an instance were there
 * @param initNanos waiting for the instance to be constructed and initialised; 0 when it was warm
 * @param runNanos from the first step of the call until its outcome was known
 * @param cpuNanos processor time; {@link #UNKNOWN} where it was not measured
 * @param allocatedBytes memory allocated on the heap, whether or not it was freed again; {@link #UNKNOWN} where it was not measured
 */
public record Timings(
    long queueNanos, long initNanos, long runNanos, long cpuNanos, long allocatedBytes) {

  /** Not measured. */
  public static final long UNKNOWN = -1;

  /** No time spent. */
  public static final Timings NONE = new Timings(0, 0, 0);

  /** Times alone. */
  public Timings(long queueNanos, long initNanos, long runNanos) {
    this(queueNanos, initNanos, runNanos, UNKNOWN, UNKNOWN);
  }
}
