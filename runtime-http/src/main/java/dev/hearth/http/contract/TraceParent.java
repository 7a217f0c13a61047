package dev.hearth.http.contract;

import org.jspecify.annotations.Nullable;

/** The {@code traceparent} header of W3C Trace Context, section 3.2. */
public final class TraceParent {

  private static final int LENGTH = 55; // 00-<32 hex>-<16 hex>-<2 hex>

  private TraceParent() {}

  /** Whether a header is one that may be passed on; nonsense is to be treated as if it was not sent. */
  public static boolean isValid(@Nullable String header) {
    if (header == null || header.length() < LENGTH || header.length() > 512) {
      return false;
    }
    boolean version0 = header.startsWith("00");
    return isHex(header, 0, 2)
        && !header.startsWith("ff")
        && header.charAt(2) == '-'
        && isId(header, 3, 35)
        && header.charAt(35) == '-'
        && isId(header, 36, 52)
        && header.charAt(52) == '-'
        && isHex(header, 53, LENGTH)
        && (header.length() == LENGTH || (!version0 && header.charAt(LENGTH) == '-'));
  }

  private static boolean isId(String text, int from, int to) {
    boolean zero = true;
    for (int i = from; i < to; i++) {
      zero &= text.charAt(i) == '0';
    }
    return !zero && isHex(text, from, to);
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
}
