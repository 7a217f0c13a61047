package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Throughput and latency of servers that are warm. In each round all of them are started and warmed up; then they are loaded in turn, one at
 * a time while the others are idle, in several windows.
 */
final class Warm {

  private static final Duration LIFE = Duration.ofMinutes(12);
  private static final Duration SETTLING = Duration.ofMillis(300);

  private final List<Contender> contenders;
  private final List<Row> rows = new ArrayList<>();
  private final Length length;
  private final List<Phase> phases;

  /**
   * How long it takes.
   *
   * @param rounds starts of each server
   * @param windows in each round, in each phase
   * @param warmup of each server after its start
   * @param window one measurement
   */
  record Length(int rounds, int windows, Duration warmup, Duration window) {}

  /**
   * One way to load a server.
   *
   * @param prefix of the columns
   * @param pinned whether server and caller have a processor each
   */
  record Phase(String prefix, int connections, boolean pinned) {}

  /** Many callers on all processors. */
  static final Phase MANY = new Phase("c32", 32, false);

  /** One caller on all processors. */
  static final Phase ONE = new Phase("c1", 1, false);

  /** One caller and the server on a processor each. */
  static final Phase PINNED = new Phase("c1 pinned", 1, true);

  private Warm(List<Contender> contenders, Length length, List<Phase> phases) {
    this.contenders = contenders;
    this.length = length;
    this.phases = phases;
    for (Contender contender : contenders) {
      rows.add(new Row(contender.name(), contender.flags()));
    }
  }

  /** A row for each contender; one that fails has the reason, and what was measured before. */
  static List<Row> measure(List<Contender> contenders, Length length, List<Phase> phases)
      throws InterruptedException {
    Warm warm = new Warm(contenders, length, phases);
    for (int round = 0; round < length.rounds(); round++) {
      warm.round();
    }
    return warm.rows;
  }

  private void round() throws InterruptedException {
    List<Loaded> running = new ArrayList<>();
    try {
      for (int i = 0; i < contenders.size(); i++) {
        start(i, running);
      }
      for (Phase phase : phases) {
        for (int window = 0; window < length.windows(); window++) {
          for (Loaded loaded : running) {
            loaded.window(phase);
          }
        }
      }
      for (Loaded loaded : running) {
        loaded.row.add(ColdStart.MEMORY, loaded.server.residentMebibytes());
      }
    } finally {
      for (Loaded loaded : running) {
        loaded.close();
      }
    }
  }

  private void start(int index, List<Loaded> running) throws InterruptedException {
    Contender contender = contenders.get(index);
    Row row = rows.get(index);
    if (row.failure() != null) {
      return;
    }
    try {
      Loaded loaded = new Loaded(contender, RunningServer.start(contender, LIFE), row);
      running.add(loaded);
      loaded.warmUp();
    } catch (IOException e) {
      row.fail(Failures.shortly(e));
    }
  }

  private final class Loaded {
    private final Contender contender;
    private final RunningServer server;
    private final Row row;

    Loaded(Contender contender, RunningServer server, Row row) {
      this.contender = contender;
      this.server = server;
      this.row = row;
    }

    void warmUp() throws IOException, InterruptedException {
      try (Line line = server.open()) {
        line.call();
      }
      load(32, length.warmup(), Duration.ofMillis(1));
    }

    void window(Phase phase) throws InterruptedException {
      if (row.failure() != null) {
        return;
      }
      try {
        if (phase.pinned()) {
          Pinning.apart(server.pid());
        }
        add(phase, load(phase.connections(), SETTLING, length.window()));
      } catch (IOException e) {
        row.fail(Failures.shortly(e));
      } finally {
        if (phase.pinned()) {
          Pinning.together(server.pid());
        }
      }
    }

    private LoadGenerator.Result load(int connections, Duration settling, Duration window)
        throws IOException, InterruptedException {
      if (serial()) {
        try (Line line = server.open()) {
          return LineLoad.run(line, settling, window);
        }
      }
      return LoadGenerator.run(
          server.address(),
          List.of(contender.request()),
          contender.call().answer(),
          connections,
          settling,
          window);
    }

    /** Those take one call at a time. */
    private boolean serial() {
      return contender.entrance() == Contender.Entrance.SOCKET
          || contender.entrance() == Contender.Entrance.RUNTIME_API;
    }

    private void add(Phase phase, LoadGenerator.Result result) {
      if (serial() && phase.connections() > 1) {
        return;
      }
      row.add(phase.prefix() + " answers/s", result.perSecond());
      for (int i = 0; i < LoadGenerator.SHARES.size(); i++) {
        row.add(column(phase, LoadGenerator.SHARES.get(i)), result.micros().get(i));
      }
    }

    void close() {
      try {
        server.close();
      } catch (IOException e) {
        row.fail(Failures.shortly(e));
      }
    }
  }

  /** The column for a share of the answers; those that are only for charts are hidden from tables. */
  static String column(Phase phase, double share) {
    boolean shown = share == 0.5 || share == 0.99;
    return (shown ? "" : Report.HIDDEN) + phase.prefix() + " p" + percentile(share) + ", µs";
  }

  /** A share in percent, as in {@code 99.9}. */
  static String percentile(double share) {
    return new BigDecimal(String.valueOf(share))
        .movePointRight(2)
        .stripTrailingZeros()
        .toPlainString();
  }
}
