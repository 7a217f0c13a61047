package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives contenders what a careful user could add: the flags that start soonest, and an archive of classes made for one JDK from a run
 * that served {@value #REQUESTS} requests and ended cleanly; AppCDS before 25, an AOT cache from then on.
 */
final class Archive {

  /** What is added to the name of a contender that has them. */
  static final String BEST = ", best flags";

  private static final int REQUESTS = 21;
  private static final Duration LIFE = Duration.ofMinutes(3);
  private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private Archive() {}

  /** What a server is made to do while the JVM takes down what it loads. */
  interface Exercise {
    void run(RunningServer server) throws IOException, InterruptedException;
  }

  /**
   * Trains a contender.
   *
   * @param directory where the archive is kept
   * @return the same contender, started from it
   * @throws IOException if the JVM wrote none
   */
  static Contender best(Contender contender, int feature, Path directory)
      throws IOException, InterruptedException {
    return best(contender, feature, directory, Archive::calls);
  }

  /** Trains a contender by something else than calls. */
  static Contender best(Contender contender, int feature, Path directory, Exercise exercise)
      throws IOException, InterruptedException {
    String file = contender.name().replaceAll("\\W+", "-") + (feature >= 25 ? ".aot" : ".jsa");
    Path archive = directory.resolve(feature + "-" + file);
    String write = feature >= 25 ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    String read = feature >= 25 ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    Contender written = contender.options(with(contender, write + archive));
    try (RunningServer server = RunningServer.start(written, LIFE)) {
      exercise.run(server);
    }
    if (!Files.exists(archive)) {
      throw new IOException(
          "the JVM of " + contender.name() + " wrote no " + archive.getFileName());
    }
    return contender.options(with(contender, read + archive)).named(contender.name() + BEST);
  }

  private static void calls(RunningServer server) throws IOException, InterruptedException {
    try (Line line = server.open()) {
      for (int i = 0; i < REQUESTS; i++) {
        line.call();
      }
    }
  }

  private static List<String> with(Contender contender, String option) {
    List<String> options = new ArrayList<>(contender.options());
    options.addAll(FLAGS);
    options.add(option);
    return options;
  }
}
