package dev.hearth.signature.azure;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a query as Azure's host has them: decoded, values of one name joined by commas. */
final class Query {

  private Query() {}

  static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = 0;
    while (at < query.length()) {
      int end = query.indexOf('&', at);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', at);
      int cut = equals < 0 || equals > end ? end : equals;
      if (end > at) {
        String name = decoded(query.substring(at, cut));
        String value = cut == end ? "" : decoded(query.substring(cut + 1, end));
        String before = parameters.get(name);
        parameters.put(name, before == null ? value : before + "," + value);
      }
      at = end + 1;
    }
    return Collections.unmodifiableMap(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a percent sign that begins no escape
    }
  }
}
