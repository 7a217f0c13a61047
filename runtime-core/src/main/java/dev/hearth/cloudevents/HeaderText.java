package dev.hearth.cloudevents;

import dev.hearth.signature.spi.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The value of an attribute's header (HTTP protocol binding 1.0, section 3.1.3.2). It is never split at commas, and
 * decoded in one round. A percent sign that begins no escape stays, unless one is strict: senders that do not encode exist.
 */
final class HeaderText {

  private HeaderText() {}

  private static final String HEX = "0123456789ABCDEF";

  static String decode(String header, String value, boolean strict) throws InputException {
    String text = unquoted(value.strip());
    return text.indexOf('%') < 0 ? text : percentDecoded(header, text, strict);
  }

  /** Encodes space, double quote, percent sign and everything but printable ASCII, byte by byte of UTF-8. */
  static String encode(String value) {
    return encode(value, true);
  }

  /** Encodes only what no header can hold. */
  static String sendable(String value) {
    return encode(value, false);
  }

  private static String encode(String value, boolean all) {
    StringBuilder out = null;
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean plain = c >= ' ' && c <= '~' && !(all && (c == ' ' || c == '"' || c == '%'));
      if (!plain && out == null) {
        out = new StringBuilder(value.length() + 16).append(value, 0, i);
      }
      if (out != null) {
        append(value, i, next, plain, out);
      }
      i = next;
    }
    return out == null ? value : out.toString();
  }

  private static void append(String value, int from, int to, boolean plain, StringBuilder out) {
    if (plain) {
      out.append(value, from, to);
      return;
    }
    for (byte b : value.substring(from, to).getBytes(StandardCharsets.UTF_8)) {
      out.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
    }
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 1; i < value.length() - 1; i++) {
      boolean escape = value.charAt(i) == '\\' && i + 1 < value.length() - 1;
      text.append(value.charAt(escape ? ++i : i));
    }
    return text.toString();
  }

  private static String percentDecoded(String header, String text, boolean strict)
      throws InputException {
    StringBuilder decoded = new StringBuilder(text.length());
    ByteBuffer bytes = ByteBuffer.allocate(text.length() / 3);
    for (int i = 0; i < text.length(); i++) {
      int code = text.charAt(i) == '%' ? escape(text, i) : -1;
      if (code >= 0) {
        bytes.put((byte) code);
        i += 2;
      } else if (strict && text.charAt(i) == '%') {
        throw InputException.malformed(
            "header " + header + " has a percent sign that begins no escape; write %25", null);
      } else {
        flush(header, bytes, decoded);
        decoded.append(text.charAt(i));
      }
    }
    flush(header, bytes, decoded);
    return decoded.toString();
  }

  private static int escape(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = hex(text.charAt(at + 1));
    int low = hex(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hex(char c) {
    return c > 'f' ? -1 : Character.digit(c, 16);
  }

  private static void flush(String header, ByteBuffer bytes, StringBuilder decoded)
      throws InputException {
    if (bytes.position() == 0) {
      return;
    }
    try {
      decoded.append(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()));
    } catch (CharacterCodingException e) {
      throw InputException.malformed(
          "header " + header + " holds percent escapes that are not UTF-8", e);
    }
    bytes.clear();
  }
}
