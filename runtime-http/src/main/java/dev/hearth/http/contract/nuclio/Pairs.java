package dev.hearth.http.contract.nuclio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names with values, as {@code headers} and {@code fields} are. */
final class Pairs {

  private final byte[] line;
  private final List<String> pairs = new ArrayList<>(); // name, value, name, value

  Pairs(byte[] line) {
    this.line = line;
  }

  /** Reads an object, at which the parser is; several values of a name may stand in an array. */
  void read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      if (json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          add(name, json);
        }
      } else {
        add(name, json);
      }
    }
  }

  private void add(String name, JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    pairs.add(name);
    pairs.add(
        token.isScalarValue()
            ? json.getText()
            : new String(Json.raw(line, json), StandardCharsets.UTF_8));
  }

  /** Header lines by name without regard to case; a name that is no name is left out. */
  Map<String, List<String>> asHeaders() {
    Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < pairs.size(); i += 2) {
      String name = pairs.get(i);
      if (!name.isEmpty() && oneLine(name).equals(name)) {
        List<String> values = lines.get(name);
        if (values == null) {
          values = new ArrayList<>(1);
          lines.put(name, values);
        }
        values.add(oneLine(pairs.get(i + 1)));
      }
    }
    return lines;
  }

  /** A header cannot hold line ends; in values that did not come by HTTP they become blanks. */
  static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
  }

  /** A query as a URL has it. */
  String asQuery() {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < pairs.size(); i += 2) {
      query
          .append(i == 0 ? "" : "&")
          .append(encoded(pairs.get(i)))
          .append('=')
          .append(encoded(pairs.get(i + 1)));
    }
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
