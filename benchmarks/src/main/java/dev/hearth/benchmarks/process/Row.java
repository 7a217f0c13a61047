package dev.hearth.benchmarks.process;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of one contender.
 *
 * @param name the contender
 * @param columns samples by column, in the order of the table
 */
record Row(String name, Map<String, Samples> columns) {

  Row(String name) {
    this(name, new LinkedHashMap<>());
  }

  void add(String column, double value) {
    columns.computeIfAbsent(column, none -> new Samples()).add(value);
  }

  Samples get(String column) {
    Samples samples = columns.get(column);
    if (samples == null) {
      throw new IllegalArgumentException("row " + name + " has no column " + column);
    }
    return samples;
  }
}
