package dev.hearth.signature.fission;

import dev.hearth.function.Request;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** The address that a request was sent to. */
final class RequestUri {

  private static final String ALLOWED = "!$&'()*+,-./:;=@_~%?[]#";

  private RequestUri() {}

  /** Absolute, as far as the request tells its host; what a URI must not hold is encoded. */
  static URI of(Request request) {
    String host = request.headers().first("host").orElse("localhost");
    String path = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    try {
      return new URI("http://" + host + path);
    } catch (URISyntaxException e) {
      return URI.create("http://localhost" + encoded(path));
    }
  }

  private static String encoded(String path) {
    StringBuilder text = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || (ALLOWED.indexOf(c) >= 0 && c != '%' && c != '[' && c != ']' && c != '#');
      if (plain) {
        text.append(c);
      } else {
        text.append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return text.toString();
  }
}
