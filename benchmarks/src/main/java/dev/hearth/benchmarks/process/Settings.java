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
      usage: benchmarks/run [--quick] [--only PART[,PART…]] [--n N] [--java HOME]… [--from FILE]… [--json FILE] [--markdown FILE]

        --quick          fewer peers, fewer and shorter rounds, one JDK: to see that it runs, not to publish
        --only PARTS     of cold, functions, specialise, warm, growth, jmh; all by default; none to report --from files only
        --n N            rounds of cold start and specialise; 20 by default, 10 with --quick
        --java HOME      a JDK to measure with, may be repeated; by default the one that runs this
        --peers DIR      what benchmarks/peers/build built; benchmarks/target/peers by default
        --openwhisk DIR  a checkout of OpenWhisk's Java runtime, to measure its action proxy as well
        --from FILE      the JSON of an earlier run, whose tables are kept unless measured anew; may be repeated
        --json FILE      where to write every sample
        --markdown FILE  where to write the report, and the charts into a directory beside it; '-' for standard output
      """;

  private static final Set<String> PARTS =
      Set.of("cold", "functions", "specialise", "warm", "growth", "jmh", "none");

  final Path hearth;
  final Path peers;
  final @Nullable Path openWhisk;
  final boolean quick;
  final int n;
  final List<Path> jdks = new ArrayList<>();
  final List<Path> from = new ArrayList<>();
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
    String peerDirectory = "benchmarks/target/peers";
    String whisk = "";
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
        case "--peers" -> peerDirectory = value;
        case "--openwhisk" -> whisk = value;
        case "--only" -> only.addAll(List.of(value.split(",")));
        case "--n" -> rounds = value;
        case "--java" -> jdks.add(Path.of(value).toAbsolutePath());
        case "--from" -> from.add(Path.of(value));
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
    peers = Path.of(peerDirectory);
    openWhisk = whisk.isEmpty() ? null : Path.of(whisk).toAbsolutePath();
    quick = fast;
    n = rounds(rounds, fast);
    json = jsonFile.isEmpty() ? null : Path.of(jsonFile);
    markdown = markdownFile.equals("-") ? null : Path.of(markdownFile);
  }

  /** Whether to measure anything, and not only to report again. */
  boolean measures() {
    return !only.equals(Set.of("none"));
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
