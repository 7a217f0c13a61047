package dev.hearth.http.contract.fission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Fission's fetcher asks to load.
 *
 * @param path where the code is
 * @param handler the entry point as the user typed it; null when there is none
 * @param metadata of the function: {@code name}, {@code namespace}, {@code uid}, {@code resourceversion}, where given
 */
record LoadRequest(String path, @Nullable String handler, Map<String, String> metadata) {

  /** Says that a body is not a load request. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /** Reads the body of {@code /v2/specialize}; fields it does not know are skipped, as more are added over time. */
  static LoadRequest parse(byte[] json) throws MalformedException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("the body is not a JSON object");
      }
      LoadRequest request = fields(parser);
      if (parser.nextToken() != null) {
        throw new MalformedException("the body goes on behind its JSON object");
      }
      return request;
    } catch (IOException e) {
      String problem = e.getMessage();
      int line = problem == null ? -1 : problem.indexOf('\n');
      throw new MalformedException(
          "the body is not JSON: "
              + (problem == null || line < 0 ? problem : problem.substring(0, line)));
    }
  }

  private static LoadRequest fields(JsonParser parser) throws IOException, MalformedException {
    String path = null;
    String handler = null;
    Map<String, String> metadata = Map.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "filepath" -> path = text(parser, name, value);
        case "functionName" -> handler = text(parser, name, value);
        case "FunctionMetadata" -> metadata = metadata(parser, value);
        default -> parser.skipChildren();
      }
    }
    if (path == null || path.isBlank() || path.indexOf('\0') >= 0) {
      throw new MalformedException("filepath is missing; it must be the absolute path of the code");
    }
    return new LoadRequest(path, handler == null || handler.isBlank() ? null : handler, metadata);
  }

  private static @Nullable String text(JsonParser parser, String name, JsonToken value)
      throws IOException, MalformedException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw new MalformedException(name + " is not a string");
    }
    return parser.getText();
  }

  private static Map<String, String> metadata(JsonParser parser, JsonToken value)
      throws IOException {
    Map<String, String> found = new HashMap<>();
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return found;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName().toLowerCase(Locale.ROOT);
      boolean known =
          name.equals("name")
              || name.equals("namespace")
              || name.equals("uid")
              || name.equals("resourceversion");
      if (parser.nextToken() == JsonToken.VALUE_STRING && known) {
        found.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  /** A load request for the code at a fixed place, which says itself what its handler is. */
  static LoadRequest of(String path) {
    return new LoadRequest(path, null, Map.of());
  }

  /** The metadata as the function sees it: {@code fission.function.name} and so on. */
  Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>();
    metadata.forEach((name, value) -> attributes.put("fission.function." + name, value));
    return attributes;
  }

  /** The shape of text in a log. */
  @Override
  public String toString() {
    return path + (handler == null ? "" : ", " + handler);
  }
}
