package dev.hearth.benchmarks.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts times by whole microseconds, up to a second; longer ones count as that. Not thread-safe. */
final class Latencies {

  private static final int LONGEST_MICROS = 1_000_000;

  private final long[] counts = new long[LONGEST_MICROS + 1];
  private long all;

  void add(long nanos) {
    counts[(int) Math.min(nanos / 1000, LONGEST_MICROS)]++;
    all++;
  }

  long count() {
    return all;
  }

  void clear() {
    Arrays.fill(counts, 0);
    all = 0;
  }

  /** What was counted in a time. */
  LoadGenerator.Result result(double seconds) {
    List<Double> micros = new ArrayList<>();
    for (double share : LoadGenerator.SHARES) {
      micros.add(percentile(share));
    }
    return new LoadGenerator.Result(all / seconds, micros);
  }

  private double percentile(double share) {
    long left = (long) Math.ceil(all * share);
    for (int micros = 0; micros <= LONGEST_MICROS; micros++) {
      left -= counts[micros];
      if (left <= 0) {
        return micros;
      }
    }
    return LONGEST_MICROS;
  }
}
