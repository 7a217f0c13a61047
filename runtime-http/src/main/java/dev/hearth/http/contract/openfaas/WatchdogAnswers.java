package dev.hearth.http.contract.openfaas;

import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.OutcomeAnswers;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.Shape;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Answers where the function gave none. Those that are not the function's are marked so that the gateway can tell (of-watchdog,
 * executor/http_runner.go).
 */
final class WatchdogAnswers implements OutcomeMapper {

  static final String INTERNAL = "X-OpenFaaS-Internal";

  private static final String WATCHDOG = "of-watchdog";
  private static final String HEARTH = "hearth";

  private final OutcomeAnswers others = outcomes();

  /** Without a watchdog's marks. */
  static OutcomeAnswers outcomes() {
    return new OutcomeAnswers(ErrorBody.TEXT, new Nothing());
  }

  @Override
  public @Nullable Answer answer(Ended call) {
    Outcome<?> outcome = call.outcome();
    if (outcome instanceof Outcome.TimedOut<?> late) {
      LoggerFactory.getLogger(WatchdogAnswers.class)
          .warn(
              "function '{}': no answer within {} ms in phase {}",
              call.function().name(),
              late.limit().toMillis(),
              late.phase());
      return Answer.empty(504).header(INTERNAL, WATCHDOG);
    }
    Answer answer = others.answer(call);
    boolean ours = outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Cancelled;
    return answer != null && ours ? answer.header(INTERNAL, HEARTH) : answer;
  }

  /** There is no function that could take the request. */
  static Answer noFunction() {
    return Answer.text(503, OneFunction.NONE + "\n")
        .header("Retry-After", "1")
        .header(INTERNAL, HEARTH);
  }

  /** Too many requests at once. */
  static Answer full(int most) {
    return Answer.bytes(
            429,
            ("Concurrent request limit exceeded. Max concurrent requests: " + most + "\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .header("Content-Type", "text/plain")
        .header(INTERNAL, "faas-middleware");
  }

  private static final class Nothing implements OutcomeAnswers.StatusOfNothing {
    @Override
    public int of(Shape shape, String method) {
      return 200;
    }
  }
}
