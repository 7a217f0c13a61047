package dev.hearth.signature.cloudevents;

import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON format of an event. */
final class StructuredEvent {

  private static final String DATA = "data";
  private static final String BASE64 = "data_base64";
  private static final String TYPE = "datacontenttype";
  private static final String ENCODING_OF_03 = "datacontentencoding";

  private StructuredEvent() {}

  static CloudEvent read(String text) throws InputException {
    if (!(JsonText.parse(text) instanceof Map<?, ?> members)) {
      throw InputException.malformed("a structured CloudEvent is a JSON object", null);
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String name = (String) member.getKey();
      Object value = member.getValue();
      if (value != null && !name.equals(DATA) && !name.equals(BASE64)) {
        attributes.put(name, attribute(name, value));
      }
    }
    byte[] data = data(members, attributes);
    if (data != null && members.containsKey(DATA)) {
      attributes.putIfAbsent(TYPE, "application/json");
    }
    return ReceivedEvent.of(attributes, data);
  }

  private static Object attribute(String name, Object value) throws InputException {
    if (value instanceof JsonNumber number) {
      try {
        return Integer.valueOf(number.text());
      } catch (NumberFormatException e) {
        throw InputException.malformed(
            "attribute " + name + " is " + number + ", which is no whole number of 32 bits", null);
      }
    }
    // What another sender put there as an object was text before it became JSON.
    return value instanceof Map<?, ?> || value instanceof List<?> ? JsonText.print(value) : value;
  }

  private static byte @Nullable [] data(Map<?, ?> members, Map<String, Object> attributes)
      throws InputException {
    Object base64 = members.get(BASE64);
    if (base64 != null) {
      if (members.containsKey(DATA)) {
        throw InputException.malformed(
            "data and data_base64 are both there; an event has one", null);
      }
      return decoded(BASE64, base64);
    }
    if (!members.containsKey(DATA)) {
      return null;
    }
    Object data = members.get(DATA);
    if ("base64".equals(attributes.get(ENCODING_OF_03))) {
      return decoded(DATA, data);
    }
    Object type = attributes.get(TYPE);
    if (type == null || isJson(type.toString())) {
      return JsonText.print(data).getBytes(StandardCharsets.UTF_8);
    }
    if (data instanceof String string) {
      return string.getBytes(charset(type.toString()));
    }
    throw InputException.malformed("data is JSON, but datacontenttype is '" + type + "'", null);
  }

  private static byte[] decoded(String name, @Nullable Object value) throws InputException {
    if (value instanceof String string) {
      try {
        return Base64.getDecoder().decode(string);
      } catch (IllegalArgumentException e) {
        throw InputException.malformed(name + " is not Base64: " + e.getMessage(), e);
      }
    }
    throw InputException.malformed(name + " is not Base64 text", null);
  }

  private static boolean isJson(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    return type.endsWith("/json") || type.endsWith("+json");
  }

  private static Charset charset(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("charset=");
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    String name = lower.substring(at + "charset=".length());
    int end = name.indexOf(';');
    name = (end < 0 ? name : name.substring(0, end)).strip().replace("\"", "");
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
