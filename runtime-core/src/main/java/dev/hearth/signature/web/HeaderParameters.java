package dev.hearth.signature.web;

import org.jspecify.annotations.Nullable;

/** The parameters behind the value of a header such as {@code Content-Type} (RFC 9110, section 5.6.6). */
public final class HeaderParameters {

  private HeaderParameters() {}

  /** One parameter, found without regard to case; null when it is not there. */
  public static @Nullable String get(@Nullable String header, String name) {
    if (header == null) {
      return null;
    }
    int at = header.indexOf(';');
    while (at >= 0 && at < header.length()) {
      int start = skipSpace(header, at + 1);
      int end = end(header, start);
      int equals = header.indexOf('=', start);
      if (equals >= 0
          && equals < end
          && header.substring(start, equals).strip().equalsIgnoreCase(name)) {
        return unquoted(header.substring(equals + 1, end).strip());
      }
      at = end;
    }
    return null;
  }

  private static int skipSpace(String header, int from) {
    int at = from;
    while (at < header.length() && (header.charAt(at) == ' ' || header.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  /** Where the parameter ends: at the next semicolon that is not in quotes. */
  private static int end(String header, int from) {
    boolean quoted = false;
    for (int i = from; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && isEscape(header, i)) {
        i++;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return header.length();
  }

  /** Only quotes and backslashes are escaped: some browsers send paths with single backslashes. */
  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '\\'
        && at + 1 < text.length()
        && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    String inner = value.substring(1, value.length() - 1);
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    StringBuilder plain = new StringBuilder(inner.length());
    for (int i = 0; i < inner.length(); i++) {
      plain.append(inner.charAt(isEscape(inner, i) ? ++i : i));
    }
    return plain.toString();
  }
}
