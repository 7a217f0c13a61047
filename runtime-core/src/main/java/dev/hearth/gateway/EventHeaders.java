package dev.hearth.gateway;

import dev.hearth.function.Headers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Header lines that an event tells of. */
final class EventHeaders implements Headers {

  private final Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  EventHeaders(Map<String, List<String>> lines) {
    lines.forEach((name, values) -> this.lines.put(name, List.copyOf(values)));
  }

  @Override
  public Optional<String> first(String name) {
    List<String> values = lines.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  @Override
  public List<String> all(String name) {
    return lines.getOrDefault(name, List.of());
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(lines.keySet());
  }

  @Override
  public Map<String, List<String>> asMap() {
    return Collections.unmodifiableMap(lines);
  }
}
