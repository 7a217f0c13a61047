package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@link Results} for people. */
final class Report {

  /** How the names of columns begin that only charts show. */
  static final String HIDDEN = "~";

  private static final String INTRODUCTION =
      """
      # Performance

      Written by `benchmarks/run`; do not edit. Absolute figures are this machine's. What can be claimed is a ratio within one table: its
      rows come from one interleaved run, each round starting every contender once. Cells hold median (min–max).

      - The function is the same everywhere: POST `{"name":"x"}` gives `Hello, x!`. Hearth loads it from a jar through an isolated loader, as
        shipped: its launcher script, its own cache of classes, its defaults.
      - `netty` is a bare server with `HttpServerCodec` and one handler that does the function's work, without flags or tuning, on the same JDK.
      - `netty, tuned` is Netty with what costs it time at its start left out in code, and one event loop.
      - `best flags` are `-XX:TieredStopAtLevel=1 -XX:+UseSerialGC` and an archive of the contender's own classes (AppCDS on 17, an AOT cache on
        25) from a run with 21 requests. Without these words a contender has no flags: as its users run it.
      - Peers come from the registry: functions-framework invoker 2.0.0, OpenFaaS entrypoint 0.1.0 without watchdog, AWS Lambda's Java client 2.9.0 behind a
        Runtime API of the harness, Fn's runtime 1.0.212 over its socket (the JDK's Unix sockets in place of the native library of its images),
        Spring Cloud Function 5.0.1 on Spring Boot 4.0.9, Funqy on Quarkus 3.33.2, the JDK's own HTTP server.
        Lambda's and Fn's handlers get an object that their runtimes read from JSON, as most do; `streams` and `text` are those that read the event themselves, as Hearth's function does.
      - Cold start is from starting the process to the whole, correct answer. Warm figures come from a closed loop over 1 and 32 connections on the same machine;
        pinned, the server has one processor and the caller another.
      """;

  private final Results results;
  private final String charts;
  private final Properties remarks;
  private final StringBuilder out = new StringBuilder(INTRODUCTION);

  /**
   * A report.
   *
   * @param charts the directory of the charts, ending with a slash; empty for a report without
   */
  Report(Results results, String charts) throws IOException {
    this.results = results;
    remarks = Targets.remarks();
    this.charts = charts;
  }

  String markdown() {
    conditions();
    targets();
    if (!charts.isEmpty()) {
      for (Charts.Chart chart : Charts.of(results)) {
        out.append("\n![").append(chart.title()).append("](").append(charts);
        out.append(chart.file()).append(")\n");
      }
    }
    for (Results.Table table : results.tables()) {
      table(table);
    }
    flags();
    return out.toString();
  }

  private void conditions() {
    Set<String> lines = new LinkedHashSet<>();
    for (Results.Table table : results.tables()) {
      Machine machine = table.machine();
      lines.add(machine.date() + "; " + machine.processor() + "; " + machine.system());
    }
    for (String line : lines) {
      out.append("\n").append(line).append(".\n");
    }
  }

  private void targets() {
    List<Verdict> verdicts = verdicts();
    int met = 0;
    int measured = 0;
    for (Verdict verdict : verdicts) {
      met += verdict.met() ? 1 : 0;
      measured += verdict.measured() ? 1 : 0;
    }
    out.append("\n## Targets\n\n").append(met).append(" of ").append(measured);
    out.append(" measured are met; ").append(verdicts.size() - measured);
    out.append(
        " are not measured here. A ratio is the median of those of each round, and for JMH that of two medians; the medians follow with their ranges.\n");
    out.append(
        "\n| what | JDK | target | measured | median (min–max) | n | |\n|---|---|---|---|---|---|---|\n");
    String before = "";
    for (Verdict verdict : verdicts) {
      String what = verdict.target().what();
      out.append("| ").append(what.equals(before) ? "" : what);
      out.append(" | ").append(verdict.feature()).append(" | ").append(verdict.target().wish());
      out.append(" | ").append(Samples.number(verdict.value())).append(" | ");
      out.append(verdict.detail()).append(" | ");
      out.append(verdict.measured() ? verdict.n() : "").append(" | ").append(verdict.word());
      out.append(" |\n");
      before = what;
    }
    remarks(verdicts);
  }

