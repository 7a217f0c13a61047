package dev.hearth.http.lambda;

import org.jspecify.annotations.Nullable;

/**
 * X-Ray's trace header, {@code Root=1-<8 hex>-<24 hex>;Parent=<16 hex>;Sampled=<0 or 1>}, as the W3C's {@code traceparent}: both
 * have ids of the same sizes.
 */
public final class XrayTrace {

  private static final int ROOT_CHARS = 35;
  private static final int PARENT_CHARS = 16;

  private XrayTrace() {}

  /** The {@code traceparent} that means the same; null where there is none. */
  public static @Nullable String traceparent(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String root = field(header, "Root=");
    String parent = field(header, "Parent=");
    if (root == null || parent == null || !isRoot(root)) {
      return null;
    }
    boolean parentFits = parent.length() == PARENT_CHARS && isHex(parent, 0, PARENT_CHARS);
    if (!parentFits || isZero(parent)) {
      return null;
    }
    String trace = root.substring(2, 10) + root.substring(11);
    String sampled = "1".equals(field(header, "Sampled=")) ? "01" : "00";
    return isZero(trace) ? null : "00-" + trace + "-" + parent + "-" + sampled;
  }

  private static @Nullable String field(String header, String name) {
    int from = header.startsWith(name) ? 0 : header.indexOf(";" + name) + 1;
    if (from == 0 && !header.startsWith(name)) {
      return null;
    }
    int end = header.indexOf(';', from);
    return header.substring(from + name.length(), end < 0 ? header.length() : end);
  }

  private static boolean isRoot(String root) {
    return root.length() == ROOT_CHARS
        && root.startsWith("1-")
        && isHex(root, 2, 10)
        && root.charAt(10) == '-'
        && isHex(root, 11, ROOT_CHARS);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
