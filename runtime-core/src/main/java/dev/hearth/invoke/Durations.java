package dev.hearth.invoke;

import java.util.concurrent.atomic.LongAdder;

/** How long things took: how many were within each bound, and all of it together. Only grows. Thread-safe. */
public final class Durations {

  /** Shorter ones are those of a clock read twice. */
  static final long LEAST_NANOS = 200_000;

  /** In nanoseconds, rising: from 1 ms to a minute, with those of Prometheus' own libraries among them. */
  private static final long[] BOUNDS = {
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L,
    60_000_000_000L
  };

  private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanos = new LongAdder();

  Durations() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void add(long took) {
    int bucket = 0;
    while (bucket < BOUNDS.length && took > BOUNDS[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    nanos.add(took);
  }

  /** The bounds, in nanoseconds. */
  public static long[] bounds() {
    return BOUNDS.clone();
  }

  /** How many were within each bound and not within the one below; the last is for those beyond every bound. */
  public long[] counts() {
    long[] now = new long[counts.length];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts[i].sum();
    }
    return now;
  }

  /** All of them together, in nanoseconds. */
  public long nanos() {
    return nanos.sum();
  }
}
