package dev.hearth.http;

/** Character classes of HTTP's grammar (RFC 9110, section 5.6). */
final class Ascii {

  private static final boolean[] TOKEN = new boolean[128];

  static {
    String marks = "!#$%&'*+-.^_`|~";
    for (int i = 0; i < marks.length(); i++) {
      TOKEN[marks.charAt(i)] = true;
    }
    for (char c = 0; c < 128; c++) {
      TOKEN[c] |= (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
  }

  private Ascii() {}

  /** Whether it may stand in a method or header name. */
  static boolean isToken(int c) {
    return c >= 0 && c < 128 && TOKEN[c];
  }

  /** Whether all of it may stand in a method or header name, and there is something. */
  static boolean isToken(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isToken(text.charAt(i))) {
        return false;
      }
    }
    return text.length() > 0;
  }

  /** Whether all of it may stand in a header value: Latin-1 without control characters, tabs allowed. */
  static boolean isFieldValue(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        return false;
      }
    }
    return true;
  }

  /** The text with everything but printable ASCII replaced, cut to what fits a message. */
  static String printable(CharSequence text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < 60; i++) {
      char c = text.charAt(i);
      out.append(c < ' ' || c > '~' ? '?' : c);
    }
    return out.append(text.length() > 60 ? "…" : "").toString();
  }
}
