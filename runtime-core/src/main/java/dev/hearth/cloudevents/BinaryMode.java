package dev.hearth.cloudevents;

import dev.hearth.function.Headers;
import dev.hearth.signature.spi.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Binary mode (HTTP protocol binding 1.0, section 3.1): attributes are headers, the body is the data. */
public final class BinaryMode {

  /** What the headers of attributes begin with. */
  public static final String HEADER = "ce-";

  private static final String CONTENT_TYPE_HEADER = "ce-datacontenttype";

  private BinaryMode() {}

  /**
   * Reads an event.
   *
   * @param strict whether to refuse what is wrong and has only one meaning
   * @throws InputException if an attribute is missing or wrong
   */
  public static Event read(Headers headers, byte[] body, boolean strict) throws InputException {
    return Event.of(attributes(headers, strict), body.length == 0 ? null : body);
  }

  /**
   * The attributes that headers name, whether they make an event or not.
   *
   * @throws InputException if one cannot be decoded, or is there more than once
   */
  public static Map<String, Object> attributes(Headers headers, boolean strict)
      throws InputException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String header : headers.names()) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.equals(CONTENT_TYPE_HEADER)) {
        // The media type of the data has its own header; this one must not exist, and is left
        // alone.
        requireLenient(strict, name);
      } else if (name.startsWith(HEADER)) {
        attributes.put(
            name.substring(HEADER.length()), attribute(name, headers.all(header), strict));
      }
    }
    String contentType = headers.first("content-type").orElse(null);
    if (contentType != null) {
      attributes.put(Event.CONTENT_TYPE, contentType);
    }
    return attributes;
  }

  private static void requireLenient(boolean strict, String header) throws InputException {
    if (strict) {
      throw InputException.malformed(
          "header " + header + " must not exist; the media type is Content-Type", null);
    }
  }

  private static String attribute(String header, List<String> lines, boolean strict)
      throws InputException {
    if (lines.size() != 1) {
      throw InputException.malformed(
          "header " + header + " is there " + lines.size() + " times", null);
    }
    return HeaderText.decode(header, lines.get(0), strict);
  }

  /**
   * Writes an event's headers, {@code Content-Type} included when the event has one.
   *
   * @param encode whether values are percent-encoded; without it only what no header can hold
   */
  public static void write(Event event, boolean encode, Lines to) {
    for (Map.Entry<String, Object> attribute : event.attributes().entrySet()) {
      String name = attribute.getKey();
      String value = attribute.getValue().toString();
      if (name.equals(Event.CONTENT_TYPE)) {
        to.line("Content-Type", value);
      } else {
        to.line(HEADER + name, encode ? HeaderText.encode(value) : HeaderText.sendable(value));
      }
    }
  }

  /** The value of an attribute's header. */
  public static String encode(String value) {
    return HeaderText.encode(value);
  }

  /** A header's value with only what no header can hold encoded; what is encoded already stays so. */
  public static String sendable(String value) {
    return HeaderText.sendable(value);
  }

  /** Takes header lines. */
  @FunctionalInterface
  public interface Lines {
    /** Takes one. */
    void line(String name, String value);
  }
}
