package dev.hearth.cli.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A printed line that is one JSON object.
 *
 * @param end where its closing brace stands
 * @param members names of its own members
 */
record PrintedObject(int end, Set<String> members) {

  /** The object, or null when the line is anything else; the library is not loaded for lines that cannot be one. */
  static @Nullable PrintedObject of(byte[] text, int length) {
    int end = length - 1;
    while (end > 0 && isBlank(text[end])) {
      end--;
    }
    int from = 0;
    while (from < end && isBlank(text[from])) {
      from++;
    }
    return from < end && text[from] == '{' && text[end] == '}' ? parse(text, from, end) : null;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private static @Nullable PrintedObject parse(byte[] text, int from, int end) {
    Set<String> members = new HashSet<>();
    try (JsonParser parser = new JsonFactory().createParser(text, from, end - from + 1)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        members.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      return parser.nextToken() == null ? new PrintedObject(end, members) : null;
    } catch (IOException e) {
      return null; // it only looked like one
    }
  }
}
