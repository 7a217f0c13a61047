package dev.hearth.signature.codec;

import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import java.lang.reflect.Type;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields of a form (WHATWG URL, section 5) as a JSON object of texts, so that the JSON library binds them to
 * whatever the function takes. A field sent more than once becomes an array.
 */
final class Form {

  private Form() {}

  /** Whether a body that is labelled as a form, as some clients do unasked, holds JSON in truth. */
  static boolean looksLikeJson(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return c == '{' || c == '[' || c == '"';
      }
    }
    return false;
  }

  /**
   * The fields as a JSON object.
   *
   * @param type what it is going to be bound to; a map of lists gets an array for every field
   * @throws InputException if it is not a form
   */
  static String toJson(String form, Type type) throws InputException {
    boolean lists =
        Map.class.isAssignableFrom(Generics.raw(type))
            && Iterable.class.isAssignableFrom(Generics.raw(Generics.argument(type, 1)));
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, List<String>> field : fields(form).entrySet()) {
      if (json.length() > 1) {
        json.append(',');
      }
      appendText(json, field.getKey());
      json.append(':');
      appendValues(json, field.getValue(), lists);
    }
    return json.append('}').toString();
  }

  private static Map<String, List<String>> fields(String form) throws InputException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    int at = 0;
    while (at < form.length()) {
      int end = form.indexOf('&', at);
      end = end < 0 ? form.length() : end;
      if (end > at) {
        int equals = form.indexOf('=', at);
        int cut = equals < 0 || equals > end ? end : equals;
        String value = cut == end ? "" : decode(form.substring(cut + 1, end));
        fields
            .computeIfAbsent(decode(form.substring(at, cut)), name -> new ArrayList<>())
            .add(value);
      }
      at = end + 1;
    }
    return fields;
  }

  private static String decode(String text) throws InputException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw InputException.malformed(
          "the form holds '" + OneLine.of(text) + "', which is not encoded as forms are", e);
    }
  }

  private static void appendValues(StringBuilder json, List<String> values, boolean lists) {
    if (values.size() == 1 && !lists) {
      appendText(json, values.get(0));
      return;
    }
    json.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      appendText(json, values.get(i));
    }
    json.append(']');
  }

  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(c < 16 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
