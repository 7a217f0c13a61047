package dev.hearth.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes a cache, and measures it. */
public final class Trainer {

  private static final int CALLS = 20;
  private static final String LOADED = "source: ";
  private static final String CACHED = "source: shared objects file";

  private final Path home;
  private final List<String> arguments;
  private final Event event;
  private final Path work;

  /**
   * @param home the distribution
   * @param arguments of {@code hearth run}: the archives and what belongs to them
   * @param event what the function is sent
   * @param work an empty directory
   */
  public Trainer(Path home, List<String> arguments, Event event, Path work) {
    this.home = home;
    this.arguments = List.copyOf(arguments);
    this.event = event;
    this.work = work;
  }

  /**
   * Writes the cache.
   *
   * @param to replaced once the new one is whole
   * @throws IOException if the function cannot be served or called, or the JVM wrote nothing
   */
  public void write(JvmCache kind, Path to) throws IOException, InterruptedException {
    Path made = work.resolve("made");
    Path log = work.resolve("training.log");
    Map<String, String> variables =
        Map.of("HEARTH_TRAINING", "true", "HEARTH_JVM_OPTS", kind.writing(made));
    try (Launched served = Launched.start(home, arguments, variables, log)) {
      served.call(event, CALLS);
      served.end();
    }
    if (!Files.isRegularFile(made)) {
      throw new IOException("the JVM wrote no cache: " + Files.readString(log).strip());
    }
    Path directory = to.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path beside = Files.createTempFile(directory, "cache", null);
    Files.move(made, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * What a cache is worth.
   *
   * @param rounds processes of each kind, interleaved
   */
  public Gain measure(Path cache, int rounds) throws IOException, InterruptedException {
    List<Long> without = new ArrayList<>();
    List<Long> with = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      without.add(firstAnswer(Map.of("HEARTH_CACHE", "none")));
      with.add(firstAnswer(Map.of("HEARTH_CACHE", cache.toString())));
    }
    Path classes = work.resolve("classes.log");
    firstAnswer(
        Map.of(
            "HEARTH_CACHE",
            cache.toString(),
            "HEARTH_JVM_OPTS",
            "-Xlog:class+load:file=" + classes));
    try (Stream<String> lines = Files.lines(classes)) {
      long[] counts = new long[2];
      lines.forEach(
          line -> {
            counts[0] += line.contains(LOADED) ? 1 : 0;
            counts[1] += line.contains(CACHED) ? 1 : 0;
          });
      return new Gain(median(without), median(with), counts[1], counts[0]);
    }
  }

  private long firstAnswer(Map<String, String> variables) throws IOException, InterruptedException {
    Path log = Files.createTempFile(work, "run", ".log");
    try (Launched served = Launched.start(home, arguments, variables, log)) {
      long nanos = served.call(event, 1);
      served.end();
      return nanos;
    }
  }

  private static long median(List<Long> nanos) {
    long[] sorted = new long[nanos.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = nanos.get(i);
    }
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /**
   * What a cache is worth.
   *
   * @param withoutNanos from the start of a process to its first answer, the median
   * @param withNanos the same with the cache
   * @param cachedClasses classes that came out of the cache, or the JDK's own, until the process ended
   * @param classes all of them
   */
  public record Gain(long withoutNanos, long withNanos, long cachedClasses, long classes) {}
}