  private List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    for (Target target : Targets.all()) {
      if (target.feature() != 0) {
        verdicts.add(target.verdict(results, target.feature()));
      } else {
        for (int feature : results.features()) {
          verdicts.add(target.verdict(results, feature));
        }
      }
    }
    return verdicts;
  }

  private void remarks(List<Verdict> verdicts) {
    Map<String, List<String>> missed = new LinkedHashMap<>();
    for (Verdict verdict : verdicts) {
      if (verdict.measured() && !verdict.met()) {
        String id = verdict.target().id();
        String remark = remarks.getProperty(id + "." + verdict.feature());
        remark = remark == null ? remarks.getProperty(id) : remark;
        remark = remark == null ? remarks.getProperty(id.replace("-stretch", "")) : remark;
        remark =
            remark == null
                ? "nothing is recorded under `" + id + "` in `remarks.properties`."
                : remark;
        missed
            .computeIfAbsent(remark, none -> new ArrayList<>())
            .add(
                verdict.target().what()
                    + " "
                    + verdict.target().wish()
                    + " (JDK "
                    + verdict.feature()
                    + ")");
      }
    }
    if (!missed.isEmpty()) {
      out.append("\n### What is missed, and why\n");
    }
    for (Map.Entry<String, List<String>> entry : missed.entrySet()) {
      out.append("\n- ").append(String.join("; ", entry.getValue())).append(": ");
      out.append(entry.getKey()).append('\n');
    }
  }

  private void table(Results.Table table) {
    Set<String> columns = new LinkedHashSet<>();
    for (Row row : table.rows()) {
      for (String column : row.columns().keySet()) {
        if (!column.startsWith(HIDDEN)) {
          columns.add(column);
        }
      }
    }
    Row base = table.row(table.base());
    out.append("\n## ").append(table.title()).append(", JDK ").append(table.jdk());
    out.append("\n\nLoad before: ").append(table.machine().load()).append(".\n");
    if (!columns.isEmpty()) {
      out.append("\n| | n |");
      for (String column : columns) {
        out.append(' ').append(column).append(" |");
        out.append(base == null ? "" : " × " + base.name() + " |");
      }
      out.append("\n|---|---|").append((base == null ? "---|" : "---|---|").repeat(columns.size()));
      for (Row row : table.rows()) {
        row(row, columns, base);
      }
      out.append('\n');
    }
    String note = remarks.getProperty("table." + table.name());
    if (note != null) {
      out.append('\n').append(note).append('\n');
    }
    for (Row row : table.rows()) {
      if (row.failure() != null) {
        out.append("\n- ").append(row.name()).append(": ").append(row.failure()).append('\n');
      }
    }
  }

  private void row(Row row, Set<String> columns, @Nullable Row base) {
    if (row.columns().isEmpty()) {
      return;
    }
    int n = row.columns().values().iterator().next().count();
    out.append("\n| ").append(row.name()).append(" | ").append(n).append(" |");
    for (String column : columns) {
      Samples samples = row.get(column);
      out.append(' ').append(samples == null ? "–" : samples.text()).append(" |");
      if (base != null) {
        out.append(' ').append(quotient(samples, base.get(column))).append(" |");
      }
    }
  }

  private static String quotient(@Nullable Samples samples, @Nullable Samples base) {
    if (samples == null || base == null || base.median() == 0) {
      return "–";
    }
    return String.format(Locale.ROOT, "%.2f", samples.median() / base.median());
  }

  private void flags() {
    Map<String, Set<String>> flags = new LinkedHashMap<>();
    for (Results.Table table : results.tables()) {
      for (Row row : table.rows()) {
        if (!row.flags().isEmpty()) {
          flags
              .computeIfAbsent(row.flags(), none -> new LinkedHashSet<>())
              .add(row.name() + " (JDK " + table.feature() + ")");
        }
      }
    }
    if (!flags.isEmpty()) {
      out.append("\n## Flags of the JVM\n\n");
    }
    for (Map.Entry<String, Set<String>> entry : flags.entrySet()) {
      out.append("- `").append(entry.getKey()).append("`: ");
      out.append(String.join(", ", entry.getValue())).append('\n');
    }
  }
}
