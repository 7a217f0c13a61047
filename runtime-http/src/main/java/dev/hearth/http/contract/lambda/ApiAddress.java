package dev.hearth.http.contract.lambda;

import org.jspecify.annotations.Nullable;

/**
 * Where the Runtime API is.
 *
 * @param host a name or literal address, without brackets
 */
record ApiAddress(String host, int port) {

  static final String VARIABLE = "AWS_LAMBDA_RUNTIME_API";

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if it is something else; the message names the variable
   */
  static ApiAddress parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException(
          VARIABLE + " is not set; Lambda and its emulators set it to the host:port of their API");
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    int port = colon < 0 ? -1 : port(text.substring(colon + 1));
    if (!isHost(bare, bracketed) || port < 1) {
      throw new IllegalArgumentException(
          VARIABLE
              + " is '"
              + text
              + "'; it must be a host and a port such as 127.0.0.1:9001, without scheme or path");
    }
    return new ApiAddress(bare, port);
  }

  private static boolean isHost(String host, boolean bracketed) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean mark = c == '.' || c == '-' || c == '_' || (bracketed && (c == ':' || c == '%'));
      if (!name && !mark) {
        return false;
      }
    }
    return !host.isEmpty();
  }

  private static int port(String digits) {
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9' || digits.length() > 5) {
        return -1;
      }
      port = port * 10 + c - '0';
    }
    return port <= 65535 ? port : -1;
  }

  /** As it stands in a {@code Host} header. */
  String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  @Override
  public String toString() {
    return "http://" + authority();
  }
}
