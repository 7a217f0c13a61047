package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How memory and time grow with what a host is given. Each table has a row for each step, named by it; each curve has an exponent, 1 where it grows
 * as its steps do.
 */
final class Growth {

  /** How the names of its tables begin. */
  static final String PREFIX = "growth-";

  /** Memory that stays for each function. */
  static final String RETAINED = "retained per function, KB";

  private static final String EXPONENT = "worst exponent";
  private static final double LEAST_SPREAD = 5;

  private final Settings settings;
  private final Path javaHome;
  private final FunctionJars jars;

  Growth(Settings settings, Path javaHome, FunctionJars jars) {
    this.settings = settings;
    this.javaHome = javaHome;
    this.jars = jars;
  }

  /** One thing that grows. */
  private interface Curve {
    List<Row> measure() throws IOException, InterruptedException;
  }

  /** Measures all curves; one that fails has the reason. */
  List<Results.Table> measure(String jdk, Machine machine) throws InterruptedException {
    boolean quick = settings.quick;
    Path hearth = settings.hearth;
    GrowthOfFunctions functions = new GrowthOfFunctions(hearth, javaHome, jars);
    List<Results.Table> tables = new ArrayList<>();
    int rounds = quick ? 1 : 3;
    add(
        tables,
        "functions",
        "Growth: functions in one process, `-Xmx96m`",
        () ->
            functions.functions(
                quick ? List.of(1, 100, 1000) : List.of(1, 10, 100, 300, 1000), rounds));
    add(
        tables,
        "versions",
        "Growth: warm versions of one function",
        () -> functions.versions(quick ? List.of(1, 10) : List.of(1, 2, 5, 10), rounds));
    add(
        tables,
        "connections",
        "Growth: connections, eight of them busy, `-Xmx128m`",
        () ->
            new GrowthOfLoad(hearth, javaHome, jars)
                .connections(quick ? List.of(10, 1000) : List.of(10, 100, 1000, 10_000), rounds));
    add(
        tables,
        "concurrency",
        "Growth: callers at once, `-Xmx128m`",
        () ->
            new GrowthOfLoad(hearth, javaHome, jars)
                .concurrency(quick ? List.of(1, 32, 1000) : List.of(1, 10, 32, 100, 1000), rounds));
    add(
        tables,
        "body",
        "Growth: bytes of a body that is sent back, `-Xmx64m`",
        () ->
            new GrowthOfBodies(hearth, javaHome, jars)
                .measure(
                    quick
                        ? List.of(1, 1 << 20, 64 << 20)
                        : List.of(1, 1 << 10, 64 << 10, 1 << 20, 8 << 20, 64 << 20),
                    quick ? 2 : 5));
    List<Results.Table> all = new ArrayList<>();
    List<Row> exponents = exponents(tables);
    tables.add(0, new Results.Table("growth", "Growth", "", "", machine, exponents));
    for (Results.Table table : tables) {
      all.add(new Results.Table(table.name(), table.title(), jdk, "", machine, table.rows()));
    }
    return all;
  }

  private void add(List<Results.Table> tables, String name, String title, Curve curve)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Row> rows;
    try {
      rows = curve.measure();
    } catch (IOException e) {
      rows = List.of(Row.failed(name, Failures.shortly(e)));
    }
    tables.add(new Results.Table(PREFIX + name, title, "", "", Machine.here(), rows));
    System.err.println(name + ": " + (System.nanoTime() - start) / 1_000_000_000 + " s");
  }

  /** For each column that grows, the steepest rise between two steps that are far enough apart; prints the worst of all. */
  static List<Row> exponents(List<Results.Table> tables) {
    List<Row> rows = new ArrayList<>();
    String worst = "none";
    double most = Double.NEGATIVE_INFINITY;
    for (Results.Table table : tables) {
      for (String column : columns(table)) {
        double exponent = exponent(table.rows(), column);
        String name = table.name().substring(PREFIX.length()) + ": " + column;
        if (!Double.isNaN(exponent)) {
          Row row = new Row(name);
          row.add(EXPONENT, exponent);
          rows.add(row);
        }
        if (exponent > most) {
          most = exponent;
          worst = name;
        }
      }
    }
    System.err.println("worst exponent of growth: " + Samples.number(most) + ", " + worst);
    return rows;
  }

  private static List<String> columns(Results.Table table) {
    List<String> columns = new ArrayList<>();
    for (Row row : table.rows()) {
      for (Map.Entry<String, Samples> column : row.columns().entrySet()) {
        String name = column.getKey();
        if (!columns.contains(name) && !name.contains(" per ") && !name.contains("/s")) {
          columns.add(name);
        }
      }
    }
    return columns;
  }

  /** The slope in a picture whose axes are both logarithmic; NaN without two steps that are far enough apart. */
  private static double exponent(List<Row> rows, String column) {
    double worst = Double.NaN;
    for (Row low : rows) {
      for (Row high : rows) {
        Samples first = low.get(column);
        Samples last = high.get(column);
        if (first != null && last != null && first.median() > 0 && last.median() > 0) {
          double spread = Double.parseDouble(high.name()) / Double.parseDouble(low.name());
          if (spread >= LEAST_SPREAD) {
            double slope = Math.log(last.median() / first.median()) / Math.log(spread);
            worst = Double.isNaN(worst) ? slope : Math.max(worst, slope);
          }
        }
      }
    }
    return worst;
  }

  /** Rows named by their steps. */
  static List<Row> rows(List<Integer> steps) {
    List<Row> rows = new ArrayList<>();
    for (int step : steps) {
      rows.add(new Row(String.valueOf(step)));
    }
    return rows;
  }
}
