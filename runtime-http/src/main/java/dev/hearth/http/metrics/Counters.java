package dev.hearth.http.metrics;

import dev.hearth.http.metrics.PrometheusText.Kind;
import java.util.concurrent.atomic.LongAdder;

/** A family of numbers that only grow, one for each value of its labels. Thread-safe. */
public final class Counters {

  private final String name;
  private final String help;
  private final Labelled<LongAdder> series;

  /**
   * @param name ending in {@code _total}
   * @param help one line for people
   * @param labels names of the labels; none for a single number
   */
  public Counters(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.series = new Labelled<>(new Zero(), labels);
  }

  /**
   * Adds one.
   *
   * @param values one for each label; what they may say must be little, as each is kept for good
   */
  public void add(String... values) {
    series.of(values).increment();
  }

  /** How many there are. */
  public long count(String... values) {
    return series.of(values).sum();
  }

  /** A class, because contracts make their counters before the first answer. */
  private static final class Zero implements Labelled.Maker<LongAdder> {
    @Override
    public LongAdder make() {
      return new LongAdder();
    }
  }

  /** Writes all of them. */
  public void write(PrometheusText to) {
    to.family(name, help, Kind.COUNTER);
    for (Labelled.Series<LongAdder> each : series.all()) {
      to.sample("", (double) each.numbers().sum(), each.labels());
    }
  }
}
