package dev.hearth.cloudevents;

import dev.hearth.signature.spi.InputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid event (CloudEvents 1.0, and 0.3). Immutable as far as its data is left alone.
 *
 * <p>Attributes are texts, as they were sent; only extensions may be {@link Boolean} or {@link Integer} as well.
 */
public final class Event {

  /** The version of the specification that events have on the wire. */
  public static final String VERSION = "1.0";

  static final String VERSION_03 = "0.3";
  static final String CONTENT_TYPE = "datacontenttype";

  private static final String SPEC_VERSION = "specversion";
  private static final String OF_BOTH = " id source type specversion datacontenttype subject time ";
  private static final String OF_1 = " dataschema ";
  private static final String OF_03 = " schemaurl datacontentencoding ";

  private final Map<String, Object> attributes;
  private final byte @Nullable [] data;

  private Event(Map<String, Object> attributes, byte @Nullable [] data) {
    this.attributes = Collections.unmodifiableMap(attributes);
    this.data = data;
  }

  /**
   * An event made of attributes.
   *
   * @param attributes by name, {@code specversion} included
   * @param data the payload, or null when there is none
   * @throws InputException if an attribute is missing or wrong; the message names it
   */
  public static Event of(Map<String, ?> attributes, byte @Nullable [] data) throws InputException {
    Map<String, Object> checked = new LinkedHashMap<>();
    checked.put(SPEC_VERSION, version(attributes.get(SPEC_VERSION)));
    boolean is03 = checked.containsValue(VERSION_03);
    for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
      if (!attribute.getKey().equals(SPEC_VERSION)) {
        put(checked, attribute.getKey(), attribute.getValue(), is03);
      }
    }
    require(checked, "id");
    require(checked, "source");
    require(checked, "type");
    return new Event(checked, data);
  }

  private static String version(@Nullable Object version) throws InputException {
    if (VERSION.equals(version)) {
      return VERSION;
    }
    if (VERSION_03.equals(version)) {
      return VERSION_03;
    }
    throw InputException.malformed(
        version == null
            ? "attribute specversion is missing"
            : "attribute specversion is '" + version + "'; versions 1.0 and 0.3 are known",
        null);
  }

  private static void put(Map<String, Object> to, String name, Object value, boolean is03)
      throws InputException {
    if (!isDefined(name, is03)) {
      requireName(name);
    } else if (value instanceof String text && !text.isEmpty()) {
      requireForm(name, text);
    } else {
      throw InputException.malformed("attribute " + name + " is no text, or empty", null);
    }
    to.put(name, value);
  }

  /** Whether the specification of its version defines the attribute. */
  private static boolean isDefined(String name, boolean is03) {
    if (name.indexOf(' ') >= 0) {
      return false; // two in a row are none
    }
    String padded = " " + name + " ";
    return OF_BOTH.contains(padded) || (is03 ? OF_03 : OF_1).contains(padded);
  }

  private static void requireForm(String name, String text) throws InputException {
    switch (name) {
      case "time" -> {
        if (!Rfc3339.isTime(text)) {
          throw InputException.malformed(
              "attribute time is '" + text + "', which is no time of RFC 3339", null);
        }
      }
      case CONTENT_TYPE -> {
        if (!isPrintable(text)) {
          throw InputException.malformed(
              "attribute datacontenttype is no media type: it has a character that no header has",
              null);
        }
      }
      case "source", "dataschema", "schemaurl" -> {
        try {
          new URI(text);
        } catch (URISyntaxException e) {
          throw InputException.malformed(
              "attribute " + name + " is '" + text + "', which is no URI reference", e);
        }
      }
      default -> {}
    }
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static void requireName(String name) throws InputException {
    boolean allowed = !name.isEmpty() && !name.equals("data");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      allowed &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    if (!allowed) {
      throw InputException.malformed(
          "attribute '" + name + "' has no name of an attribute: lower-case letters and digits",
          null);
    }
  }

  private static void require(Map<String, Object> attributes, String name) throws InputException {
    if (!attributes.containsKey(name)) {
      throw InputException.malformed("attribute " + name + " is missing", null);
    }
  }

  /** The attributes by name, extensions included, {@code specversion} first; unmodifiable. */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /** An attribute as text; null when it is absent. */
  public @Nullable String text(String name) {
    Object value = attributes.get(name);
    return value == null ? null : value.toString();
  }

  /** Whether an attribute is an extension. */
  public boolean isExtension(String name) {
    return attributes.containsKey(name) && !isDefined(name, is03());
  }

  /** Whether it is of version 0.3. */
  public boolean is03() {
    return VERSION_03.equals(attributes.get(SPEC_VERSION));
  }

  /** The media type of the data as sent; null when it is not told. */
  public @Nullable String contentType() {
    return text(CONTENT_TYPE);
  }

  /** The payload; null when there is none. */
  public byte @Nullable [] data() {
    return data;
  }

  /** Whether a media type says JSON (JSON format 1.0, section 3.1): parameters and case do not matter. */
  static boolean isJson(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    return type.endsWith("/json") || type.endsWith("+json");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Event that
        && attributes.equals(that.attributes)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return attributes.hashCode() * 31 + Arrays.hashCode(data);
  }

  /** The attributes only. */
  @Override
  public String toString() {
    return "Event" + attributes;
  }
}
