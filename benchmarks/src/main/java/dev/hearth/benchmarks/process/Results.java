package dev.hearth.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that one run measured, or several. Not thread-safe. */
final class Results {

  private final List<Table> tables = new ArrayList<>();

  /**
   * A table of the report.
   *
   * @param name what it is about, the same for each JDK
   * @param title for people
   * @param jdk what it was measured with
   * @param base the row that others are compared with, or empty
   * @param machine where and when
   * @param rows in the order of the report
   */
  record Table(
      String name, String title, String jdk, String base, Machine machine, List<Row> rows) {

    /** Its JDK's feature release. */
    int feature() {
      return Machine.feature(jdk);
    }

    /** Null if it has no such row. */
    @Nullable Row row(String row) {
      for (Row each : rows) {
        if (each.name().equals(row)) {
          return each;
        }
      }
      return null;
    }
  }

  List<Table> tables() {
    return tables;
  }

  /** Adds a table, in place of one of the same name and JDK. */
  void add(Table table) {
    for (int i = 0; i < tables.size(); i++) {
      Table before = tables.get(i);
      if (before.name().equals(table.name()) && before.jdk().equals(table.jdk())) {
        tables.set(i, table);
        return;
      }
    }
    tables.add(table);
  }

  /** Adds all tables of others. */
  void addAll(Results others) {
    for (Table table : others.tables) {
      add(table);
    }
  }

  /** The feature releases it has tables for, in the order of the tables. */
  List<Integer> features() {
    List<Integer> features = new ArrayList<>();
    for (Table table : tables) {
      if (!features.contains(table.feature())) {
        features.add(table.feature());
      }
    }
    return features;
  }

  /** Null if there is none. */
  @Nullable Table table(String name, int feature) {
    for (Table table : tables) {
      if (table.name().equals(name) && table.feature() == feature) {
        return table;
      }
    }
    return null;
  }
}
