package dev.hearth.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head of a request of what HTTP/2 has of it, by the rules of RFC 9113, sections 8.2 and 8.3. A refusal with 400
 * says that the message is malformed.
 */
final class Http2Head {

  private static final String OF_CONNECTIONS =
      " connection keep-alive proxy-connection transfer-encoding upgrade http2-settings ";

  private final HttpLimits limits;
  private final HttpHeaders headers =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  private @Nullable String method;
  private @Nullable String scheme;
  private @Nullable String path;
  private @Nullable String authority;
  private int bytes;

  private Http2Head(HttpLimits limits) {
    this.limits = limits;
  }

  /**
   * Checks it.
   *
   * @param ends whether no body follows
   * @throws Refusal if the request must not be served
   */
  static RequestHead check(Http2Headers lines, boolean ends, HttpLimits limits) throws Refusal {
    Http2Head head = new Http2Head(limits);
    for (Map.Entry<CharSequence, CharSequence> line : lines) {
      head.add(line.getKey(), line.getValue());
    }
    return head.made(ends);
  }

  /**
   * Checks lines behind a body, which are dropped.
   *
   * @throws Refusal if they are malformed
   */
  static void checkTrailers(Http2Headers lines, HttpLimits limits) throws Refusal {
    Http2Head head = new Http2Head(limits);
    for (Map.Entry<CharSequence, CharSequence> line : lines) {
      if (line.getKey().length() > 0 && line.getKey().charAt(0) == ':') {
        throw malformed("pseudo-header in trailers");
      }
      head.add(line.getKey(), line.getValue());
    }
  }

  private static Refusal malformed(String what) {
    return new Refusal(400, what);
  }

  private void add(CharSequence name, CharSequence value) throws Refusal {
    bytes += name.length() + value.length();
    if (bytes > limits.headerBytes() + limits.requestLineBytes()) {
      throw new Refusal(431, "headers over " + limits.headerBytes() + " bytes");
    }
    if (!Ascii.isFieldValue(value) || isPadded(value)) {
      throw malformed("malformed value of header " + Ascii.printable(name));
    }
    if (name.length() > 0 && name.charAt(0) == ':') {
      pseudo(name.toString(), value.toString());
    } else {
      regular(name.toString(), value.toString());
    }
  }

  private static boolean isPadded(CharSequence value) {
    int last = value.length() - 1;
    return last >= 0 && (isBlank(value.charAt(0)) || isBlank(value.charAt(last)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private void pseudo(String name, String value) throws Refusal {
    if (!headers.isEmpty()) {
      throw malformed("pseudo-header " + Ascii.printable(name) + " behind a header");
    }
    switch (name) {
      case ":method" -> method = once(method, value);
      case ":scheme" -> scheme = once(scheme, value);
      case ":path" -> path = once(path, value);
      case ":authority" -> authority = once(authority, value);
      default -> throw malformed("pseudo-header " + Ascii.printable(name));
    }
  }

  private static String once(@Nullable String before, String value) throws Refusal {
    if (before != null) {
      throw malformed("a pseudo-header twice");
    }
    return value;
  }

  private void regular(String name, String value) throws Refusal {
    if (!isName(name) || isOfConnections(name)) {
      throw malformed("header " + Ascii.printable(name));
    }
    if (name.equals("te") && !value.equals("trailers")) {
      throw malformed("te is not trailers");
    }
    if (headers.size() >= limits.headerCount()) {
      throw new Refusal(431, "more than " + limits.headerCount() + " header lines");
    }
    String before = name.equals("cookie") ? headers.get(name) : null;
    if (before == null) {
      headers.add(name, value);
    } else {
      headers.set(name, before + "; " + value); // RFC 9113, section 8.2.3
    }
  }

  /** Whether a header, in lower case, is about connections, which HTTP/2 has other means for. */
  static boolean isOfConnections(String name) {
    return OF_CONNECTIONS.contains(" " + name + " ");
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        return false;
      }
    }
    return Ascii.isToken(name);
  }

  private RequestHead made(boolean ends) throws Refusal {
    String target = path;
    if (method == null || !Ascii.isToken(method)) {
      throw malformed(":method is missing or none");
    }
    String served = RequestHead.method(method);
    if (scheme == null || target == null || !isTarget(target, served)) {
      throw malformed(":scheme or :path is missing or none");
    }
    host();
    if (target.length() > limits.requestLineBytes()) {
      throw new Refusal(414, "path over " + limits.requestLineBytes() + " bytes");
    }
    long length = RequestHead.length(headers, limits.bodyBytes());
    if (ends && length > 0) {
      throw malformed("content-length without a body");
    }
    int query = target.indexOf('?');
    return new RequestHead(
        served,
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        new RequestHeaders(headers),
        ends ? 0 : length,
        false,
        true,
        RequestHead.expectsContinue(headers, false));
  }

  private static boolean isTarget(String path, String method) {
    if (path.isEmpty()
        || (path.charAt(0) != '/' && !(path.equals("*") && method.equals("OPTIONS")))) {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return false;
      }
    }
    return true;
  }

  /** The authority counts; a host beside it must be the same. */
  private void host() throws Refusal {
    String host = headers.get(HttpHeaderNames.HOST);
    if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
      throw malformed("host twice");
    }
    String named = authority == null ? host : authority;
    if (named == null || !RequestHead.isAuthority(named)) {
      throw malformed(":authority is missing or none");
    }
    if (host != null && !host.equals(named)) {
      throw malformed("host is not :authority");
    }
    headers.set(HttpHeaderNames.HOST, named);
  }
}
