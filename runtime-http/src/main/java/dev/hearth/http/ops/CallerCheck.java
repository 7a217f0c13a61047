package dev.hearth.http.ops;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether whoever sent a request was meant to. A browser on this machine reaches loopback for any page that it shows, so what it says
 * about that page decides: the name that it looked up, and the page's origin.
 */
final class CallerCheck {

  private static final String BEARER = "bearer ";

  private final String boundHost;
  private final @Nullable Supplier<String> token;

  CallerCheck(String boundHost, @Nullable Supplier<String> token) {
    this.boundHost = boundHost;
    this.token = token;
  }

  /** The answer for somebody who was not meant to; null for anybody else. */
  @Nullable Answer refuse(Request request) {
    Headers headers = request.headers();
    String host = headers.first("host").orElse("");
    if (!isOwnHost(host)) {
      return ErrorBody.JSON.of(
          403, "Host is not this machine's; use its address, localhost or " + boundHost);
    }
    if (isFromAnotherPage(headers, host)) {
      return ErrorBody.JSON.of(
          403, "a page of another origin sent this; use a program, or a page of this port");
    }
    boolean open = request.path().equals("/healthz") || request.path().equals("/readyz");
    if (open || token == null || isKnown(headers, token.get())) {
      return null;
    }
    return ErrorBody.JSON
        .of(401, "send the admin token as 'Authorization: Bearer …'")
        .header("WWW-Authenticate", "Bearer");
  }

  /** By Fetch Metadata where the browser sends it, by Origin where it does not. */
  private static boolean isFromAnotherPage(Headers headers, String host) {
    String site = headers.first("sec-fetch-site").orElse("none");
    if (!site.equals("none") && !site.equals("same-origin")) {
      return true;
    }
    List<String> origins = headers.all("origin");
    if (origins.isEmpty()) {
      return false;
    }
    String origin = origins.get(0).toLowerCase(Locale.ROOT);
    String own = host.toLowerCase(Locale.ROOT);
    return origins.size() > 1
        || !(origin.equals("http://" + own) || origin.equals("https://" + own));
  }

  /** Takes as long for a token that is nearly right as for any other. */
  private static boolean isKnown(Headers headers, String expected) {
    List<String> sent = headers.all("authorization");
    if (sent.size() != 1 || sent.get(0).length() < BEARER.length()) {
      return false;
    }
    String scheme = sent.get(0).substring(0, BEARER.length());
    String given = sent.get(0).substring(BEARER.length()).strip();
    return scheme.equalsIgnoreCase(BEARER)
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  /** A page of somebody else's can have its own name point here, but then that name is what the browser sends. */
  private boolean isOwnHost(String host) {
    String name = withoutPort(host);
    return name.equalsIgnoreCase("localhost")
        || name.equalsIgnoreCase(boundHost)
        || name.startsWith("[")
        || isIpv4(name);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }

  private static boolean isIpv4(String name) {
    int dots = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots == 3;
  }
}
