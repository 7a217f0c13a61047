package dev.hearth.signature.fission;

import dev.hearth.function.Request;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** The address that a request was sent to. */
final class RequestUri {

  private static final String ALLOWED = "!$&'()*+,-./:;=@_~?";

  private RequestUri() {}

  /** Absolute, as far as the request tells its host; what a URI must not hold is encoded. */
  static URI of(Request request) {
    String host = request.headers().first("host").orElse("localhost");
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    String path = encoded(request.path() + query);
    try {
      return new URI("http://" + host + path);
    } catch (URISyntaxException e) {
      return URI.create("http://localhost" + path);
    }
  }

  private static String encoded(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (isPlain(c) || (c == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2))) {
        text.append(c);
      } else {
        text.append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ALLOWED.indexOf(c) >= 0;
  }

  private static boolean isHex(byte[] bytes, int at) {
    return at < bytes.length && Character.digit(bytes[at], 16) >= 0;
  }
}
