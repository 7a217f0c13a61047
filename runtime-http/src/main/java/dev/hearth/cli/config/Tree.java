package dev.hearth.cli.config;

import java.util.List;
import java.util.Map;

/** What a file says before anyone asks what it means; aliases share their subtree. */
sealed interface Tree {

  Position at();

  /** Nodes in it with every alias opened. */
  long size();

  /** What it is, for messages. */
  String kind();

  /**
   * @param plain written without quotes
   */
  record Scalar(Position at, String text, boolean plain) implements Tree {
    @Override
    public long size() {
      return 1;
    }

    /** Whether it stands for nothing: empty, {@code ~} or {@code null} without quotes. */
    boolean isNull() {
      return plain
          && (text.isEmpty()
              || text.equals("~")
              || text.equals("null")
              || text.equals("Null")
              || text.equals("NULL"));
    }

    @Override
    public String kind() {
      return isNull() ? "empty" : "a single value";
    }
  }

  record Sequence(Position at, List<Tree> items, long size) implements Tree {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Mapping(Position at, Map<String, Entry> entries, long size) implements Tree {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  record Entry(Position keyAt, Tree value) {}
}
