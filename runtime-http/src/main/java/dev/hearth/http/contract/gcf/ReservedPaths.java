package dev.hearth.http.contract.gcf;

/**
 * The paths that never reach a function: {@code /robots.txt} and {@code /favicon.ico}, as they are after the dot segments, escapes and
 * parameters of a path are resolved, which is how the vendor's runtime compares them. The function sees its path as sent.
 */
final class ReservedPaths {

  private ReservedPaths() {}

  static boolean contains(String path) {
    if (path.equals("/robots.txt") || path.equals("/favicon.ico")) {
      return true;
    }
    if (!mayBeWrittenOtherwise(path)) {
      return false;
    }
    String plain = resolved(path);
    return plain.equals("/robots.txt") || plain.equals("/favicon.ico");
  }

  private static boolean mayBeWrittenOtherwise(String path) {
    return path.indexOf('%') >= 0 || path.indexOf(';') >= 0 || path.contains("/.");
  }

  /** Resolves it by RFC 3986, section 5.2.4; escapes count as what they stand for, as all in the two names are plain characters. */
  private static String resolved(String path) {
    StringBuilder out = new StringBuilder(path.length());
    int from = 1;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String segment = decoded(withoutParameters(path.substring(from, to)));
      if (segment.equals("..")) {
        out.setLength(Math.max(0, out.lastIndexOf("/")));
      } else if (!segment.equals(".")) {
        out.append('/').append(segment);
      }
      from = to + 1;
    }
    return out.toString();
  }

  private static String withoutParameters(String segment) {
    int semicolon = segment.indexOf(';');
    return semicolon < 0 ? segment : segment.substring(0, semicolon);
  }

  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    StringBuilder out = new StringBuilder(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      int code = segment.charAt(i) == '%' ? escape(segment, i) : -1;
      out.append(code < 0 ? segment.charAt(i) : (char) code);
      i += code < 0 ? 0 : 2;
    }
    return out.toString();
  }

  private static int escape(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
