package dev.hearth.http.contract.emulator;

import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.HttpExchange;
import org.jspecify.annotations.Nullable;

/** Lets web pages of other origins invoke functions, as docker-lambda does. */
final class Cors {

  private static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date,x-amz-log-result,x-amz-function-error";
  private static final String MAX_AGE = "172800";

  private Cors() {}

  /** Says so with whatever the answer will be, to a page that asks. */
  static void allow(HttpExchange exchange) {
    String origin = origin(exchange.request());
    if (origin != null) {
      exchange.answerHeader("Access-Control-Allow-Origin", origin);
      exchange.answerHeader("Access-Control-Expose-Headers", EXPOSED);
    }
  }

  /** Answers the question that browsers ask before. */
  static Answer preflight(Request request) {
    String origin = origin(request);
    if (origin == null) {
      return Answer.empty(403);
    }
    Answer answer =
        Answer.empty(200)
            .header("Access-Control-Allow-Origin", origin)
            .header("Access-Control-Expose-Headers", EXPOSED)
            .header("Access-Control-Max-Age", MAX_AGE);
    String method = request.headers().first("Access-Control-Request-Method").orElse("POST");
    String headers = request.headers().first("Access-Control-Request-Headers").orElse(null);
    answer = answer.header("Access-Control-Allow-Methods", method);
    return headers == null ? answer : answer.header("Access-Control-Allow-Headers", headers);
  }

  private static @Nullable String origin(Request request) {
    return request.headers().first("Origin").orElse(null);
  }
}
