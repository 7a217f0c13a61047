package dev.hearth.http.contract.openfaas;

import dev.hearth.function.Request;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.RequestId;
import dev.hearth.invoke.Call;
import java.time.Duration;
import java.util.Locale;

/** What requests say about the calls they ask for. */
final class Calls {

  private static final int LONGEST_ID = 128;

  private Calls() {}

  /** Details of a call that may take so long, or for ever when that is zero. */
  static CallDetails details(Request request, Duration limit) {
    return CallDetails.builder()
        .id(RequestId.of(request, "X-Call-Id", LONGEST_ID))
        .traceparent(request.headers().first("traceparent").orElse(null))
        .deadlineNanos(limit.isZero() ? Call.NO_DEADLINE : System.nanoTime() + limit.toNanos())
        .build();
  }

  /**
   * How long a call may take: what its caller asks for by {@code X-Timeout}, if that is no longer than what is set.
   *
   * @param set zero for no limit, which a caller cannot change
   */
  static Duration limit(Request request, Duration set) {
    String asked = request.headers().first("x-timeout").orElse("");
    Duration wanted = asked.isEmpty() || set.isZero() ? null : GoDuration.parse(asked);
    if (wanted == null || wanted.isNegative() || wanted.isZero()) {
      return set; // none at all would be a way around the limit
    }
    return wanted.compareTo(set) <= 0 ? wanted : set;
  }

  /** Whether events or lines are to be had as they come, which may go on for longer than calls do. */
  static boolean isStreaming(Request request) {
    String accept = request.headers().first("accept").orElse("").toLowerCase(Locale.ROOT);
    return accept.contains("text/event-stream")
        || accept.contains("application/x-ndjson")
        || request.headers().first("upgrade").orElse("").equals("websocket");
  }
}
