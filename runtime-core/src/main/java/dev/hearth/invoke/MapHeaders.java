package dev.hearth.invoke;

import dev.hearth.function.Headers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Headers in a map. Not thread-safe. */
final class MapHeaders implements Headers {

  private final Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  MapHeaders(Map<String, List<String>> lines) {
    lines.forEach((name, values) -> values.forEach(value -> add(name, value)));
  }

  void set(String name, String value) {
    requireClean(name, value);
    List<String> values = new ArrayList<>(1);
    values.add(value);
    lines.put(name, values);
  }

  void add(String name, String value) {
    requireClean(name, value);
    lines.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
  }

  private static void requireClean(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    if (name.isEmpty() || hasLineBreak(name) || hasLineBreak(value)) {
      throw new IllegalArgumentException(
          "header '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "' holds a line break or NUL, or has no name; leave it out");
    }
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0;
  }

  @Override
  public Optional<String> first(String name) {
    List<String> values = lines.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  @Override
  public List<String> all(String name) {
    return Collections.unmodifiableList(lines.getOrDefault(name, List.of()));
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(lines.keySet());
  }

  @Override
  public Map<String, List<String>> asMap() {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    lines.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return Collections.unmodifiableMap(copy);
  }

  @Override
  public String toString() {
    return lines.keySet().toString().toLowerCase(Locale.ROOT);
  }
}
