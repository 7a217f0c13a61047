package dev.hearth.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that may be served: framing, target and host are unambiguous.
 *
 * @param path as sent, beginning with a slash; {@code *} for {@code OPTIONS *}
 * @param query as sent, without question mark; empty when there was none
 * @param contentLength bytes of the body; 0 for none, -1 when it comes in chunks
 * @param http10 whether the client speaks HTTP/1.0
 * @param keepAlive whether the client lets the connection be used again
 * @param expectsContinue whether the client waits for leave to send its body
 */
record RequestHead(
    String method,
    String path,
    String query,
    RequestHeaders headers,
    long contentLength,
    boolean http10,
    boolean keepAlive,
    boolean expectsContinue) {

  private static final String SERVED = " GET HEAD POST PUT PATCH DELETE OPTIONS ";
  private static final String FORBIDDEN = " CONNECT TRACE PRI ";
  private static final String CODINGS =
      " gzip x-gzip deflate compress x-compress br zstd identity chunked ";

  boolean isHead() {
    return method.equals("HEAD");
  }

  boolean hasBody() {
    return contentLength != 0;
  }

  /**
   * Checks what the parser leaves to its user.
   *
   * @throws Refusal if the request must not be served
   */
  static RequestHead check(HttpRequest request, HttpLimits limits) throws Refusal {
    HttpHeaders headers = request.headers();
    requireCleanLines(headers);
    boolean http10 = request.protocolVersion().minorVersion() == 0;
    long length = contentLength(headers, http10, limits.bodyBytes());
    String method = method(request.method().name());
    String target = pathAndQuery(request.uri(), method, headers, http10);
    int query = target.indexOf('?');
    return new RequestHead(
        method,
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        new RequestHeaders(headers),
        length,
        http10,
        keepAlive(headers, http10),
        expectsContinue(headers, http10));
  }

  private static void requireCleanLines(HttpHeaders headers) throws Refusal {
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      if (!Ascii.isToken(line.getKey())) {
        throw new Refusal(400, "malformed header name");
      }
      if (!Ascii.isFieldValue(line.getValue())) {
        throw new Refusal(400, "control character in header " + Ascii.printable(line.getKey()));
      }
    }
  }

  private static long contentLength(HttpHeaders headers, boolean http10, long limit)
      throws Refusal {
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      requireChunked(headers.getAll(HttpHeaderNames.TRANSFER_ENCODING), http10);
      if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
        throw new Refusal(400, "both Content-Length and Transfer-Encoding");
      }
      return -1;
    }
    long length = length(headers, limit);
    return length < 0 ? 0 : length;
  }

  /** The announced length of a body; -1 when there is none. */
  static long length(HttpHeaders headers, long limit) throws Refusal {
    Iterator<String> lengths = headers.valueStringIterator(HttpHeaderNames.CONTENT_LENGTH);
    if (!lengths.hasNext()) {
      return -1;
    }
    long length = number(lengths.next());
    if (lengths.hasNext()) {
      length = -1;
    }
    if (length < 0) {
      throw new Refusal(400, "Content-Length is not one decimal number");
    }
    if (length > limit) {
      throw tooLarge(limit);
    }
    return length;
  }

  static Refusal tooLarge(long limit) {
    return new Refusal(413, "body over " + limit + " bytes");
  }

  private static void requireChunked(List<String> codings, boolean http10) throws Refusal {
    if (http10) {
      throw new Refusal(400, "Transfer-Encoding in HTTP/1.0");
    }
    String coding = codings.size() == 1 ? codings.get(0).strip() : "";
    if (coding.equalsIgnoreCase("chunked")) {
      return;
    }
    String first = coding.substring(0, Math.max(0, coding.indexOf(','))).strip();
    boolean known =
        CODINGS.contains(" " + first.toLowerCase(Locale.ROOT) + " ") && !first.isEmpty();
    boolean thenChunked =
        coding.substring(coding.indexOf(',') + 1).strip().equalsIgnoreCase("chunked");
    boolean twice = first.equalsIgnoreCase("chunked") || first.equalsIgnoreCase("identity");
    throw new Refusal(
        known && thenChunked && !twice ? 501 : 400,
        "Transfer-Encoding " + Ascii.printable(coding) + "; only chunked is understood");
  }

  /** A decimal number that fits a long; -1 for anything else. */
  private static long number(String text) {
    if (text.isEmpty() || text.length() > 19) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value; // negative where 19 digits overflow
  }

  static String method(String method) throws Refusal {
    if (method.equals("POST") || method.equals("GET") || SERVED.contains(" " + method + " ")) {
      return method;
    }
    if (FORBIDDEN.contains(" " + method + " ")) {
      throw new Refusal(405, "method " + method + " is not allowed");
    }
    throw new Refusal(501, "method " + Ascii.printable(method) + " is not known");
  }

  private static String pathAndQuery(
      String target, String method, HttpHeaders headers, boolean http10) throws Refusal {
    Iterator<String> hosts = headers.valueStringIterator(HttpHeaderNames.HOST);
    @Nullable String host = hosts.hasNext() ? hosts.next() : null;
    if (hosts.hasNext() || (host == null && !http10)) {
      throw new Refusal(400, host == null ? "no Host header" : "more than one Host header");
    }
    if (host != null && !isAuthority(host) && !host.isEmpty()) {
      throw new Refusal(400, "malformed Host header");
    }
    if (target.charAt(0) == '/') {
      return target;
    }
    if (target.equals("*") && method.equals("OPTIONS")) {
      return target;
    }
    return absolute(target, host, headers);
  }

  /** The target's authority counts, whatever {@code Host} says (RFC 9112, section 3.2.2). */
  private static String absolute(String target, @Nullable String host, HttpHeaders headers)
      throws Refusal {
    int from = afterScheme(target);
    int end = Math.max(from, 0);
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    String authority = from < 0 ? "" : target.substring(from, end);
    if (!isAuthority(authority) || (host != null && host.isEmpty())) {
      throw new Refusal(400, "malformed request target");
    }
    headers.set(HttpHeaderNames.HOST, authority);
    String rest = target.substring(end);
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  private static int afterScheme(String target) {
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      return 7;
    }
    return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
  }

  /** Whether it is host and optional port, without user or list. */
  static boolean isAuthority(String text) {
    if (text.isEmpty() || text.charAt(0) == ':') {
      return false;
    }
    int hostEnd = text.charAt(0) == '[' ? text.indexOf(']') + 1 : portColon(text);
    if (hostEnd <= 0) {
      return false;
    }
    for (int i = 0; i < hostEnd; i++) {
      if (!isHostCharacter(text.charAt(i), text.charAt(0) == '[')) {
        return false;
      }
    }
    if (hostEnd == text.length()) {
      return true;
    }
    String port = text.substring(hostEnd + 1);
    return text.charAt(hostEnd) == ':'
        && (port.isEmpty() || (number(port) >= 0 && number(port) <= 65535));
  }

  private static int portColon(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text.length() : colon;
  }

  private static boolean isHostCharacter(char c, boolean literal) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~%!$&'()*+;=".indexOf(c) >= 0
        || (literal && (c == '[' || c == ']' || c == ':'));
  }

  private static boolean keepAlive(HttpHeaders headers, boolean http10) {
    boolean keep = false;
    Iterator<String> lines = headers.valueStringIterator(HttpHeaderNames.CONNECTION);
    while (lines.hasNext()) {
      String line = lines.next();
      if (hasToken(line, "close")) {
        return false;
      }
      keep |= hasToken(line, "keep-alive");
    }
    return keep || !http10;
  }

  static boolean hasToken(String list, String token) {
    int from = 0;
    while (from <= list.length()) {
      int comma = list.indexOf(',', from);
      int to = comma < 0 ? list.length() : comma;
      if (list.substring(from, to).strip().equalsIgnoreCase(token)) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  static boolean expectsContinue(HttpHeaders headers, boolean http10) throws Refusal {
    @Nullable String expect = headers.get(HttpHeaderNames.EXPECT);
    if (expect == null || http10) {
      return false;
    }
    if (!expect.strip().equalsIgnoreCase("100-continue")
        || headers.getAll(HttpHeaderNames.EXPECT).size() > 1) {
      throw new Refusal(417, "only Expect: 100-continue is understood");
    }
    return true;
  }
}
