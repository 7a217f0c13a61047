package dev.hearth.benchmarks.process;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one contender. Not thread-safe.
 *
 * <p>A row that failed has the reason, and what was measured before.
 */
final class Row {

  private final String name;
  private String flags;
  private final Map<String, Samples> columns = new LinkedHashMap<>();
  private @Nullable String failure;

  Row(String name) {
    this(name, "");
  }

  /** With the options of its JVM. */
  Row(String name, String flags) {
    this.name = name;
    this.flags = flags;
  }

  /** One that could not be measured at all. */
  static Row failed(String name, String reason) {
    Row row = new Row(name);
    row.fail(reason);
    return row;
  }

  String name() {
    return name;
  }

  String flags() {
    return flags;
  }

  void flags(String found) {
    flags = found;
  }

  /** By name, in the order of the table. */
  Map<String, Samples> columns() {
    return columns;
  }

  /** Why it is not measured, or no further; null if it is. */
  @Nullable String failure() {
    return failure;
  }

  void fail(String reason) {
    failure = reason;
  }

  void add(String column, double value) {
    columns.computeIfAbsent(column, none -> new Samples()).add(value);
  }

  /** Null if it has no such column. */
  @Nullable Samples get(String column) {
    return columns.get(column);
  }
}
