package dev.hearth.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many classes the command loads up to its first answer, against what is recorded by package in {@code classes-17.txt} and {@code
 * classes-25.txt}. Each class is time of every first answer, and few are noticed one by one. {@code -Dhearth.classes.record=true} records anew
 * what is counted; {@code docs/classes.md} shows it.
 */
@Timeout(120)
final class ClassBudgetIT {

  private static final int FEATURE = Runtime.version().feature();
  private static final String CACHED = "shared objects file";
  private static final double SLACK = 0.02;
  private static final int MOST_BESIDE_THE_CACHE = 60;

  @TempDir private Path directory;

  private record Loaded(String name, String source) {
    static Loaded of(String line) {
      int at = line.indexOf(" source: ");
      String name = line.substring(0, at).replaceAll("/0x[0-9a-f]+|(?<=\\$\\$Lambda)\\$\\d+", "");
      return new Loaded(name, line.substring(at + " source: ".length()));
    }

    /** Three parts of its package, or all where there are fewer. */
    String group() {
      String[] parts = name.split("\\.");
      return String.join(".", List.of(parts).subList(0, Math.min(3, parts.length - 1)));
    }

    boolean isCached() {
      return source.startsWith(CACHED);
    }
  }

  private List<Loaded> firstAnswer(Map<String, String> variables) throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Upper",
                """
                package acme;
                public class Upper implements java.util.function.Function<String, String> {
                  public String apply(String text) { return text.toUpperCase(); }
                }
                """)
            .build("upper.jar");
    Path log = Files.createTempFile(directory, "classes", ".log");
    Map<String, String> all = new TreeMap<>(variables);
    all.put("HEARTH_JAVA_HOME", System.getProperty("java.home"));
    all.put("HEARTH_JVM_OPTS", "-Xlog:class+load:file=" + log + ":none");
    try (HearthProcess process =
        HearthProcess.start(directory, all, "run", jar.toString(), "--port", "0")) {
      assertThat(HearthProcess.post(process.url(), "x").body()).isEqualTo("X");
      return Files.readAllLines(log).stream()
          .filter(line -> line.contains(" source: "))
          .map(Loaded::of)
          .filter(loaded -> !loaded.name().startsWith("acme."))
          .toList();
    }
  }

  private static Map<String, Set<String>> byGroup(List<Loaded> classes) {
    return classes.stream()
        .collect(groupingBy(Loaded::group, TreeMap::new, mapping(Loaded::name, toSet())));
  }

  private static Map<String, Integer> recorded() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    try (InputStream file =
        ClassBudgetIT.class.getResourceAsStream("classes-" + FEATURE + ".txt")) {
      assumeTrue(file != null, "nothing is recorded for JDK " + FEATURE);
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        int blank = line.indexOf(' ');
        counts.put(line.substring(blank + 1), Integer.parseInt(line.substring(0, blank)));
      }
    }
    return counts;
  }

  private static void record(Map<String, Set<String>> groups) throws IOException {
    Path file = Path.of("src/test/resources/dev/hearth/cli/classes-" + FEATURE + ".txt");
    Files.writeString(
        file,
        groups.entrySet().stream()
            .map(group -> group.getValue().size() + " " + group.getKey() + "\n")
            .collect(Collectors.joining()));
  }

  @Test
  void firstAnswer_loadsNoMoreClassesThanAreRecorded() throws Exception {
    Map<String, Set<String>> groups = byGroup(firstAnswer(Map.of("HEARTH_CACHE", "none")));
    if (Boolean.getBoolean("hearth.classes.record")) {
      record(groups);
      return;
    }
    Map<String, Integer> recorded = recorded();
    int before = recorded.values().stream().mapToInt(Integer::intValue).sum();
    int now = groups.values().stream().mapToInt(Set::size).sum();

    assertThat(now)
        .as(
            "classes up to the first answer; packages that have more than recorded: %s",
            grown(groups, recorded))
        .isLessThanOrEqualTo((int) (before * (1 + SLACK)));
  }

  private static String grown(Map<String, Set<String>> groups, Map<String, Integer> recorded) {
    return groups.entrySet().stream()
        .filter(group -> group.getValue().size() > recorded.getOrDefault(group.getKey(), 0))
        .map(
            group ->
                String.format(
                    "%n%s: %d instead of %d of these: %s",
                    group.getKey(),
                    group.getValue().size(),
                    recorded.getOrDefault(group.getKey(), 0),
                    new TreeSet<>(group.getValue())))
        .collect(Collectors.joining());
  }

  @Test
  void firstAnswer_withTheCache_takesNearlyAllClassesFromIt() throws Exception {
    String suffix = FEATURE >= 25 ? ".aot" : ".jsa";
    Path cache =
        HearthProcess.distribution()
            .resolve("lib/cache")
            .resolve(System.getProperty("java.runtime.version") + suffix);
    assumeTrue(Files.isReadable(cache), "the distribution was built by another JDK");

    List<Loaded> classes = firstAnswer(Map.of());

    assertThat(classes.stream().filter(loaded -> !loaded.isCached()).map(Loaded::name).toList())
        .hasSizeLessThanOrEqualTo(MOST_BESIDE_THE_CACHE);
    assertThat(classes)
        .filteredOn(
            loaded -> loaded.source().startsWith("file:") || loaded.source().startsWith("jar:"))
        .as("classes read from Hearth's jars")
        .isEmpty();
  }
}
