package dev.hearth.invoke;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What has become of one function's calls, all its versions together, and what they used. Only grows. Thread-safe. */
public final class FunctionMeter {

  /** How a call ended. */
  public enum End {
    /** The function returned. */
    RETURNED,
    /** It, its constructor or its init hook threw. */
    FAILED,
    /** Its input was refused. */
    REFUSED,
    /** Its time was up. */
    TIMED_OUT,
    /** There was no room. */
    REJECTED,
    /** Nobody wanted its answer any more. */
    CANCELLED,
    /** It used more than it may. */
    LIMITED
  }

  /** So many calls are answered before the JDK's meter is loaded. */
  private static final long FIRST_CALLS = 20;

  private static final double GIB = 1 << 30;

  private final Map<End, LongAdder> ends = new EnumMap<>(End.class); // never changed
  private final Durations queue = new Durations();
  private final Durations init = new Durations();
  private final Durations run = new Durations();
  private final LongAdder coldStarts = new LongAdder();
  private final LongAdder cpuNanos = new LongAdder();
  private final LongAdder allocatedBytes = new LongAdder();
  private final LongAdder billedMillisTimesMemory = new LongAdder(); // ms × MiB
  private volatile long lastNanos; // when a call ended; 0 for never
  private final String function;
  private final @Nullable HeapWatch heap;
  private int first; // racy: it says when to load

  /**
   * One that has seen nothing.
   *
   * @param function whose calls it counts
   * @param heap told what calls threw; null for nobody
   */
  public FunctionMeter(String function, @Nullable HeapWatch heap) {
    this.function = function;
    this.heap = heap;
    for (End end : End.values()) {
      ends.put(end, new LongAdder());
    }
  }

  /**
   * Makes ready what calls' use is measured with, which is otherwise done after the first answers.
   *
   * @throws IllegalStateException if this JVM does not measure it
   */
  public static void prepare() {
    ThreadMeter.load();
  }

  /** A call found no instance that was warm. */
  public void coldStart() {
    coldStarts.increment();
  }

  /** A call threw; to be told before anything is done about it, which may need the memory that was used up. */
  public void threw(Throwable failure) {
    if (heap != null) {
      heap.failed(function, failure);
    }
  }

  void ended(Outcome<?> outcome, Metering metering) {
    Timings timings = outcome.timings();
    adder(of(outcome)).increment();
    queue.add(timings.queueNanos());
    run.add(timings.runNanos());
    if (timings.initNanos() >= Durations.LEAST_NANOS) {
      init.add(timings.initNanos());
    }
    if (timings.cpuNanos() > 0) {
      cpuNanos.add(timings.cpuNanos());
    }
    if (timings.allocatedBytes() > 0) {
      allocatedBytes.add(timings.allocatedBytes());
    }
    if (metering.memoryBytes() > 0) {
      billedMillisTimesMemory.add(billedMillis(timings) * (metering.memoryBytes() >> 20));
    }
    lastNanos = System.nanoTime();
    if (first < FIRST_CALLS && ++first == FIRST_CALLS) {
      ThreadMeter.loadLater();
    }
  }

  /**
   * What a platform bills a call for: initialising and running, rounded up to the next millisecond, as AWS Lambda does ("Understanding Lambda
   * billing": duration is rounded up to the nearest millisecond).
   */
  public static long billedMillis(Timings timings) {
    long nanos = timings.initNanos() + timings.runNanos();
    return (nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1) / TimeUnit.MILLISECONDS.toNanos(1);
  }

  private LongAdder adder(End end) {
    return Objects.requireNonNull(ends.get(end));
  }

  private static End of(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Returned) {
      return End.RETURNED;
    }
    if (outcome instanceof Outcome.Threw<?> threw) {
      return threw.cause() instanceof LimitReachedException ? End.LIMITED : End.FAILED;
    }
    if (outcome instanceof Outcome.Refused) {
      return End.REFUSED;
    }
    if (outcome instanceof Outcome.TimedOut) {
      return End.TIMED_OUT;
    }
    return outcome instanceof Outcome.Rejected ? End.REJECTED : End.CANCELLED;
  }

  /** How many calls ended so. */
  public long count(End end) {
    return adder(end).sum();
  }

  /** How many calls ended. */
  public long calls() {
    long all = 0;
    for (LongAdder each : ends.values()) {
      all += each.sum();
    }
    return all;
  }

  /** How many calls had an instance constructed for them. */
  public long coldStarts() {
    return coldStarts.sum();
  }

  /** How long calls waited for a thread and an instance. */
  public Durations queue() {
    return queue;
  }

  /** How long those calls waited for their instance that found none that was warm. */
  public Durations init() {
    return init;
  }

  /** How long calls ran. */
  public Durations run() {
    return run;
  }

  /** Processor time of those calls of which it was measured. */
  public long cpuNanos() {
    return cpuNanos.sum();
  }

  /** What those calls allocated of which it was measured. */
  public long allocatedBytes() {
    return allocatedBytes.sum();
  }

  /** Memory times billed duration, in GB-seconds, a GB being 2³⁰ bytes; 0 where the function has no memory set. */
  public double gbSeconds() {
    return billedMillisTimesMemory.sum() * ((1 << 20) / GIB) / 1000;
  }

  /** When the last call ended, as a value of {@link System#nanoTime}; 0 if none did. */
  public long lastNanos() {
    return lastNanos;
  }
}
