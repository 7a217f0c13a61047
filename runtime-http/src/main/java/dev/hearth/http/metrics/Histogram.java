package dev.hearth.http.metrics;

import dev.hearth.http.metrics.PrometheusText.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** A family of how long things took: how many were within each bound, for each value of its labels. Thread-safe. */
public final class Histogram {

  /** Seconds: the bounds that Prometheus' own libraries have. */
  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private static final double NANOS = 1e9;

  private final String name;
  private final String help;
  private final double[] bounds; // seconds, rising
  private final Labelled<Buckets> series;

  /** With the usual bounds, from 5 ms to 10 s. */
  public static Histogram ofSeconds(String name, String help, String... labels) {
    return new Histogram(name, help, SECONDS, labels);
  }

  /**
   * @param name ending in {@code _seconds}
   * @param help one line for people
   * @param bounds in seconds, rising
   * @param labels names of the labels; none for a single series
   */
  public Histogram(String name, String help, double[] bounds, String... labels) {
    for (int i = 1; i < bounds.length; i++) {
      if (!(bounds[i] > bounds[i - 1])) {
        throw new IllegalArgumentException(
            "bound " + bounds[i] + " of " + name + " is not above " + bounds[i - 1]);
      }
    }
    this.name = name;
    this.help = help;
    this.bounds = bounds.clone();
    this.series = new Labelled<>(new Empty(bounds.length), labels);
  }

  /** Adds one that took so long. */
  public void record(long nanos, String... values) {
    double seconds = nanos / NANOS;
    int bucket = 0;
    while (bucket < bounds.length && seconds > bounds[bucket]) {
      bucket++;
    }
    Buckets buckets = series.of(values);
    buckets.counts[bucket].increment();
    buckets.nanos.add(nanos);
  }

  /** Writes all of them. What is recorded meanwhile may be in one number and not yet in another. */
  public void write(PrometheusText to) {
    to.family(name, help, Kind.HISTOGRAM);
    for (Labelled.Series<Buckets> each : series.all()) {
      write(to, each.numbers(), each.labels());
    }
  }

  private void write(PrometheusText to, Buckets buckets, List<String> labels) {
    long within = 0;
    for (int i = 0; i <= bounds.length; i++) {
      within += buckets.counts[i].sum();
      double bound = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
      List<String> all = new ArrayList<>(labels);
      all.add("le");
      all.add(PrometheusText.number(bound));
      to.sample("_bucket", (double) within, all);
    }
    to.sample("_sum", buckets.nanos.sum() / NANOS, labels);
    to.sample("_count", (double) within, labels);
  }

  /** A class, because contracts make their histograms before the first answer. */
  private record Empty(int bounds) implements Labelled.Maker<Buckets> {
    @Override
    public Buckets make() {
      return new Buckets(bounds);
    }
  }

  private static final class Buckets {
    final LongAdder[] counts; // the last is for those beyond every bound
    final LongAdder nanos = new LongAdder();

    Buckets(int bounds) {
      counts = new LongAdder[bounds + 1];
      for (int i = 0; i <= bounds; i++) {
        counts[i] = new LongAdder();
      }
    }
  }
}
