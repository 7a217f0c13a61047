package dev.hearth.gateway;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP request that a gateway's event tells of. Not thread-safe. */
public final class EventRequest implements Request {

  private final EventFormat format;
  private final String method;
  private final String path;
  private final String query;
  private final EventHeaders headers;
  private final byte[] body;
  private final InputStream stream;

  private EventRequest(
      EventFormat format,
      String method,
      String path,
      String query,
      EventHeaders headers,
      byte[] body) {
    this.format = format;
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.stream = new ByteArrayInputStream(body);
  }

  /**
   * Reads an event.
   *
   * @param json the event as it came
   * @return null if it is JSON, and none of a gateway's
   * @throws InputException if it is not JSON, or a gateway's whose body is not what it says
   */
  public static @Nullable EventRequest of(String json) throws InputException {
    if (!(JsonText.parse(json) instanceof Map<?, ?> event)) {
      return null;
    }
    Map<?, ?> context = map(event.get("requestContext"));
    if (context.get("http") instanceof Map<?, ?> http && http.get("method") instanceof String) {
      return versionTwo(event, http);
    }
    boolean one = event.get("httpMethod") instanceof String && event.get("path") instanceof String;
    if (one && (event.containsKey("requestContext") || event.containsKey("resource"))) {
      return versionOne(event, context);
    }
    return null;
  }

  private static EventRequest versionTwo(Map<?, ?> event, Map<?, ?> http) throws InputException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    map(event.get("headers")).forEach((name, value) -> put(lines, name, value));
    if (event.get("cookies") instanceof List<?> cookies && !lines.containsKey("cookie")) {
      put(lines, "cookie", String.join("; ", texts(cookies)));
    }
    return new EventRequest(
        EventFormat.HTTP_API,
        String.valueOf(http.get("method")),
        encoded(text(event.get("rawPath"), "/")),
        text(event.get("rawQueryString"), ""),
        new EventHeaders(lines),
        body(event));
  }

  private static EventRequest versionOne(Map<?, ?> event, Map<?, ?> context) throws InputException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    map(event.get("headers")).forEach((name, value) -> put(lines, name, value));
    map(event.get("multiValueHeaders")).forEach((name, values) -> putAll(lines, name, values));
    boolean balancer = context.containsKey("elb");
    EventFormat format =
        balancer
            ? EventFormat.LOAD_BALANCER
            : event.containsKey("version") ? EventFormat.HTTP_API_1 : EventFormat.REST;
    return new EventRequest(
        format,
        String.valueOf(event.get("httpMethod")),
        encoded(text(event.get("path"), "/")),
        query(event, balancer),
        new EventHeaders(lines),
        body(event));
  }

  private static void put(
      Map<String, List<String>> lines, @Nullable Object name, @Nullable Object value) {
    if (value != null) {
      lines.put(String.valueOf(name), List.of(value.toString()));
    }
  }

  private static void putAll(
      Map<String, List<String>> lines, @Nullable Object name, @Nullable Object values) {
    if (values instanceof List<?> list && !list.isEmpty()) {
      lines.put(String.valueOf(name), texts(list));
    }
  }

  private static List<String> texts(List<?> values) {
    List<String> texts = new ArrayList<>(values.size());
    for (Object value : values) {
      texts.add(String.valueOf(value));
    }
    return texts;
  }

  /** Format 1.0 has the query taken apart; a load balancer leaves it encoded. */
  private static String query(Map<?, ?> event, boolean encodedAlready) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    map(event.get("queryStringParameters")).forEach((name, value) -> put(values, name, value));
    map(event.get("multiValueQueryStringParameters"))
        .forEach((name, all) -> putAll(values, name, all));
    StringBuilder query = new StringBuilder();
    values.forEach(
        (name, all) -> {
          for (String value : all) {
            query
                .append(query.length() == 0 ? "" : "&")
                .append(encodedAlready ? name : encode(name))
                .append('=')
                .append(encodedAlready ? value : encode(value));
          }
        });
    return query.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A path as it may stand in a request: what gateways have decoded is encoded again. */
  private static String encoded(String path) {
    StringBuilder text = null;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain = c > ' ' && c < 0x7f && "\"<>\\^`{|}?#".indexOf(c) < 0;
      if (plain && text != null) {
        text.append(c);
      } else if (!plain) {
        text = text == null ? new StringBuilder(path.substring(0, i)) : text;
        int end = Character.isHighSurrogate(c) && i + 1 < path.length() ? i + 2 : i + 1;
        text.append(encode(path.substring(i, end)).replace("+", "%20"));
        i = end - 1;
      }
    }
    String result = text == null ? path : text.toString();
    return result.startsWith("/") ? result : "/" + result;
  }

  private static byte[] body(Map<?, ?> event) throws InputException {
    if (!(event.get("body") instanceof String body)) {
      return new byte[0];
    }
    if (!Boolean.TRUE.equals(event.get("isBase64Encoded"))) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw InputException.malformed(
          "the event's body is not base64, as its flag says: " + e.getMessage(), e);
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(@Nullable Object value, String fallback) {
    return value instanceof String text ? text : fallback;
  }

  /** Which gateway's event it is, and so what the result must look like. */
  public EventFormat format() {
    return format;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public long contentLength() {
    return body.length;
  }

  @Override
  public InputStream body() {
    return stream;
  }
}
