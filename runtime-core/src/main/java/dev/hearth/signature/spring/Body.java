package dev.hearth.signature.spring;

import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.web.HeaderParameters;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A body as it came, or a part of the path in its place.
 *
 * @param bytes what was sent
 * @param contentType what it was said to be, or null
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record Body(byte[] bytes, @Nullable String contentType) {

  static Body ofText(String text, @Nullable String contentType) {
    return new Body(text.getBytes(StandardCharsets.UTF_8), contentType);
  }

  /** Type and subtype in lower case; empty when there is none. */
  String mediaType() {
    String type = contentType == null ? "" : contentType;
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** Whether it is text for sure, and no JSON. */
  boolean isPlainText() {
    return mediaType().equals("text/plain");
  }

  /** Whether it can be read as text at all. */
  boolean isText() {
    String type = mediaType();
    return type.isEmpty()
        || type.startsWith("text/")
        || type.endsWith("json")
        || type.endsWith("xml")
        || type.equals("application/x-www-form-urlencoded");
  }

  /**
   * The text.
   *
   * @throws InputException if its charset is none that the JDK knows
   */
  String text() throws InputException {
    String name = HeaderParameters.get(contentType, "charset");
    try {
      return new String(bytes, name == null ? StandardCharsets.UTF_8 : Charset.forName(name));
    } catch (IllegalArgumentException e) {
      throw InputException.unsupportedType("the body's charset '" + name + "' is not known");
    }
  }

  /** Whether it looks like a JSON array, to whose elements a function of one element is applied. */
  boolean isArray() throws InputException {
    if (isPlainText() || !isText()) {
      return false;
    }
    String text = text().strip();
    return text.startsWith("[") && text.endsWith("]");
  }
}
