package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What connections cost, idle and busy. */
final class GrowthOfLoad {

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration WARMUP = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofMillis(1500);
  private static final int BUSY = 8;

  private final Contender host;

  GrowthOfLoad(Path distribution, Path javaHome, FunctionJars jars) throws IOException {
    host =
        Contenders.hearth("hearth", distribution, javaHome, jars.hello())
            .variable("HEARTH_JVM_OPTS", "-Xmx128m");
  }

  /** So many connections, of which eight have requests and the others had one. */
  List<Row> connections(List<Integer> steps, int rounds) throws IOException, InterruptedException {
    List<Row> rows = Growth.rows(steps);
    for (int round = 0; round < rounds; round++) {
      List<Wire> idle = new ArrayList<>();
      try (RunningServer server = RunningServer.start(host, LIFE)) {
        load(server, BUSY, WARMUP);
        for (int i = 0; i < steps.size(); i++) {
          while (idle.size() < steps.get(i) - BUSY) {
            Wire wire = server.connect();
            idle.add(wire);
            wire.exchange(host.request());
          }
          measure(server, BUSY, rows.get(i));
        }
      } finally {
        for (Wire wire : idle) {
          wire.close();
        }
      }
    }
    return rows;
  }

  /** So many callers, each with a request under way all the time. */
  List<Row> concurrency(List<Integer> steps, int rounds) throws IOException, InterruptedException {
    List<Row> rows = Growth.rows(steps);
    for (int round = 0; round < rounds; round++) {
      try (RunningServer server = RunningServer.start(host, LIFE)) {
        load(server, BUSY, WARMUP);
        for (int i = 0; i < steps.size(); i++) {
          measure(server, steps.get(i), rows.get(i));
        }
      }
    }
    return rows;
  }

  private void measure(RunningServer server, int callers, Row row)
      throws IOException, InterruptedException {
    LoadGenerator.Result result = load(server, callers, WARMUP.dividedBy(4));
    row.add("answers/s", result.perSecond());
    row.add("p50, µs", result.micros().get(0));
    row.add("p99, µs", result.micros().get(LoadGenerator.SHARES.indexOf(0.99)));
    row.add(ColdStart.MEMORY, server.residentMebibytes());
  }

  private LoadGenerator.Result load(RunningServer server, int callers, Duration warmup)
      throws IOException, InterruptedException {
    return LoadGenerator.run(
        server.address(), List.of(host.request()), host.call().answer(), callers, warmup, WINDOW);
  }
}
