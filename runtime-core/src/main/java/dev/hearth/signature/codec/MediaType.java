package dev.hearth.signature.codec;

import dev.hearth.signature.spi.InputException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Type} (RFC 9110, section 8.3) as far as binding depends on it.
 *
 * @param name type and subtype in lower case; empty when there was no header
 * @param charsetName the charset parameter as sent, or null
 */
record MediaType(String name, @Nullable String charsetName) {

  private static final MediaType ABSENT = new MediaType("", null);
  private static final String CHARSET = "charset=";

  static MediaType parse(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return ABSENT;
    }
    int semicolon = header.indexOf(';');
    if (semicolon < 0) {
      return new MediaType(header.strip().toLowerCase(Locale.ROOT), null);
    }
    return new MediaType(
        header.substring(0, semicolon).strip().toLowerCase(Locale.ROOT),
        charset(header, semicolon + 1));
  }

  private static @Nullable String charset(String header, int from) {
    int at = from;
    while (at < header.length()) {
      int end = header.indexOf(';', at);
      end = end < 0 ? header.length() : end;
      String parameter = header.substring(at, end).strip();
      if (parameter.regionMatches(true, 0, CHARSET, 0, CHARSET.length())) {
        return unquoted(parameter.substring(CHARSET.length()).strip());
      }
      at = end + 1;
    }
    return null;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  boolean isAbsent() {
    return name.isEmpty();
  }

  boolean isJson() {
    return name.equals("application/json") || name.endsWith("+json");
  }

  boolean isText() {
    return name.startsWith("text/");
  }

  boolean isForm() {
    return name.equals("application/x-www-form-urlencoded");
  }

  boolean isBytes() {
    return name.equals("application/octet-stream");
  }

  /** Whether a body of this type may hold JSON: it says so, or says nothing that speaks against it. */
  boolean mayHoldJson() {
    return isJson() || isAbsent() || isText() || isForm() || isBytes();
  }

  /**
   * The charset of the text; UTF-8 when not said.
   *
   * @throws InputException if it is none that the JDK knows
   */
  Charset charset() throws InputException {
    if (charsetName == null) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(charsetName);
    } catch (IllegalArgumentException e) {
      throw InputException.unsupportedType(
          "the charset '" + OneLine.of(charsetName) + "' of the body is not known; send UTF-8");
    }
  }

  /** The charset of the text, where it is known; else null. */
  @Nullable Charset charsetOrNull() {
    try {
      return charset();
    } catch (InputException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
