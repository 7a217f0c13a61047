package dev.hearth.cli.log;

import dev.hearth.invoke.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * Where a line comes from, as texts: a buffer that outlives a call must not refer to the call, whose
 * function's loader it would hold.
 *
 * @param trace trace id of the caller's {@code traceparent}, or null
 */
record Origin(String function, String version, String invocation, @Nullable String trace) {

  private static final int TRACE_BEGIN = 3; // 00-<32 digits>-<16 digits>-<2 digits>
  private static final int TRACE_END = 35;

  static Origin of(Invocation invocation) {
    String parent = invocation.call().traceparent();
    return new Origin(
        invocation.environment().function(),
        invocation.environment().version(),
        invocation.id(),
        parent == null || parent.length() < TRACE_END
            ? null
            : parent.substring(TRACE_BEGIN, TRACE_END));
  }

  /** Of the calling thread's invocation; null outside of one. */
  static @Nullable Origin current() {
    Invocation invocation = Invocation.current();
    return invocation == null ? null : of(invocation);
  }
}
