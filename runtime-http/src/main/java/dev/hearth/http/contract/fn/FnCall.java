package dev.hearth.http.contract.fn;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.CallObserver;
import dev.hearth.http.contract.RequestId;
import dev.hearth.invoke.Call;
import java.time.Instant;

/**
 * What the headers of a call say about it.
 *
 * @param request as the agent sent it
 * @param deadlineNanos as {@link Call#deadlineNanos}
 * @param byHttp whether an HTTP client made it, through a trigger
 */
record FnCall(Request request, long deadlineNanos, boolean byHttp) {

  private static final String ID = "Fn-Call-Id";
  private static final String DEADLINE = "Fn-Deadline";
  private static final int LONGEST_ID = 128;

  /**
   * Reads them.
   *
   * @throws MalformedCallException if id or deadline are missing, or the deadline is no time
   */
  static FnCall of(Request request) throws MalformedCallException {
    Headers headers = request.headers();
    String id = headers.first(ID).orElse("");
    String deadline = headers.first(DEADLINE).orElse("");
    if (id.isEmpty() || deadline.isEmpty()) {
      throw new MalformedCallException(
          "header " + (id.isEmpty() ? ID : DEADLINE) + " is missing; each call has one");
    }
    return new FnCall(
        request,
        Deadline.parse(deadline).nanoTime(Instant.now(), System.nanoTime()),
        headers.first("Fn-Intent").orElse("").equalsIgnoreCase("httprequest"));
  }

  /** Whether its deadline has passed. */
  boolean isLate(long nanoTime) {
    return deadlineNanos != Call.NO_DEADLINE && deadlineNanos - nanoTime <= 0;
  }

  /** What the HTTP client asked for. */
  RequestUrl url() {
    return RequestUrl.of(request.headers().first("Fn-Http-Request-Url").orElse(""));
  }

  /** The same for the host. */
  CallDetails.Builder details(CallObserver observer) {
    Headers headers = request.headers();
    String own = headers.first("traceparent").orElse(null);
    return CallDetails.builder()
        .id(RequestId.of(request, ID, LONGEST_ID))
        .deadlineNanos(deadlineNanos)
        .traceparent(own == null ? headers.first("Fn-Http-H-Traceparent").orElse(null) : own)
        .observer(observer);
  }
}
