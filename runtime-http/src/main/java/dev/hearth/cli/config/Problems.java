package dev.hearth.cli.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file. Not thread-safe. */
final class Problems {

  /** More than anyone reads at once; a file with more is of another kind altogether. */
  private static final int MOST = 100;

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(Position at, String message) {
    if (found.size() < MOST) {
      found.add(new Problem(file, at.line(), at.column(), message));
    }
  }

  /** For what makes it pointless to read on. */
  ConfigException stop(Position at, String message) {
    add(at, message);
    return exception();
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  private ConfigException exception() {
    found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return new ConfigException(found);
  }
}
