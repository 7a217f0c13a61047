package dev.hearth.signature.plain;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it was sent, or the results for it.
 *
 * @param form how it was sent, and is answered
 */
record Batch(List<?> items, Form form) {

  /** How a batch travels. */
  enum Form {
    /** A single value. */
    ONE,
    /** A JSON array. */
    ARRAY,
    /** A JSON value on each line. */
    LINES
  }

  /**
   * Reads one.
   *
   * @param item the type of an item
   * @param list the type of a list of them
   * @throws InputException if it is not JSON or does not fit the type
   */
  static Batch read(Request request, Codec codec, Type item, Type list) throws InputException {
    String text;
    try {
      text = new String(request.bytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
    if (isLines(request)) {
      return new Batch(lines(text, codec.json(), item), Form.LINES);
    }
    String value = text.strip();
    if (value.isEmpty()) {
      return new Batch(List.of(), Form.ARRAY);
    }
    Object read = read(codec.json(), value, value.charAt(0) == '[' ? list : item);
    return value.charAt(0) == '[' && read instanceof List<?> items
        ? new Batch(Collections.unmodifiableList(items), Form.ARRAY)
        : new Batch(Collections.singletonList(read), Form.ONE);
  }

  private static boolean isLines(Request request) {
    String type = request.contentType().orElse("");
    int end = type.indexOf(';');
    String name = (end < 0 ? type : type.substring(0, end)).strip();
    return name.equalsIgnoreCase("application/x-ndjson")
        || name.equalsIgnoreCase("application/jsonl");
  }

  private static List<@Nullable Object> lines(String text, Json json, Type item)
      throws InputException {
    List<@Nullable Object> items = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      String line = (end < 0 ? text.substring(from) : text.substring(from, end)).strip();
      if (!line.isEmpty()) {
        items.add(read(json, line, item));
      }
      from = end < 0 ? text.length() : end + 1;
    }
    return Collections.unmodifiableList(items);
  }

  private static @Nullable Object read(Json json, String text, Type type) throws InputException {
    try {
      return json.read(text, type);
    } catch (StackOverflowError e) {
      throw InputException.malformed("the body is nested too deeply", null);
    }
  }
}
