package dev.hearth.http.contract.openwhisk;

import dev.hearth.function.Headers;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.signature.spi.Shape;
import java.nio.charset.StandardCharsets;

/**
 * Says how a run ended, as the Java runtime does: 200 and the result, which is a JSON object or array, else 502 and {@code
 * {"error":"…"}}. 503 means that another container is to be tried.
 */
final class RunAnswers {

  static final String FAILED = "An error has occurred (see logs for details): ";

  static final String NULL = "The action returned null";

  private static final String THREW =
      "An error has occurred while invoking the action (see logs for details): ";
  private static final String ACTION = "OpenWhisk action";

  private RunAnswers() {}

  /**
   * The answer.
   *
   * @param written what the code answered
   */
  static Answer answer(Ended call, byte[] written) {
    Outcome<?> outcome = call.outcome();
    if (outcome instanceof Outcome.Returned) {
      return result(call, written);
    }
    if (outcome instanceof Outcome.Threw<?> threw) {
      // What the host has to say of a result is not what the code threw.
      boolean hosts = threw.cause() instanceof OutputException;
      return failure(hosts ? FAILED + threw.cause().getMessage() : THREW + Texts.of(threw.cause()));
    }
    if (outcome instanceof Outcome.Refused<?> refused) {
      return failure(FAILED + refused.cause().getMessage());
    }
    if (outcome instanceof Outcome.TimedOut<?> late) {
      return failure(
          THREW
              + "the action exceeded its time limit after "
              + late.limit().toMillis()
              + " ms in phase "
              + late.phase());
    }
    String reason =
        outcome instanceof Outcome.Rejected<?> rejected
            ? rejected.reason()
            : ((Outcome.Cancelled<?>) outcome).reason();
    return ErrorBody.JSON.of(503, reason);
  }

  /** The same for a function that handles requests: what it answers is the client's, and so is why it does not take the request. */
  static Answer ofWeb(Ended call, byte[] written) {
    Outcome<?> outcome = call.outcome();
    if (outcome instanceof Outcome.Returned) {
      return web(call.response().status(), call.response().headers(), written);
    }
    if (!(outcome instanceof Outcome.Refused<?> refused)) {
      return answer(call, written);
    }
    int status = refused.cause() instanceof InputException e ? e.status() : 400;
    return web(
        status,
        MemoryExchange.post(written, "text/plain; charset=utf-8").request().headers(),
        String.valueOf(refused.cause().getMessage()).getBytes(StandardCharsets.UTF_8));
  }

  private static Answer web(int status, Headers headers, byte[] body) {
    return Answer.bytes(200, WebAction.result(status, headers, body))
        .header("Content-Type", "application/json");
  }

  private static Answer result(Ended call, byte[] body) {
    int status = call.response().status();
    if (status >= 400) {
      return failure(THREW + "it answered with status " + status);
    }
    if (body.length == 0) {
      return call.shape() == Shape.CONSUMER ? Answer.json(200, "{}") : failure(FAILED + NULL);
    }
    boolean known = call.function().isDeployed() && call.function().signature().equals(ACTION);
    if (!known && !JsonFields.isObjectOrArray(body)) {
      return failure("The action did not return a dictionary or array.");
    }
    return Answer.bytes(200, body).header("Content-Type", "application/json");
  }

  static Answer failure(String error) {
    return ErrorBody.JSON.of(502, error);
  }
}
