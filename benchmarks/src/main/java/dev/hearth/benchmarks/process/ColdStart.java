package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Process start to first correct answer, one contender after the other in each round. */
final class ColdStart {

  /** What is measured. */
  static final String TIME = "first answer, ms";

  /** Resident memory then. */
  static final String MEMORY = "RSS, MiB";

  private static final Duration LIFE = Duration.ofSeconds(90);

  private ColdStart() {}

  /**
   * Measures.
   *
   * @param n rounds; one more before them fills the file cache and does not count
   * @return a row for each; one that fails is not started again, and has the reason
   */
  static List<Row> measure(List<Contender> contenders, int n) throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Contender contender : contenders) {
      rows.add(new Row(contender.name(), contender.flags()));
    }
    for (int round = -1; round < n; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        if (rows.get(i).failure() == null) {
          start(contenders.get(i), rows.get(i), round >= 0);
        }
      }
    }
    return rows;
  }

  private static void start(Contender contender, Row row, boolean counts)
      throws InterruptedException {
    try (RunningServer server = RunningServer.start(contender, LIFE);
        Line line = server.open()) {
      line.call();
      double millis = (System.nanoTime() - server.startNanos()) / 1e6;
      if (counts) {
        row.add(TIME, millis);
        row.add("CPU, ms", server.cpuMillis());
        row.add(MEMORY, server.residentMebibytes());
      }
    } catch (IOException e) {
      row.fail(Failures.shortly(e));
    }
  }
}
