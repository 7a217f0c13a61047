package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** {@code hearth train} for one function, as its user would run it. */
final class Training {

  private static final long LIMIT_MINUTES = 3;

  private Training() {}

  /** Makes the distribution's own cache for a JDK that has none yet, as whoever installs it does. */
  static void distribution(Path distribution, Path javaHome)
      throws IOException, InterruptedException {
    Properties release = new Properties();
    try (var file = Files.newBufferedReader(javaHome.resolve("release"))) {
      release.load(file);
    }
    String version = release.getProperty("JAVA_RUNTIME_VERSION", "?").replace("\"", "");
    Path caches = distribution.resolve("lib/cache");
    if (!Files.exists(caches.resolve(version + ".jsa"))
        && !Files.exists(caches.resolve(version + ".aot"))) {
      System.err.println("training the distribution for " + javaHome);
      run(distribution, javaHome, List.of("train", "--rounds", "0"));
    }
  }

  /** Whether {@code hearth train} has an option. */
  static boolean knows(Path distribution, Path javaHome, String option)
      throws IOException, InterruptedException {
    return run(distribution, javaHome, List.of("train", "--help")).contains(option);
  }

  /**
   * Trains.
   *
   * @param extra further options of the command
   * @return the cache
   * @throws IOException with what the command said, if it failed
   */
  static Path train(
      Path distribution, Path javaHome, Deployed function, Path directory, String... extra)
      throws IOException, InterruptedException {
    Path cache = Files.createTempFile(directory, "trained", ".cache");
    Files.delete(cache);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", function.jar().toString(), "--handler", function.handler()));
    arguments.addAll(List.of("--data", function.call().event()));
    arguments.addAll(List.of("--content-type", function.call().contentType()));
    arguments.addAll(List.of("--rounds", "0", "-o", cache.toString()));
    arguments.addAll(List.of(extra));
    String said = run(distribution, javaHome, arguments);
    if (!Files.exists(cache)) {
      throw new IOException("hearth train wrote no cache: " + said);
    }
    return cache;
  }

  private static String run(Path distribution, Path javaHome, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(distribution.resolve("bin/hearth").toString()));
    command.addAll(arguments);
    Path said = Files.createTempFile("train", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
      builder.environment().put("HEARTH_JAVA_HOME", javaHome.toString());
      Process process = builder.start();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException("hearth train has not ended within " + LIMIT_MINUTES + " minutes");
      }
      String text = Files.readString(said);
      if (process.exitValue() != 0) {
        throw new IOException("hearth train failed: " + text);
      }
      return text;
    } finally {
      Files.delete(said);
    }
  }
}
