package dev.hearth.signature.web;

import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The readings of a request's path, without the slash at its beginning and decoded: as it was sent, which is what the function sees
 * on its vendor's own server, then what follows the part that named the function to the host.
 */
public final class Paths {

  private Paths() {}

  /**
   * The readings, at most two.
   *
   * @param root what the vendor's setting puts in front of every path; empty or {@code /} for nothing
   * @throws InputException if the path is not encoded as paths are
   */
  public static List<String> of(Exchange exchange, String root) throws InputException {
    String sent = exchange.request().path();
    List<String> readings = new ArrayList<>(2);
    add(readings, behind(root, sent));
    String base = exchange.basePath();
    if (!base.isEmpty() && sent.startsWith(base)) {
      add(readings, behind(root, sent.substring(base.length())));
    }
    return readings;
  }

  private static void add(List<String> readings, @Nullable String path) throws InputException {
    if (path != null) {
      readings.add(decode(path.startsWith("/") ? path.substring(1) : path));
    }
  }

  /** What follows the root; null if the path is not below it. */
  private static @Nullable String behind(String root, String path) {
    String prefix = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    if (prefix.isEmpty()) {
      return path;
    }
    prefix = prefix.startsWith("/") ? prefix : "/" + prefix;
    boolean below =
        path.startsWith(prefix)
            && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    return below ? path.substring(prefix.length()) : null;
  }

  private static String decode(String path) throws InputException {
    if (path.indexOf('%') < 0) {
      return path;
    }
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw InputException.malformed(
          "the path holds a percent sign that encodes nothing: " + e.getMessage(), e);
    }
  }
}
