package dev.hearth.http.contract.nuclio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The processor's side of the socket: listens, accepts one connection, writes events, reads lines. What it reads is checked as
 * the processor would: every line has one letter and JSON, the metric is above zero.
 */
final class FakeProcessor implements AutoCloseable {

  private static final int BOUND_MILLIS = 60_000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final ServerSocket listener;
  private @Nullable Socket socket;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  FakeProcessor() throws IOException {
    listener = new ServerSocket();
    listener.setReceiveBufferSize(
        256 << 10); // so that a worker soon sends in vain when nobody reads
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    listener.setSoTimeout(BOUND_MILLIS);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Waits for the worker. */
  FakeProcessor accept() throws IOException {
    Socket made = listener.accept();
    made.setSoTimeout(BOUND_MILLIS);
    made.setTcpNoDelay(true);
    socket = made;
    in = new BufferedInputStream(made.getInputStream(), 1 << 16);
    out = made.getOutputStream();
    return this;
  }

  /** Whether somebody waits to be accepted. */
  boolean hasCaller() throws IOException {
    listener.setSoTimeout(50);
    try (Socket other = listener.accept()) {
      return other.isConnected();
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } finally {
      listener.setSoTimeout(BOUND_MILLIS);
    }
  }

  private Socket socket() {
    if (socket == null) {
      throw new IllegalStateException("nobody was accepted");
    }
    return socket;
  }

  /** An event as the HTTP trigger makes it; these keys replace its own, null leaves one out. */
  static Map<String, @Nullable Object> event(@Nullable Object... keys) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("body", "");
    event.put("content-type", "text/plain");
    event.put("content_type", "text/plain");
    event.put("fields", Map.of());
    event.put("headers", Map.of("Host", "localhost:8080", "User-Agent", "curl/8"));
    event.put("id", "f1f2");
    event.put("method", "POST");
    event.put("num_shards", 0);
    event.put("offset", 0);
    event.put("path", "/");
    event.put("shard_id", 0);
    event.put("size", 0);
    event.put("timestamp", 1735828000);
    event.put("topic", "");
    event.put("trigger", Map.of("kind", "http", "name", "default-http"));
    event.put("type", "");
    event.put("type_version", "");
    event.put("url", "http://localhost:8080/");
    event.put("version", "");
    for (int i = 0; i < keys.length; i += 2) {
      if (keys[i + 1] == null) {
        event.remove(keys[i]);
      } else {
        event.put(String.valueOf(keys[i]), keys[i + 1]);
      }
    }
    return event;
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Sends an event, or several. */
  void send(Object event) throws IOException {
    sendLine(json(event));
  }

  void sendLine(String line) throws IOException {
    if (out == null) {
      throw new IllegalStateException("nobody was accepted");
    }
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Sends what is no line yet. */
  void sendPart(String part) throws IOException {
    if (out == null) {
      throw new IllegalStateException("nobody was accepted");
    }
    out.write(part.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Sends an event and reads what comes of it. */
  Exchange exchange(@Nullable Object... keys) throws IOException {
    send(event(keys));
    return read();
  }

  /** Posts a body, and so on. */
  Exchange post(String body) throws IOException {
    return exchange("body", base64(body));
  }

  /** Reads lines until an answer has been read. */
  Exchange read() throws IOException {
    List<Map<String, @Nullable Object>> logs = new ArrayList<>();
    List<Double> metrics = new ArrayList<>();
    while (true) {
      String line = line();
      if (line == null) {
        throw new IOException("the worker closed the connection; logs: " + logs);
      }
      if (line.isEmpty()) {
        continue; // ignored by the processor
      }
      Object value = parse(line.substring(1));
      switch (line.charAt(0)) {
        case 'l' -> logs.add(object(value));
        case 'm' -> {
          double duration = ((Number) object(value).get("duration")).doubleValue();
          assertThat(duration).isGreaterThan(0);
          metrics.add(duration);
        }
        case 'r' -> {
          return new Exchange(value, logs, metrics);
        }
        default -> throw new IOException("a line of no kind: " + line);
      }
    }
  }

  /** The next line, null at the end. */
  @Nullable String line() throws IOException {
    if (in == null) {
      throw new IllegalStateException("nobody was accepted");
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b != '\n') {
      if (b < 0) {
        assertThat(line.size()).as("the last line has an end").isZero();
        return null;
      }
      line.write(b);
      b = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Whether the worker has sent something that nobody has read; looks for a moment. */
  boolean hasMore() throws IOException {
    socket().setSoTimeout(100);
    try {
      return line() != null;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } finally {
      socket().setSoTimeout(BOUND_MILLIS);
    }
  }

  /** Sends no more, but still reads. */
  void endEvents() throws IOException {
    socket().shutdownOutput();
  }

  /** Ends the connection in an orderly way. */
  void hangUp() throws IOException {
    socket().close();
  }

  /** Ends it as the system does for a process that was killed with unread data. */
  void reset() throws IOException {
    socket().setSoLinger(true, 0);
    socket().close();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    listener.close();
  }

  /** What came of one line of events: what was before the answer, and the answer. */
  record Exchange(
      @Nullable Object answer, List<Map<String, @Nullable Object>> logs, List<Double> metrics) {

    Map<String, @Nullable Object> object() {
      return FakeProcessor.object(answer);
    }

    int status() {
      return ((Number) value(object(), "status_code")).intValue();
    }

    String contentType() {
      return (String) value(object(), "content_type");
    }

    byte[] body() {
      return body(object());
    }

    String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }

    Map<String, @Nullable Object> headers() {
      return FakeProcessor.object(object().get("headers"));
    }

    private static Object value(Map<String, @Nullable Object> object, String key) {
      Object value = object.get(key);
      assertThat(value).as(key).isNotNull();
      return java.util.Objects.requireNonNull(value);
    }

    /** As the processor decodes it. */
    static byte[] body(Map<String, @Nullable Object> answer) {
      String body = (String) value(answer, "body");
      return switch (String.valueOf(answer.get("body_encoding"))) {
        case "text" -> body.getBytes(StandardCharsets.UTF_8);
        case "base64" -> Base64.getDecoder().decode(body);
        default -> throw new AssertionError("Unknown body encoding: " + answer);
      };
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> object(@Nullable Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(value);
  }

  /** The value that is all of a text. */
  static @Nullable Object parse(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      Object value = value(json);
      assertThat(json.nextToken()).as("what follows the value").isNull();
      return value;
    }
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        json.nextToken();
        assertThat(object).doesNotContainKey(key);
        object.put(key, value(json));
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      List<@Nullable Object> array = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(json));
      }
      return array;
    }
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  static String json(@Nullable Object value) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object each : list) {
        write(json, each);
      }
      json.writeEndArray();
    } else {
      json.writeObject(value); // text, numbers, truth values, null
    }
  }
}
