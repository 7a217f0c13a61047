package dev.hearth.http.contract.openfaas;

import dev.hearth.http.contract.Listen;

/** The URL that the watchdog forwards to, seen from the other end: where to listen. */
final class UpstreamUrl {

  private static final String SCHEME = "http://";
  private static final int USUAL_PORT = 80;
  private static final String LOOPBACK = "127.0.0.1";

  private UpstreamUrl() {}

  /**
   * Where to listen. On the loopback address where the URL has one, else on every interface.
   *
   * @throws IllegalArgumentException if it is no URL that can be served
   */
  static Listen listen(String variable, String url) {
    if (!url.startsWith(SCHEME)) {
      throw refused(variable, url);
    }
    int end = url.indexOf('/', SCHEME.length());
    String authority = url.substring(SCHEME.length(), end < 0 ? url.length() : end);
    int colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    int port = colon < 0 ? USUAL_PORT : port(authority.substring(colon + 1));
    if (host.isEmpty() || port < 0 || port > 65_535) {
      throw refused(variable, url);
    }
    return new Listen(address(host), port);
  }

  private static String address(String host) {
    if (host.equals("[::1]")) {
      return "::1";
    }
    if (host.equalsIgnoreCase("localhost")) {
      return LOOPBACK;
    }
    return host.startsWith("127.") ? host : "0.0.0.0";
  }

  private static int port(String text) {
    int port = text.isEmpty() || text.length() > 5 ? -1 : 0;
    for (int i = 0; i < text.length() && port >= 0; i++) {
      char c = text.charAt(i);
      port = c < '0' || c > '9' ? -1 : port * 10 + (c - '0');
    }
    return port;
  }

  private static IllegalArgumentException refused(String variable, String url) {
    return new IllegalArgumentException(
        variable
            + " is '"
            + url
            + "'; it must be a URL of this container such as http://127.0.0.1:8082");
  }
}
