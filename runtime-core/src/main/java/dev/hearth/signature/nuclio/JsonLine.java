package dev.hearth.signature.nuclio;

import org.jspecify.annotations.Nullable;

/** Writes JSON that holds no line break. */
final class JsonLine {

  private JsonLine() {}

  /** Appends a number or truth value as such, null as null, and anything else as text. */
  static void value(StringBuilder line, @Nullable Object value) {
    if (value == null || value instanceof Boolean || isPlainNumber(value)) {
      line.append(value);
    } else {
      text(line, String.valueOf(value));
    }
  }

  private static boolean isPlainNumber(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || (value instanceof Double number && Double.isFinite(number))
        || (value instanceof Float real && Float.isFinite(real));
  }

  /** Appends a text. */
  static StringBuilder text(StringBuilder line, @Nullable String text) {
    if (text == null) {
      return line.append("null");
    }
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> line.append('\\').append(c);
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
            escaped(line, c);
          } else {
            line.append(c);
          }
        }
      }
    }
    return line.append('"');
  }

  private static void escaped(StringBuilder line, char c) {
    String hex = Integer.toHexString(c);
    line.append("\\u").append("0000", hex.length(), 4).append(hex);
  }
}
