package dev.hearth.log;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Whose line it is, as texts: what outlives a call must not refer to the call, whose function's loader it would hold.
 *
 * @param function its name
 * @param version its version
 * @param invocation the call's id; null for lines outside of calls
 * @param trace trace id of the caller's {@code traceparent}, or null
 */
public record Origin(
    String function, String version, @Nullable String invocation, @Nullable String trace) {

  private static final int TRACE_BEGIN = 3; // 00-<32 digits>-<16 digits>-<2 digits>
  private static final int TRACE_END = 35;

  public Origin {
    requireNonNull(function, "function");
    requireNonNull(version, "version");
  }

  /** Of a call, whose trace is that of a W3C {@code traceparent} (Trace Context, section 3.2.2). */
  public static Origin of(
      String function, String version, String invocation, @Nullable String traceparent) {
    return new Origin(
        function,
        version,
        invocation,
        traceparent == null || traceparent.length() < TRACE_END
            ? null
            : traceparent.substring(TRACE_BEGIN, TRACE_END));
  }
}
