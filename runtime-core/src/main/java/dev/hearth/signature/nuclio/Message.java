package dev.hearth.signature.nuclio;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What of an event is in its request. Immutable but for the body, which belongs to the handler. */
final class Message {

  final String method;
  final String path;
  final String query;
  final String contentType;

  /** First values, by names without regard to case. */
  final Map<String, Object> headers;

  /** Last values of the query's parameters. */
  final Map<String, Object> fields;

  final byte[] body;

  private Message(Request request, byte[] body) {
    method = request.method();
    path = request.path();
    query = request.query();
    contentType = request.contentType().orElse("");
    headers = headers(request.headers());
    fields = fields(query);
    this.body = body;
  }

  /**
   * Takes it out of the request.
   *
   * @throws InputException if the body cannot be read
   */
  static Message of(Request request) throws InputException {
    try {
      return new Message(request, request.bytes());
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> headers(Headers lines) {
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : lines.names()) {
      lines.first(name).ifPresent(value -> headers.put(name, value));
    }
    return Collections.unmodifiableMap(headers);
  }

  private static Map<String, Object> fields(String query) {
    Map<String, Object> fields = new LinkedHashMap<>();
    int at = 0;
    while (at < query.length()) {
      int end = query.indexOf('&', at);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', at);
      int cut = equals < 0 || equals > end ? end : equals;
      if (end > at) {
        String value = cut == end ? "" : query.substring(cut + 1, end);
        fields.put(decoded(query.substring(at, cut)), decoded(value));
      }
      at = end + 1;
    }
    return Collections.unmodifiableMap(fields);
  }

  /** What is not encoded as URLs are stays as it is, as in Nuclio's processor. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
