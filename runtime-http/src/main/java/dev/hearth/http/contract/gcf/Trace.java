package dev.hearth.http.contract.gcf;

import dev.hearth.function.Request;
import dev.hearth.http.contract.TraceParent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The caller's trace: W3C's header, else the platform's own, {@code TRACE_ID/SPAN_ID;o=OPTIONS}, in W3C's form. */
final class Trace {

  private static final int TRACE_DIGITS = 32;

  private Trace() {}

  /** A valid {@code traceparent}, or null; a header that makes no sense counts as not sent. */
  static @Nullable String parent(Request request) {
    String parent = request.headers().first("traceparent").orElse(null);
    if (TraceParent.isValid(parent)) {
      return parent;
    }
    String cloud = request.headers().first("X-Cloud-Trace-Context").orElse(null);
    String converted = cloud == null ? null : converted(cloud);
    return TraceParent.isValid(converted) ? converted : null;
  }

  /** Its span is an unsigned decimal number; without one there is no parent to tell. */
  private static @Nullable String converted(String cloud) {
    int slash = cloud.indexOf('/');
    int options = cloud.indexOf(";o=");
    int end = options < 0 ? cloud.length() : options;
    if (slash != TRACE_DIGITS || end <= slash + 1) {
      return null;
    }
    try {
      long span = Long.parseUnsignedLong(cloud, slash + 1, end, 10);
      return "00-"
          + cloud.substring(0, slash).toLowerCase(Locale.ROOT)
          + "-"
          + hex(span)
          + (cloud.startsWith("1", options + 3) && options >= 0 ? "-01" : "-00");
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String hex(long value) {
    char[] text = new char[16];
    for (int i = 15; i >= 0; i--) {
      text[i] = Character.forDigit((int) (value >>> (60 - 4 * i)) & 15, 16);
    }
    return new String(text);
  }
}
