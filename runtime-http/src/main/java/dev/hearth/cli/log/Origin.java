package dev.hearth.cli.log;

import dev.hearth.invoke.InvocationTag;
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

  static Origin of(InvocationTag tag) {
    String parent = tag.traceparent();
    return new Origin(
        tag.function(),
        tag.version(),
        tag.invocation(),
        parent == null || parent.length() < TRACE_END
            ? null
            : parent.substring(TRACE_BEGIN, TRACE_END));
  }

  /** Of the invocation that the calling thread works for; null outside of one. */
  static @Nullable Origin current() {
    InvocationTag tag = InvocationTag.current();
    return tag == null ? null : of(tag);
  }
}
