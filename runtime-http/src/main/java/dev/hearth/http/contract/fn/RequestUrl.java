package dev.hearth.http.contract.fn;

/**
 * What an HTTP client asked for, as it was sent; nothing is decoded.
 *
 * @param host with the port, if any; empty when unknown
 * @param path begins with a slash
 * @param query without its question mark
 */
record RequestUrl(String host, String path, String query) {

  /** Takes a URL apart; one that has no path, or is none, asks for {@code /}. */
  static RequestUrl of(String url) {
    int fragment = url.indexOf('#');
    String text = fragment < 0 ? url : url.substring(0, fragment);
    int question = text.indexOf('?');
    String query = question < 0 ? "" : text.substring(question + 1);
    String before = question < 0 ? text : text.substring(0, question);
    int scheme = before.indexOf("://");
    int authority = scheme < 0 ? 0 : scheme + 3;
    int slash = before.indexOf('/', authority);
    String host =
        scheme < 0 ? "" : before.substring(authority, slash < 0 ? before.length() : slash);
    return new RequestUrl(host, slash < 0 ? "/" : before.substring(slash), query);
  }

  /**
   * What named the function: Fn's own triggers are below {@code /t/} and the application's name. Empty behind a gateway whose paths are
   * its users'.
   */
  String basePath() {
    int end = path.startsWith("/t/") ? path.indexOf('/', 3) : -1;
    return end < 0 ? "" : path.substring(0, end);
  }
}
