package dev.hearth.signature.openfaas;

import dev.hearth.signature.spi.InputException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys and values as OpenFaaS' model reads them out of queries and paths. */
final class Pairs {

  private Pairs() {}

  /**
   * The parameters of a query: of a repeated one the last, null for one without a value or with an empty one, and of a
   * value that holds {@code =} what stands before it.
   */
  @SuppressWarnings("NullAway") // a parameter without value maps to null, as in the model
  static Map<String, String> ofQuery(@Nullable String query) throws InputException {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (query == null) {
      return pairs;
    }
    for (String part : query.split("&")) {
      String[] sides = part.split("=");
      if (sides.length > 0 && !sides[0].isEmpty()) {
        pairs.put(decode(sides[0]), sides.length > 1 ? decode(sides[1]) : null);
      }
    }
    return pairs;
  }

  /** The segments of a path taken two by two; the last one of an odd number has an empty value. */
  static Map<String, String> ofPath(String path) {
    Map<String, String> pairs = new LinkedHashMap<>();
    String key = "";
    for (String segment : path.split("/")) {
      if (key.isEmpty()) {
        key = segment;
      } else {
        pairs.put(key, segment);
        key = "";
      }
    }
    if (!key.isEmpty()) {
      pairs.put(key, "");
    }
    return pairs;
  }

  /** A path with its escapes resolved; a plus sign is one. */
  static String decodePath(String path) throws InputException {
    return path.indexOf('%') < 0 ? path : decode(path.replace("+", "%2B"));
  }

  private static String decode(String text) throws InputException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw InputException.malformed(
          "the URL holds '" + text + "', which is not encoded as URLs are: " + e.getMessage(), e);
    }
  }
}
