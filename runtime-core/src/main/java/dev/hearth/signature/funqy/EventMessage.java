package dev.hearth.signature.funqy;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent as it was sent, in versions 1.0 and 0.x; as lenient about attributes as Funqy is.
 *
 * @param structured whether the event was the body, rather than around it
 * @param attributes texts by name, extensions and the type of the data included
 * @param bytes the data as bytes; null where it is {@code tree} or there is none
 * @param tree the data as what JSON holds, where it was part of a structured event
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record EventMessage(
    boolean structured,
    Map<String, String> attributes,
    byte @Nullable [] bytes,
    @Nullable Object tree) {

  private static final String HEADER = "ce-";
  private static final String DATA_TYPE = "datacontenttype";

  static EventMessage binary(Request request, byte[] body) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Headers headers = request.headers();
    for (String header : headers.names()) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.startsWith(HEADER)) {
        attributes.put(name.substring(HEADER.length()), headers.first(header).orElse(""));
      }
    }
    request.contentType().ifPresent(type -> attributes.put(DATA_TYPE, type));
    return new EventMessage(false, attributes, body.length == 0 ? null : body, null);
  }

  static EventMessage structured(byte[] body, Json json) throws InputException {
    Object parsed = json.read(new String(body, StandardCharsets.UTF_8), Map.class);
    if (!(parsed instanceof Map<?, ?> event)) {
      throw InputException.malformed("a structured event is a JSON object", null);
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    byte[] bytes = null;
    Object tree = null;
    for (Map.Entry<?, ?> member : event.entrySet()) {
      String name = String.valueOf(member.getKey());
      Object value = member.getValue();
      if (name.equals("data_base64")) {
        bytes = decoded(value);
      } else if (name.equals("data")) {
        tree = value;
      } else if (value != null) {
        attributes.put(name, String.valueOf(value));
      }
    }
    if ("base64".equals(attributes.remove("datacontentencoding"))) {
      return new EventMessage(true, attributes, decoded(tree), null);
    }
    return new EventMessage(true, attributes, bytes, tree);
  }

  private static byte[] decoded(@Nullable Object text) throws InputException {
    try {
      return Base64.getDecoder().decode(String.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw InputException.malformed("the event's data is not base64: " + e.getMessage(), e);
    }
  }

  @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  @Nullable String type() {
    return attribute("type");
  }

  /** The data as a type; null when there is none. */
  @Nullable Object data(Type type, Json json) throws InputException {
    if (Generics.raw(type) == byte[].class) {
      return bytes == null && tree instanceof String text
          ? text.getBytes(StandardCharsets.UTF_8)
          : bytes;
    }
    String text = bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    if (tree != null) {
      text = text(tree, json);
    }
    String dataType = attribute(DATA_TYPE);
    if (text != null && dataType != null && !isJson(dataType)) {
      throw InputException.unsupportedType(
          "the event's data is '" + dataType + "'; the function takes JSON");
    }
    Object value = text == null ? null : json.read(text, type);
    if (value == null && Generics.raw(type).isPrimitive()) {
      throw InputException.malformed(
          "the function takes a " + type.getTypeName() + ", and the event holds none", null);
    }
    return value;
  }

  private static String text(Object tree, Json json) throws InputException {
    try {
      return json.write(tree);
    } catch (OutputException e) {
      throw InputException.malformed("the event's data cannot be read again", e);
    }
  }

  private static boolean isJson(String type) {
    int semicolon = type.indexOf(';');
    String name = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    return name.equalsIgnoreCase("application/json")
        || name.toLowerCase(Locale.ROOT).endsWith("+json");
  }
}
