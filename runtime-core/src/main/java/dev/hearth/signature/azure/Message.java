package dev.hearth.signature.azure;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request as it was received: read, and not looked at. */
final class Message {

  final String method;
  final String path;
  final String query;

  /** Names in lower case and found in any, as Azure's host has them; values of one name joined by commas. */
  final Map<String, String> headers;

  final byte[] body;

  private Message(Request request, byte[] body) {
    this.method = request.method();
    this.path = request.path();
    this.query = request.query();
    this.headers = headers(request.headers());
    this.body = body;
  }

  /**
   * Reads a request.
   *
   * @throws InputException if its body cannot be read
   */
  static Message of(Request request) throws InputException {
    try {
      return new Message(request, request.bytes());
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> headers(Headers lines) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : lines.names()) {
      headers.put(name.toLowerCase(Locale.ROOT), String.join(",", lines.all(name)));
    }
    return Collections.unmodifiableMap(headers);
  }

  String url() {
    String host = headers.getOrDefault("host", "localhost");
    return "http://" + host + path + (query.isEmpty() ? "" : "?" + query);
  }
}
