package dev.hearth.http.contract.emulator;

import dev.hearth.gateway.EventFormat;
import dev.hearth.http.contract.Answer;

/** What gateways answer themselves. */
final class GatewayAnswers {

  private final EventFormat format;

  GatewayAnswers(EventFormat format) {
    this.format = format;
  }

  /** No route matches. */
  Answer unmatched() {
    return format == EventFormat.REST
        ? json(403, "{\"message\":\"Missing Authentication Token\"}")
        : json(404, "{\"message\":\"Not Found\"}");
  }

  /** The function failed, or gave what is no response. */
  Answer failed() {
    return switch (format) {
      case REST -> json(502, "{\"message\": \"Internal server error\"}");
      case HTTP_API, HTTP_API_1 -> json(500, "{\"message\":\"Internal Server Error\"}");
      case FUNCTION_URL -> Answer.text(502, "Internal Server Error");
      case LOAD_BALANCER -> Answer.text(502, "Bad Gateway");
    };
  }

  /** The function took longer than the gateway waits. */
  Answer timedOut() {
    return switch (format) {
      case REST -> json(504, "{\"message\": \"Endpoint request timed out\"}");
      case HTTP_API, HTTP_API_1 -> json(503, "{\"message\":\"Service Unavailable\"}");
      case FUNCTION_URL, LOAD_BALANCER -> failed();
    };
  }

  /** There was no room for the call, or the host is going. */
  Answer unavailable(int status) {
    return switch (format) {
      case REST -> status == 429 ? json(429, "{\"message\":\"Too Many Requests\"}") : failed();
      case HTTP_API, HTTP_API_1 -> json(503, "{\"message\":\"Service Unavailable\"}");
      case FUNCTION_URL ->
          status == 429
              ? json(
                  429,
                  "{\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\",\"Type\":\"User\",\"message\":\"Rate Exceeded.\"}")
              : failed();
      case LOAD_BALANCER -> failed();
    };
  }

  private static Answer json(int status, String body) {
    return Answer.json(status, body);
  }
}
