package dev.hearth.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Query strings and paths as gateways read them. */
final class Query {

  private Query() {}

  /** Names and their values, decoded, in order. */
  static Map<String, List<String>> parse(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int from = 0;
    int equals = query.indexOf('=');
    while (from < query.length()) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      if (end > from) {
        equals = equals >= 0 && equals < from ? query.indexOf('=', from) : equals;
        boolean hasValue = equals >= 0 && equals < end;
        String name = decoded(query.substring(from, hasValue ? equals : end));
        String value = hasValue ? decoded(query.substring(equals + 1, end)) : "";
        values.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
      }
      from = end + 1;
    }
    return values;
  }

  /** A path with its percent signs resolved; as it is where they are no encoding. */
  static String path(String path) {
    return path.indexOf('%') < 0 ? path : decoded(path.replace("+", "%2B"));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
