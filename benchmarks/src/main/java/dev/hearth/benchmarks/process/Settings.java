package dev.hearth.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@link Main} was asked for. */
final class Settings {

  static final String USAGE =
      """
      usage: benchmarks/run [--quick] [--only PART[,PART…]] [--n N] [--java HOME]… [--json FILE] [--markdown FILE]

        --quick          fewer and shorter rounds: to see that it runs, not to publish
        --only PARTS     of cold, specialise, warm, jmh; all by default
        --n N            rounds of cold start and specialise; 20 by default, 10 with --quick
        --java HOME      a JDK to measure with, may be repeated; by default the one that runs this
        --json FILE      where to write every sample
        --markdown FILE  where to write the report; '-' for standard output
      """;

  private static final Set<String> PARTS = Set.of("cold", "specialise", "warm", "jmh");

  final Path hearth;
  final boolean quick;
  final int n;
  final List<Path> jdks = new ArrayList<>();
  final @Nullable Path json;
  final @Nullable Path markdown;
  private final Set<String> only = new TreeSet<>();

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it cannot be understood
   */
  Settings(String... arguments) {
    String distribution = "runtime-http/target/hearth";
    String rounds = "";
    String jsonFile = "";
    String markdownFile = "-";
    boolean fast = false;
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      if (option.equals("--quick")) {
        fast = true;
        continue;
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("option " + option + " is unknown or lacks its value");
      }
      String value = arguments[++i];
      switch (option) {
        case "--hearth" -> distribution = value;
        case "--only" -> only.addAll(List.of(value.split(",")));
        case "--n" -> rounds = value;
        case "--java" -> jdks.add(Path.of(value).toAbsolutePath());
        case "--json" -> jsonFile = value;
        case "--markdown" -> markdownFile = value;
        default -> throw new IllegalArgumentException("option " + option + " is unknown");
      }
    }
    for (String part : only) {
      if (!PARTS.contains(part)) {
        throw new IllegalArgumentException(
            "--only has '" + part + "'; it may have " + new TreeSet<>(PARTS));
      }
    }
    if (jdks.isEmpty()) {
      jdks.add(Path.of(System.getProperty("java.home")));
    }
    hearth = Path.of(distribution).toAbsolutePath();
    quick = fast;
    n = rounds(rounds, fast);
    json = jsonFile.isEmpty() ? null : Path.of(jsonFile);
    markdown = markdownFile.equals("-") ? null : Path.of(markdownFile);
  }

  /** Whether to measure this part. */
  boolean has(String part) {
    return only.isEmpty() || only.contains(part);
  }

  private static int rounds(String text, boolean quick) {
    if (text.isEmpty()) {
      return quick ? 10 : 20;
    }
    int rounds = Integer.parseInt(text);
    if (rounds < 1) {
      throw new IllegalArgumentException("--n is " + rounds + "; it must be at least 1");
    }
    return rounds;
  }
}
