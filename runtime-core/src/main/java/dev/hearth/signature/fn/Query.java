package dev.hearth.signature.fn;

import com.fnproject.fn.api.QueryParameters;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The parameters of a URL's query, decoded; set off by {@code &} or {@code ;}. Not thread-safe to change. */
record Query(Map<String, List<String>> parameters) implements QueryParameters {

  static Query of(String url) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int mark = url.indexOf('?');
    int end = endOfParameters(url);
    int at = mark < 0 ? end : mark + 1;
    while (at < end) {
      int next = at;
      while (next < end && url.charAt(next) != '&' && url.charAt(next) != ';') {
        next++;
      }
      add(url.substring(at, next), parameters);
      at = next + 1;
    }
    return new Query(parameters);
  }

  /** Separators at the end stand for nothing. */
  private static int endOfParameters(String url) {
    int end = url.length();
    while (end > 0 && (url.charAt(end - 1) == '&' || url.charAt(end - 1) == ';')) {
      end--;
    }
    return end;
  }

  private static void add(String pair, Map<String, List<String>> parameters) {
    int equals = pair.indexOf('=');
    String name = decoded(equals > 0 ? pair.substring(0, equals) : pair);
    String value = equals > 0 ? decoded(pair.substring(equals + 1)) : "";
    List<String> values = parameters.get(name);
    if (values == null) {
      values = new ArrayList<>(1);
      parameters.put(name, values);
    }
    values.add(value);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a percent sign that begins no escape: better as it is than not at all
    }
  }

  @Override
  public Optional<String> get(String key) {
    List<String> values = getValues(key);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  @Override
  public List<String> getValues(String key) {
    return parameters.getOrDefault(Objects.requireNonNull(key, "key"), List.of());
  }

  @Override
  public Map<String, List<String>> getAll() {
    return new HashMap<>(parameters);
  }
}
