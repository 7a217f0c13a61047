package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Pictures of {@link Results}. */
final class Charts {

  private static final int BARS_WIDTH = 720;
  private static final int BARS_LEFT = 230;
  private static final int BARS_RIGHT = 60;
  private static final int BAR = 22;

  private Charts() {}

  /**
   * A picture.
   *
   * @param file its name
   * @param title what it shows
   * @param svg the document
   */
  record Chart(String file, String title, String svg) {}

  /** Those that the results have figures for. */
  static List<Chart> of(Results results) {
    List<Chart> charts = new ArrayList<>();
    for (Results.Table table : results.tables()) {
      if (table.name().equals("cold")) {
        coldStart(table, charts);
      } else if (table.name().equals("warm")) {
        latency(table, charts);
      } else if (table.name().startsWith(Growth.PREFIX)) {
        growth(table, charts);
      }
    }
    return charts;
  }

  /** Writes them into a directory, which has no others afterwards. */
  static void write(Results results, Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory, "*.svg")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    for (Chart chart : of(results)) {
      Files.writeString(directory.resolve(chart.file()), chart.svg());
    }
  }

  private static void coldStart(Results.Table table, List<Chart> charts) {
    List<Row> rows = new ArrayList<>();
    double high = 0;
    for (Row row : table.rows()) {
      Samples samples = row.get(ColdStart.TIME);
      if (samples != null) {
        rows.add(row);
        high = Math.max(high, samples.max());
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    String title = "Process start to first answer, ms, JDK " + table.feature();
    Svg svg = new Svg(BARS_WIDTH, 40 + BAR * rows.size(), title);
    double scale = (BARS_WIDTH - BARS_LEFT - BARS_RIGHT) / high;
    for (int i = 0; i < rows.size(); i++) {
      bar(rows.get(i), 34 + BAR * i, scale, svg);
    }
    charts.add(new Chart("cold-" + table.feature() + ".svg", title, svg.document()));
  }

  private static void bar(Row row, double y, double scale, Svg svg) {
    Samples samples = row.get(ColdStart.TIME);
    if (samples == null) {
      return;
    }
    double middle = y + BAR / 2.0 - 3;
    double edge = BARS_WIDTH - 4.0;
    svg.text(BARS_LEFT - 8, middle + 4, "", "end", row.name());
    svg.box(
        BARS_LEFT, y, samples.median() * scale, BAR - 6, row.name().startsWith("hearth") ? 0 : 1);
    double most = Math.min(BARS_LEFT + samples.max() * scale, edge);
    svg.line(BARS_LEFT + samples.min() * scale, middle, most, middle, "w");
    String label = Samples.number(samples.median());
    double end = Math.min(most + 6, edge - 7.0 * label.length());
    svg.text(end, middle + 4, "s", "start", label);
  }

  private static void latency(Results.Table table, List<Chart> charts) {
    String title = "Latency under 32 connections, JDK " + table.feature();
    List<String> steps = new ArrayList<>();
    for (double share : LoadGenerator.SHARES) {
      steps.add(Warm.percentile(share));
    }
    Curves curves = new Curves(title, "percentile of the answers", "µs", steps);
    for (Row row : table.rows()) {
      List<Double> values = new ArrayList<>();
      for (double share : LoadGenerator.SHARES) {
        Samples samples = row.get(Warm.column(Warm.MANY, share));
        values.add(samples == null ? Double.NaN : samples.median());
      }
      if (row.get(Warm.column(Warm.MANY, 0.5)) != null) {
        curves.add(row.name(), values);
      }
    }
    add(curves, "latency-" + table.feature() + ".svg", title, charts);
  }

  private static void growth(Results.Table table, List<Chart> charts) {
    List<String> steps = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    for (Row row : table.rows()) {
      if (!row.columns().isEmpty()) {
        steps.add(row.name());
        columns.addAll(row.columns().keySet());
      }
    }
    String about = table.title().replace("`", "");
    Curves curves =
        new Curves(about + ", JDK " + table.feature(), "", "units in the legend", steps);
    for (String column : columns) {
      List<Double> values = new ArrayList<>();
      for (String step : steps) {
        Row row = table.row(step);
        Samples samples = row == null ? null : row.get(column);
        values.add(samples == null ? Double.NaN : samples.median());
      }
      curves.add(column, values);
    }
    add(curves, table.name() + "-" + table.feature() + ".svg", about, charts);
  }

  private static void add(Curves curves, String file, String title, List<Chart> charts) {
    if (!curves.isEmpty()) {
      charts.add(new Chart(file, title, curves.document()));
    }
  }
}
