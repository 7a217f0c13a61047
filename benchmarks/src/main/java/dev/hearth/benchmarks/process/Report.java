package dev.hearth.benchmarks.process;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Writes {@link Results} for people and for programs. */
final class Report {

  private static final String INTRODUCTION =
      """
      # Performance

      Written by `benchmarks/run`; do not edit. Absolute figures are this machine's. What can be claimed is a ratio within one table: its
      rows come from one interleaved run, each round starting every contender once. Cells hold median (min–max).

      - The function is the same everywhere: POST `{"name":"x"}` gives `Hello, x!`. Hearth loads it from a jar through an isolated loader.
      - `netty` is a bare server with `HttpServerCodec` and one handler that does the function's work, without flags or tuning, on the same JDK. Hearth is its
        distribution as shipped, launcher script included.
      - `netty, tuned` is Netty with what costs it time at its start left out in code, and one event loop; with best flags it runs with `-XX:TieredStopAtLevel=1
        -XX:+UseSerialGC` and an archive of its own classes (AppCDS on 17, an AOT cache on 25).
      - Cold start is from starting the process to the whole, correct answer. Warm figures come from a closed loop over 1 and 32 connections on the same machine.
      """;

  private Report() {}

  static String markdown(Results results) {
    StringBuilder out = new StringBuilder(INTRODUCTION);
    Machine machine = results.machine();
    out.append("\n").append(machine.date()).append("; ").append(machine.processor());
    out.append("; ").append(machine.system()).append("; load before the run ");
    out.append(machine.load()).append(".\n");
    for (Map.Entry<String, List<String>> entry : results.options().entrySet()) {
      out.append("\nHearth's launcher runs JDK ").append(entry.getKey()).append(" with `");
      out.append(String.join(" ", entry.getValue())).append("`.\n");
    }
    for (Results.Table table : results.tables()) {
      appendTable(out, table);
    }
    if (!results.jmh().isEmpty()) {
      appendJmh(out, results.jmh());
    }
    return out.toString();
  }

  private static void appendTable(StringBuilder out, Results.Table table) {
    List<Row> rows = table.rows();
    Row base = rows.get(rows.size() - 1);
    List<String> columns = List.copyOf(base.columns().keySet());
    boolean compared = rows.size() > 1;
    out.append("\n## ").append(table.title()).append(", JDK ").append(table.jdk()).append("\n\n|");
    out.append(" | n |");
    for (String column : columns) {
      out.append(' ').append(column).append(" |");
      out.append(compared ? " × " + base.name() + " |" : "");
    }
    out.append("\n|---|---|").append((compared ? "---|---|" : "---|").repeat(columns.size()));
    for (Row row : rows) {
      out.append("\n| ").append(row.name()).append(" | ");
      out.append(row.get(columns.get(0)).count()).append(" |");
      for (String column : columns) {
        appendCell(out, row.get(column), compared ? base.get(column) : null);
      }
    }
    out.append('\n');
  }

  private static void appendCell(StringBuilder out, Samples samples, @Nullable Samples base) {
    out.append(' ').append(number(samples.median())).append(" (").append(number(samples.min()));
    out.append('–').append(number(samples.max())).append(") |");
    if (base != null) {
      out.append(String.format(Locale.ROOT, " %.2f |", samples.median() / base.median()));
    }
  }

  private static void appendJmh(StringBuilder out, List<RunResult> jmh) {
    out.append("\n## In one process, JDK ").append(Runtime.version()).append(" (JMH)\n\n");
    out.append("| benchmark | score | ± (99.9 %) | unit |\n|---|---|---|---|\n");
    for (RunResult run : jmh) {
      Result<?> result = run.getPrimaryResult();
      String name = run.getParams().getBenchmark();
      out.append("| ").append(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1));
      for (String key : run.getParams().getParamsKeys()) {
        out.append(' ').append(key).append('=').append(run.getParams().getParam(key));
      }
      out.append(" | ").append(number(result.getScore())).append(" | ");
      out.append(number(result.getScoreError())).append(" | ").append(result.getScoreUnit());
      out.append(" |\n");
    }
  }

  static String json(Results results) {
    StringBuilder out = new StringBuilder("{");
    Machine machine = results.machine();
    out.append("\"date\":").append(quoted(machine.date()));
    out.append(",\"processor\":").append(quoted(machine.processor()));
    out.append(",\"system\":").append(quoted(machine.system()));
    out.append(",\"load\":").append(quoted(machine.load()));
    out.append(",\"hearthJvmOptions\":{");
    String comma = "";
    for (Map.Entry<String, List<String>> entry : results.options().entrySet()) {
      out.append(comma).append(quoted(entry.getKey())).append(':');
      out.append(quoted(String.join(" ", entry.getValue())));
      comma = ",";
    }
    out.append("},\"tables\":[");
    comma = "";
    for (Results.Table table : results.tables()) {
      out.append(comma);
      appendTableJson(out, table);
      comma = ",\n";
    }
    return out.append("]}\n").toString();
  }

  private static void appendTableJson(StringBuilder out, Results.Table table) {
    out.append("{\"name\":").append(quoted(table.name()));
    out.append(",\"jdk\":").append(quoted(table.jdk())).append(",\"rows\":[");
    String comma = "";
    for (Row row : table.rows()) {
      out.append(comma).append("{\"name\":").append(quoted(row.name()));
      for (Map.Entry<String, Samples> column : row.columns().entrySet()) {
        Samples samples = column.getValue();
        out.append(',').append(quoted(column.getKey())).append(":{\"median\":");
        out.append(samples.median()).append(",\"min\":").append(samples.min());
        out.append(",\"max\":").append(samples.max()).append(",\"samples\":");
        out.append(samples.values()).append('}');
      }
      out.append('}');
      comma = ",";
    }
    out.append("]}");
  }

  /** Three digits that count; below a hundred no more than two of them after the point. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** A JSON string; what is written here has no control characters. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
