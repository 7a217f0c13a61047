package dev.hearth.http;

import dev.hearth.function.Headers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The headers of a request as a function sees them; unmodifiable once the request is checked. */
final class RequestHeaders implements Headers {

  private final HttpHeaders lines;

  RequestHeaders(HttpHeaders lines) {
    this.lines = lines;
  }

  /** The lines themselves. */
  HttpHeaders lines() {
    return lines;
  }

  /** Says what the body is that a contract gives to a request without one; before any function sees it. */
  void setContentType(String type) {
    lines.set(HttpHeaderNames.CONTENT_TYPE, type);
  }

  @Override
  public Optional<String> first(String name) {
    return Optional.ofNullable(lines.get(name));
  }

  @Override
  public List<String> all(String name) {
    return Collections.unmodifiableList(lines.getAll(name));
  }

  @Override
  public Set<String> names() {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Set<String> names = new LinkedHashSet<>();
    Iterator<Map.Entry<CharSequence, CharSequence>> all = lines.iteratorCharSequence();
    while (all.hasNext()) {
      String name = all.next().getKey().toString();
      if (seen.add(name)) {
        names.add(name);
      }
    }
    return Collections.unmodifiableSet(names);
  }

  @Override
  public Map<String, List<String>> asMap() {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Iterator<Map.Entry<CharSequence, CharSequence>> all = lines.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = all.next();
      copy.computeIfAbsent(line.getKey().toString(), absent -> new ArrayList<>(1))
          .add(line.getValue().toString());
    }
    copy.replaceAll((name, values) -> Collections.unmodifiableList(values));
    return Collections.unmodifiableMap(copy);
  }

  /** The names only: values may be secrets. */
  @Override
  public String toString() {
    return names().toString();
  }
}
