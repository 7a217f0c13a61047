package dev.hearth.function;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Header lines of a message: names without regard to case, each with its values in the order sent. */
public interface Headers {

  /** The first value of a header, when there is one. */
  Optional<String> first(String name);

  /** All values of a header, one per line; empty when there is none. */
  List<String> all(String name);

  /** The names, in the case and order first seen. */
  Set<String> names();

  /** A copy as a map that finds names without regard to case; unmodifiable. */
  Map<String, List<String>> asMap();
}
