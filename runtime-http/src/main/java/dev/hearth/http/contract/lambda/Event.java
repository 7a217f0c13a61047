package dev.hearth.http.contract.lambda;

import dev.hearth.invoke.Call;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What {@code next} gave: an event and what the platform says about it.
 *
 * @param deadlineNanos as {@link Call#deadlineNanos}
 * @param limitNanos what was left until then when it arrived
 * @param attributes as the bindings of Lambda's handlers read them
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Event(
    String id,
    byte[] body,
    String contentType,
    long deadlineNanos,
    long limitNanos,
    @Nullable String trace,
    Map<String, String> attributes) {

  private static final int LONGEST_ID = 256;

  /** Header by attribute. */
  private static final String[][] ATTRIBUTES = {
    {"lambda.request-id", "lambda-runtime-aws-request-id"},
    {"lambda.invoked-function-arn", "lambda-runtime-invoked-function-arn"},
    {"lambda.trace-id", "lambda-runtime-trace-id"},
    {"lambda.client-context", "lambda-runtime-client-context"},
    {"lambda.cognito-identity", "lambda-runtime-cognito-identity"},
    {"lambda.tenant-id", "lambda-runtime-aws-tenant-id"},
  };

  /**
   * Reads a reply.
   *
   * @param streaming whether answers go out as they are made
   * @throws ApiException if it has no request id that a path can hold: the event could not be answered
   */
  static Event of(Reply reply, boolean streaming) throws ApiException {
    String id = reply.header("lambda-runtime-aws-request-id");
    if (id == null || !isId(id)) {
      throw new ApiException(
          "next: Lambda-Runtime-Aws-Request-Id is "
              + (id == null ? "missing" : ReplyLines.shown(id))
              + "; it must be 1 to "
              + LONGEST_ID
              + " letters, digits or marks such as those of a UUID");
    }
    Map<String, String> attributes = new HashMap<>();
    for (String[] attribute : ATTRIBUTES) {
      String value = reply.header(attribute[1]);
      if (value != null) {
        attributes.put(attribute[0], value);
      }
    }
    if (streaming) {
      attributes.put("lambda.response-mode", "streaming");
    }
    String type = reply.header("content-type");
    long left = left(reply.header("lambda-runtime-deadline-ms"));
    return new Event(
        id,
        reply.body(),
        type == null ? "application/json" : type,
        left == Call.NO_DEADLINE ? Call.NO_DEADLINE : System.nanoTime() + left,
        left,
        attributes.get("lambda.trace-id"),
        Collections.unmodifiableMap(attributes));
  }

  private static boolean isId(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && c != '-' && c != '_' && c != '.' && c != ':' && c != '~') {
        return false;
      }
    }
    return id.length() <= LONGEST_ID && !id.equals(".") && !id.equals("..");
  }

  /** From now to a deadline on the wall clock; it is looked at this once, so that setting the clock changes nothing. */
  private static long left(@Nullable String deadlineMillis) throws ApiException {
    if (deadlineMillis == null) {
      return Call.NO_DEADLINE;
    }
    try {
      long millis = Long.parseLong(deadlineMillis) - System.currentTimeMillis();
      return TimeUnit.MILLISECONDS.toNanos(Math.max(0, Math.min(millis, 365L * 24 * 3600 * 1000)));
    } catch (NumberFormatException e) {
      throw new ApiException(
          "next: Lambda-Runtime-Deadline-Ms is "
              + ReplyLines.shown(deadlineMillis)
              + "; it must be milliseconds since 1970");
    }
  }
}
