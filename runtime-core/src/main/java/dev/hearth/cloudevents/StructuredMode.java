package dev.hearth.cloudevents;

import dev.hearth.signature.spi.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Structured and batched mode in the JSON format (JSON event format 1.0). */
public final class StructuredMode {

  private static final String DATA = "data";
  private static final String BASE64 = "data_base64";
  private static final String ENCODING_OF_03 = "datacontentencoding";
  private static final int LEVELS_AROUND_DATA = 2; // the event, and a batch of them

  private StructuredMode() {}

  /**
   * Reads an event.
   *
   * @throws InputException if the text is none, or a broken one
   */
  public static Event read(String text) throws InputException {
    return event(JsonText.parse(text));
  }

  /**
   * Reads a list of events, which all have one version.
   *
   * @throws InputException if the text is none, or one of the events is broken; the message says which
   */
  public static List<Event> readBatch(String text) throws InputException {
    if (!(JsonText.parse(text) instanceof List<?> elements)) {
      throw InputException.malformed("a batch of CloudEvents is a JSON array", null);
    }
    List<Event> events = new ArrayList<>(elements.size());
    for (Object element : elements) {
      try {
        events.add(event(element));
      } catch (InputException e) {
        throw InputException.malformed("event " + events.size() + ": " + e.getMessage(), e);
      }
      if (events.get(0).is03() != events.get(events.size() - 1).is03()) {
        throw InputException.malformed("the events of a batch have one specversion", null);
      }
    }
    return events;
  }

  private static Event event(@Nullable Object parsed) throws InputException {
    if (!(parsed instanceof Map<?, ?> members)) {
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
      attributes.putIfAbsent(Event.CONTENT_TYPE, "application/json");
    }
    return Event.of(attributes, data);
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
    if (isBase64Of03(attributes)) {
      return decoded(DATA, data);
    }
    Object type = attributes.get(Event.CONTENT_TYPE);
    if (type == null || Event.isJson(type.toString())) {
      return JsonText.print(data).getBytes(StandardCharsets.UTF_8);
    }
    if (data instanceof String string) {
      return string.getBytes(charset(type.toString()));
    }
    throw InputException.malformed("data is JSON, but datacontenttype is '" + type + "'", null);
  }

  private static boolean isBase64Of03(Map<String, ?> attributes) {
    return Event.VERSION_03.equals(attributes.get("specversion"))
        && "base64".equals(attributes.get(ENCODING_OF_03));
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
      Charset charset = Charset.forName(name);
      return charset.canEncode() ? charset : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /** Writes an event. */
  public static byte[] write(Event event) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>(event.attributes());
    byte[] data = event.data();
    if (data != null) {
      putData(members, data, event);
    }
    return JsonText.print(members).getBytes(StandardCharsets.UTF_8);
  }

  /** JSON as it is, text as text, everything else as Base64. */
  private static void putData(Map<String, @Nullable Object> members, byte[] data, Event event) {
    String type = event.contentType();
    if (isBase64Of03(event.attributes())) {
      members.put(DATA, Base64.getEncoder().encodeToString(data));
      return;
    }
    String text = type == null ? null : textOf(data, type);
    if (text != null && type != null && Event.isJson(type)) {
      try {
        members.put(DATA, JsonText.parseWithin(text, LEVELS_AROUND_DATA));
        return;
      } catch (InputException e) {
        text = null; // what says it is JSON is none, or too deep: passed on as the bytes it is
      }
    }
    if (text != null) {
      members.put(DATA, text);
    } else if (event.is03()) {
      members.put(ENCODING_OF_03, "base64");
      members.put(DATA, Base64.getEncoder().encodeToString(data));
    } else {
      members.put(BASE64, Base64.getEncoder().encodeToString(data));
    }
  }

  /** Data as text, where its media type says that it is text and it is one that comes back as the same bytes. */
  private static @Nullable String textOf(byte[] data, String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    boolean isText =
        lower.startsWith("text/")
            || lower.contains("charset=")
            || lower.contains("xml")
            || Event.isJson(type);
    // JSON has no parameter for it (RFC 8259, section 11), and is read as UTF-8.
    Charset charset = Event.isJson(type) ? StandardCharsets.UTF_8 : charset(type);
    boolean comesBack =
        charset.equals(StandardCharsets.UTF_8)
            || charset.equals(StandardCharsets.US_ASCII)
            || charset.equals(StandardCharsets.ISO_8859_1);
    if (!isText || !comesBack) {
      return null;
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
