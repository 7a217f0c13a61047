package dev.hearth.http.contract.emulator;

import dev.hearth.gateway.EventFormat;
import dev.hearth.gateway.Facts;
import dev.hearth.gateway.GatewayResponse;
import dev.hearth.gateway.MalformedResultException;
import dev.hearth.http.contract.Answer;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Makes the answer of what a handler of a gateway's events gave.
 *
 * @param deadlineNanos how long the gateway waits
 */
record GatewayAnswering(EventFormat format, Facts facts, GatewayAnswers answers, long deadlineNanos)
    implements SyncCall.Answering {

  private static final int LEAST_STATUS = 200; // others are HTTP's own

  @Override
  public Answer answer(CallResult result, CallLog log) {
    if (result.isError()) {
      boolean gateways =
          CallResult.TIMED_OUT.equals(result.errorType()) && System.nanoTime() - deadlineNanos >= 0;
      return gateways ? answers.timedOut() : answers.failed();
    }
    try {
      GatewayResponse response =
          format.response(new String(result.body(), StandardCharsets.UTF_8), facts);
      if (response.status() >= LEAST_STATUS) {
        return answer(response);
      }
      warn("statusCode is " + response.status() + "; it must be at least " + LEAST_STATUS);
    } catch (MalformedResultException e) {
      warn(String.valueOf(e.getMessage()));
    }
    return answers.failed();
  }

  private static void warn(String reason) {
    LoggerFactory.getLogger(Gateway.class).warn("no response can be made of a result: {}", reason);
  }

  private static Answer answer(GatewayResponse response) {
    Answer answer = Answer.bytes(response.status(), response.body());
    for (GatewayResponse.Line line : response.headers()) {
      answer = answer.header(line.name(), line.value());
    }
    return answer;
  }

  @Override
  public Answer refused(ApiException why) {
    return answers.unavailable(why.status());
  }
}
