package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An idle process without a function is given one and called: the first function of its life. */
final class Specialise {

  /** What is measured. */
  static final String TIME = "load and first answer, ms";

  /** How long it has been idle by then, as a container waits for its function. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private static final Duration LIFE = Duration.ofSeconds(90);

  private Specialise() {}

  /** Hearth, told by Fission's contract. */
  static Generic hearth(Path distribution, Path javaHome, Deployed function) {
    byte[] load =
        Wire.post(
            "/v2/specialize",
            "application/json",
            "{\"filepath\":\""
                + function.jar()
                + "\",\"functionName\":\""
                + function.handler()
                + "\",\"url\":\"\",\"FunctionMetadata\":{\"name\":\"hello\"},\"envVersion\":2}");
    Contender contender = Contenders.generic(distribution, javaHome).asked(function.call());
    return new Generic(contender, load, contender.request(), function.call().answer());
  }

  /** One after the other in each of {@code n} rounds, after one that does not count. */
  static List<Row> measure(List<Generic> generics, int n) throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Generic generic : generics) {
      rows.add(new Row(generic.contender().name(), generic.contender().flags()));
    }
    for (int round = -1; round < n; round++) {
      for (int i = 0; i < generics.size(); i++) {
        if (rows.get(i).failure() == null) {
          load(generics.get(i), rows.get(i), round >= 0);
        }
      }
    }
    return rows;
  }

  private static void load(Generic generic, Row row, boolean counts) throws InterruptedException {
    try (RunningServer server = RunningServer.start(generic.contender(), LIFE);
        Wire wire = server.connect()) {
      TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
      long start = System.nanoTime();
      generic.load(wire);
      double loaded = millisSince(start);
      generic.call(wire);
      double answered = millisSince(start);
      if (counts) {
        row.add("load, ms", loaded);
        row.add(TIME, answered);
        row.add(ColdStart.MEMORY, server.residentMebibytes());
      }
    } catch (IOException e) {
      row.fail(Failures.shortly(e));
    }
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }
}
