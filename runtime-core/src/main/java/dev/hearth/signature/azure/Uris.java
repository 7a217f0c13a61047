package dev.hearth.signature.azure;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** Makes URIs of what clients send, which is not always one. */
final class Uris {

  private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=%";

  private Uris() {}

  /** The URI that a URL is; what has no place in one is encoded. */
  static URI of(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      return URI.create(encoded(url));
    }
  }

  private static String encoded(String url) {
    byte[] bytes = url.getBytes(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(bytes.length + 16);
    int authority = url.indexOf("://") + 3;
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean isStray = c == '%' && !isEscape(bytes, i);
      boolean isBracket =
          (c == '[' || c == ']') && i > authority && url.indexOf('/', authority) < i;
      if (isLetterOrDigit(c) || (ALLOWED.indexOf(c) >= 0 && !isStray && !isBracket)) {
        text.append(c);
      } else {
        text.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return text.toString();
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && Character.digit(bytes[at + 1], 16) >= 0
        && Character.digit(bytes[at + 2], 16) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }
}
