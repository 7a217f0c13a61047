package dev.hearth.signature.aws;

import org.jspecify.annotations.Nullable;

/** Writes a flat JSON object, so that errors and log lines need no library. Not thread-safe. */
final class JsonObject {

  private final StringBuilder text = new StringBuilder(256).append('{');

  /** Adds a string; null leaves the key out. */
  JsonObject put(String key, @Nullable String value) {
    if (value != null) {
      key(key);
      string(value);
    }
    return this;
  }

  /** Adds a list of strings. */
  JsonObject put(String key, String[] values) {
    key(key);
    text.append('[');
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      string(values[i]);
    }
    text.append(']');
    return this;
  }

  /** The whole of it; nothing can be added after. */
  String end() {
    return text.append('}').toString();
  }

  private void key(String key) {
    if (text.length() > 1) {
      text.append(',');
    }
    string(key);
    text.append(':');
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      character(value.charAt(i));
    }
    text.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (c < ' ' || Character.isSurrogate(c)) {
          escaped(c); // a lone surrogate has no UTF-8, and a pair may as well be written so
        } else {
          text.append(c);
        }
      }
    }
  }

  private void escaped(char c) {
    text.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      text.append(Character.forDigit((c >> shift) & 15, 16));
    }
  }
}
