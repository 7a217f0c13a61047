package dev.hearth.gateway;

import dev.hearth.cloudevents.JsonNumber;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.gateway.GatewayResponse.Line;
import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads functions' results as gateways do. */
final class ResultReader {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json";
  private static final List<String> REST_KEYS =
      List.of(
          "statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded", "base64Encoded");

  private final Map<?, ?> result;

  private ResultReader(Map<?, ?> result) {
    this.result = result;
  }

  /** Anything but an object with a status is itself the body, as JSON. */
  static GatewayResponse versionTwo(String text) throws MalformedResultException {
    Object value = parse(text);
    if (!(value instanceof Map<?, ?> result) || !result.containsKey("statusCode")) {
      return new GatewayResponse(
          200,
          List.of(new Line(CONTENT_TYPE, JSON)),
          text.strip().getBytes(StandardCharsets.UTF_8));
    }
    ResultReader reader = new ResultReader(result);
    List<Line> headers = new ArrayList<>(reader.singleHeaders());
    for (Object cookie : reader.list("cookies")) {
      headers.add(new Line("Set-Cookie", scalar(cookie, "cookies")));
    }
    byte[] body = reader.body(reader.flag("isBase64Encoded"));
    return new GatewayResponse(reader.status(-1), typed(headers), body);
  }

  /** An HTTP API told to use format 1.0, or a load balancer: bytes are told by their flag alone. */
  static GatewayResponse versionOne(String text) throws MalformedResultException {
    ResultReader reader = new ResultReader(object(text));
    List<Line> headers = typed(reader.mergedHeaders());
    return new GatewayResponse(
        reader.status(-1), headers, reader.body(reader.flag("isBase64Encoded")));
  }

  /** A REST API knows its keys, and sends bytes only for the media types it was told of. */
  static GatewayResponse rest(String text, List<String> binaryTypes)
      throws MalformedResultException {
    Map<?, ?> result = object(text);
    for (Object key : result.keySet()) {
      if (!REST_KEYS.contains(key)) {
        throw new MalformedResultException(
            "the result has '" + key + "'; a REST API knows " + String.join(", ", REST_KEYS));
      }
    }
    ResultReader reader = new ResultReader(result);
    List<Line> headers = typed(reader.mergedHeaders());
    boolean encoded =
        reader.flag(result.containsKey("base64Encoded") ? "base64Encoded" : "isBase64Encoded");
    boolean binary = Bodies.isBinary(Bodies.mediaType(type(headers)), binaryTypes);
    return new GatewayResponse(reader.status(200), headers, reader.body(encoded && binary));
  }

  private static Map<?, ?> object(String text) throws MalformedResultException {
    if (parse(text) instanceof Map<?, ?> result) {
      return result;
    }
    throw new MalformedResultException(
        "the result is not a JSON object; give one with statusCode, headers and body");
  }

  private static @Nullable Object parse(String text) throws MalformedResultException {
    try {
      return JsonText.parse(text);
    } catch (InputException e) {
      throw new MalformedResultException("the result is " + e.getMessage());
    }
  }

  private static String type(List<Line> headers) {
    for (Line line : headers) {
      if (line.name().equalsIgnoreCase(CONTENT_TYPE)) {
        return line.value();
      }
    }
    return "";
  }

  private static List<Line> typed(List<Line> headers) {
    if (!type(headers).isEmpty()) {
      return headers;
    }
    List<Line> typed = new ArrayList<>(headers);
    typed.add(new Line(CONTENT_TYPE, JSON));
    return typed;
  }

  /**
   * @param fallback for a result that has none; -1 to refuse it
   */
  private int status(int fallback) throws MalformedResultException {
    Object status = result.get("statusCode");
    if (status == null && fallback > 0) {
      return fallback;
    }
    String digits =
        status instanceof JsonNumber || status instanceof String ? status.toString() : "";
    int value = 0;
    for (int i = 0; i < digits.length() && value <= 999; i++) {
      char c = digits.charAt(i);
      value = c >= '0' && c <= '9' ? value * 10 + c - '0' : 1000;
    }
    if (value < 100 || value > 999) {
      throw new MalformedResultException(
          "statusCode is " + JsonText.print(status) + "; it must be a number within 100 to 999");
    }
    return value;
  }

  private List<Line> singleHeaders() throws MalformedResultException {
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<?, ?> header : map("headers").entrySet()) {
      if (header.getValue() != null) {
        lines.add(new Line((String) header.getKey(), scalar(header.getValue(), "headers")));
      }
    }
    return lines;
  }

  /** Those with several values first, then each single one whose value is not there yet. */
  private List<Line> mergedHeaders() throws MalformedResultException {
    Map<String, List<String>> merged = new LinkedHashMap<>();
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<?, ?> header : map("multiValueHeaders").entrySet()) {
      if (!(header.getValue() instanceof List<?> values)) {
        throw new MalformedResultException(
            "multiValueHeaders '" + header.getKey() + "' is not a list");
      }
      for (Object value : values) {
        add(lines, merged, (String) header.getKey(), scalar(value, "multiValueHeaders"));
      }
    }
    for (Line single : singleHeaders()) {
      List<String> known = merged.get(single.name().toLowerCase(Locale.ROOT));
      if (known == null || !known.contains(single.value())) {
        lines.add(single);
      }
    }
    return lines;
  }

  private static void add(
      List<Line> lines, Map<String, List<String>> merged, String name, String value) {
    lines.add(new Line(name, value));
    merged.computeIfAbsent(name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>()).add(value);
  }

  private static String scalar(@Nullable Object value, String where)
      throws MalformedResultException {
    if (value instanceof String || value instanceof JsonNumber || value instanceof Boolean) {
      return value.toString();
    }
    throw new MalformedResultException(
        where + " has " + JsonText.print(value) + ", which is no text");
  }

  private Map<?, ?> map(String key) throws MalformedResultException {
    Object value = result.get(key);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new MalformedResultException(key + " is not an object");
  }

  private List<?> list(String key) throws MalformedResultException {
    Object value = result.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new MalformedResultException(key + " is not a list");
  }

  private boolean flag(String key) throws MalformedResultException {
    Object value = result.get(key);
    if (value == null || value.equals(false)) {
      return false;
    }
    if (value.equals(true) || value.equals("true") || value.equals("True")) {
      return true;
    }
    if (value.equals("false") || value.equals("False")) {
      return false;
    }
    throw new MalformedResultException(
        key + " is " + JsonText.print(value) + "; it must be true or false");
  }

  private byte[] body(boolean encoded) throws MalformedResultException {
    Object body = result.get("body");
    if (body == null) {
      return new byte[0];
    }
    if (!(body instanceof String text)) {
      throw new MalformedResultException("body is not a string");
    }
    if (!encoded) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedResultException("body is not base64, as its flag says: " + e.getMessage());
    }
  }
}
