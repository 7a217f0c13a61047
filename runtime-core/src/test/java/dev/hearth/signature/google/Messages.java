package dev.hearth.signature.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.invoke.MemoryExchange;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a request. */
final class Messages {

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();

  private Messages(String method, String path, String query) {
    this.method = method;
    this.path = path;
    this.query = query;
  }

  static Messages get(String path, String query) {
    return new Messages("GET", path, query);
  }

  static Messages post() {
    return post("/");
  }

  static Messages post(String path) {
    return new Messages("POST", path, "");
  }

  Messages header(String name, String value) {
    headers.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
    return this;
  }

  MemoryExchange body(String text) {
    return body(text.getBytes(UTF_8));
  }

  MemoryExchange body(byte[] bytes) {
    return body(bytes, bytes.length);
  }

  MemoryExchange body(byte[] bytes, long contentLength) {
    return new MemoryExchange(
        method, path, query, headers, new ByteArrayInputStream(bytes), contentLength);
  }

  static MemoryExchange json(String text) {
    return post().header("Content-Type", "application/json").body(text);
  }
}
