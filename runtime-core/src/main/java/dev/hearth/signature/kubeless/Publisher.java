package dev.hearth.signature.kubeless;

import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends CloudEvents to a platform's publisher, in structured mode (CloudEvents 1.0, HTTP protocol binding, section 3.2).
 * Thread-safe.
 */
final class Publisher {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 30_000;

  private final Json json;
  private final String address;

  /**
   * @param address the publisher's URL
   */
  Publisher(Json json, String address) {
    this.json = json;
    this.address = address;
  }

  /**
   * Sends one and waits until it is taken.
   *
   * @param traceparent of the call that sends it, or null
   * @throws IOException if it is not taken
   */
  void send(
      String type,
      String source,
      Object data,
      Map<String, String> attributes,
      @Nullable String traceparent)
      throws IOException {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", UUID.randomUUID().toString());
    event.put("datacontenttype", data instanceof CharSequence ? "text/plain" : "application/json");
    event.putAll(attributes);
    event.put("specversion", "1.0");
    event.put("type", Objects.requireNonNull(type, "type"));
    event.put("source", Objects.requireNonNull(source, "source"));
    event.put("data", data instanceof CharSequence ? data.toString() : data);
    byte[] body;
    try {
      body = json.write(event).getBytes(StandardCharsets.UTF_8);
    } catch (OutputException e) {
      throw new IllegalArgumentException(
          "event of type '" + type + "' cannot be written as JSON: " + e.getMessage(), e);
    }
    post(type, body, traceparent);
  }

  private void post(String type, byte[] body, @Nullable String traceparent) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    try {
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/cloudevents+json; charset=utf-8");
      connection.setRequestProperty("Connection", "close"); // or a thread of the JDK's keeps it
      if (traceparent != null) {
        connection.setRequestProperty("traceparent", traceparent);
      }
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      requireTaken(type, connection);
    } finally {
      connection.disconnect();
    }
  }

  private void requireTaken(String type, HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status / 100 == 2) {
      return;
    }
    String said = "";
    try (InputStream error = connection.getErrorStream()) {
      if (error != null) {
        said = new String(error.readNBytes(1000), StandardCharsets.UTF_8).strip();
      }
    }
    throw new IOException(
        "publisher "
            + address
            + " did not take event of type '"
            + type
            + "': status "
            + status
            + (said.isEmpty() ? "" : ", " + said));
  }
}
