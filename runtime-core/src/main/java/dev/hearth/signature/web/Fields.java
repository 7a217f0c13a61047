package dev.hearth.signature.web;

import dev.hearth.signature.spi.InputException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of a query or a form (WHATWG URL, section 5), in the order they were sent. */
public final class Fields {

  private Fields() {}

  /** One field, decoded. */
  public record Field(String name, String value) {}

  /**
   * Takes a query without its question mark, or a form, apart.
   *
   * @throws InputException if it is not encoded as these are
   */
  public static List<Field> parse(String text) throws InputException {
    List<Field> fields = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('&', at);
      end = end < 0 ? text.length() : end;
      if (end > at) {
        int equals = text.indexOf('=', at);
        int cut = equals < 0 || equals > end ? end : equals;
        String value = cut == end ? "" : decode(text.substring(cut + 1, end));
        fields.add(new Field(decode(text.substring(at, cut)), value));
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
          "a parameter holds a percent sign that encodes nothing: " + e.getMessage(), e);
    }
  }
}
