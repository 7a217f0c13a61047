package dev.hearth.benchmarks.process;

import dev.hearth.benchmarks.function.Hello;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is measured, each against processes of its own. */
final class Scenarios {

  private static final String EVENT = "{\"name\":\"x\"}";
  private static final String ANSWER = "Hello, x!";

  /** The request that is measured. */
  static final byte[] CALL = Wire.post("/", "text/plain", EVENT);

  private Scenarios() {}

  /** Process start to first correct answer, one contender after the other in each of {@code n} rounds. */
  static List<Row> coldStart(List<Contender> contenders, int n)
      throws IOException, InterruptedException {
    List<Row> rows = rows(contenders);
    for (int round = -1; round < n; round++) { // round -1 fills the file cache and does not count
      for (int i = 0; i < contenders.size(); i++) {
        try (RunningServer server = RunningServer.start(contenders.get(i));
            Wire wire = Wire.to(server.port())) {
          expect(wire.exchange(CALL));
          double millis = millisSince(server.startNanos());
          if (round >= 0) {
            rows.get(i).add("first answer, ms", millis);
            rows.get(i).add("CPU, ms", server.cpuMillis());
            rows.get(i).add("RSS, MiB", server.residentMebibytes());
          }
        }
      }
    }
    return rows;
  }

  /** An idle generic process is told its function by Fission's contract and called. */
  static Row specialise(Contender generic, Path jar, int n)
      throws IOException, InterruptedException {
    byte[] load =
        Wire.post(
            "/v2/specialize",
            "application/json",
            "{\"filepath\":\""
                + jar
                + "\",\"functionName\":\""
                + Hello.class.getName()
                + "\",\"url\":\"\",\"FunctionMetadata\":{\"name\":\"hello\"},\"envVersion\":2}");
    Row row = new Row(generic.name());
    for (int round = -1; round < n; round++) {
      try (RunningServer server = RunningServer.start(generic);
          Wire wire = Wire.to(server.port())) {
        long start = System.nanoTime();
        wire.exchange(load);
        double loaded = millisSince(start);
        expect(wire.exchange(CALL));
        double answered = millisSince(start);
        if (round >= 0) {
          row.add("load, ms", loaded);
          row.add("load and first answer, ms", answered);
        }
      }
    }
    return row;
  }

  /** Throughput and latency after warming up, over 1 and 32 connections. */
  static List<Row> warm(List<Contender> contenders, int rounds, Duration warmup, Duration measured)
      throws IOException, InterruptedException {
    List<Row> rows = rows(contenders);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        try (RunningServer server = RunningServer.start(contenders.get(i))) {
          for (int connections : new int[] {1, 32}) {
            LoadGenerator.Result result =
                LoadGenerator.run(server.port(), CALL, ANSWER, connections, warmup, measured);
            String prefix = "c" + connections + " ";
            rows.get(i).add(prefix + "answers/s", result.perSecond());
            rows.get(i).add(prefix + "p50, µs", result.p50Micros());
            rows.get(i).add(prefix + "p99, µs", result.p99Micros());
          }
        }
      }
    }
    return rows;
  }

  /** The options that a contender's JVM ends up with. */
  static List<String> jvmOptions(Contender contender) throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(contender)) {
      return server.jvmOptions();
    }
  }

  private static List<Row> rows(List<Contender> contenders) {
    List<Row> rows = new ArrayList<>();
    for (Contender contender : contenders) {
      rows.add(new Row(contender.name()));
    }
    return rows;
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }

  private static void expect(String answer) throws IOException {
    if (!answer.equals(ANSWER)) {
      throw new IOException("wrong answer: '" + answer + "' instead of '" + ANSWER + "'");
    }
  }
}
