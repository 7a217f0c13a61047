package dev.hearth.benchmarks.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** All that one run measured. Not thread-safe. */
final class Results {

  /**
   * A table of the report.
   *
   * @param name for JSON
   * @param title for people
   * @param jdk what it was measured with
   * @param rows the first column of the last one is what the first columns of the others are divided by
   */
  record Table(String name, String title, String jdk, List<Row> rows) {}

  private final Machine machine;
  private final List<Table> tables = new ArrayList<>();
  private final Map<String, List<String>> options = new LinkedHashMap<>();
  private final List<RunResult> jmh = new ArrayList<>();

  Results(Machine machine) {
    this.machine = machine;
  }

  Machine machine() {
    return machine;
  }

  List<Table> tables() {
    return tables;
  }

  /** Options of Hearth's JVM by JDK. */
  Map<String, List<String>> options() {
    return options;
  }

  List<RunResult> jmh() {
    return jmh;
  }

  void add(Table table) {
    tables.add(table);
  }

  void addJmh(Collection<RunResult> results) {
    jmh.addAll(results);
  }
}
