package dev.hearth.signature.plain;

import dev.hearth.function.Headers;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Generics;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a function wants its headers, which it gets as a map of its own, names in lower case. */
enum HeadersType {
  /** {@code Map<String, String>}: the lines of one name joined by commas, as RFC 9110 allows. */
  TEXT,
  /** {@code Map<String, List<String>>}: each line apart. */
  LISTS,
  /** {@code Map<String, Object>}: text for one line, a list for several. */
  EITHER;

  /**
   * Which of them a type is.
   *
   * @throws BindingException if it is none
   */
  static HeadersType of(Type type, String handler) {
    Class<?> raw = Generics.raw(type);
    if (raw == Object.class) {
      return EITHER;
    }
    if (raw == Map.class) {
      Class<?> value = Generics.raw(Generics.argument(type, 1));
      if (value == Object.class) {
        return EITHER;
      }
      if (value == String.class) {
        return TEXT;
      }
      if (value.isAssignableFrom(List.class)) {
        return LISTS;
      }
    }
    throw new BindingException(
        "handler "
            + handler
            + " takes "
            + type.getTypeName()
            + " beside its input; what comes second are the headers, as Map<String, String>,"
            + " Map<String, List<String>> or Map<String, Object>");
  }

  Map<String, Object> map(Headers headers) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name : headers.names()) {
      List<String> lines = headers.all(name);
      map.put(name.toLowerCase(Locale.ROOT), value(lines));
    }
    return map;
  }

  private Object value(List<String> lines) {
    if (this == LISTS) {
      return List.copyOf(lines);
    }
    if (lines.size() == 1) {
      return lines.get(0);
    }
    return this == TEXT ? String.join(", ", lines) : List.copyOf(lines);
  }
}
