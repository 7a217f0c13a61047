package dev.hearth.signature.google;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What conversions do to JSON objects; the objects given stay as they are. */
final class Members {

  private Members() {}

  /** The members of an object; none where the value is no object. */
  static Map<String, @Nullable Object> copy(@Nullable Object value) {
    return value instanceof Map<?, ?> object ? renamed(object, Map.of()) : new LinkedHashMap<>();
  }

  /** The members of an object, some of them under another name. */
  static Map<String, @Nullable Object> renamed(Map<?, ?> object, Map<String, String> names) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : object.entrySet()) {
      String name = (String) member.getKey();
      copy.put(names.getOrDefault(name, name), member.getValue());
    }
    return copy;
  }

  /** The value at a path, or null. */
  static @Nullable Object at(@Nullable Object value, String... path) {
    Object found = value;
    for (String name : path) {
      found = found instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return found;
  }
}
