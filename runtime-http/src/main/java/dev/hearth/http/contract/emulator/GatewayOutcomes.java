package dev.hearth.http.contract.emulator;

import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.OutcomeAnswers;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.invoke.Outcome;
import org.jspecify.annotations.Nullable;

/** What a gateway answers where a function that was given the request itself gave no answer. */
final class GatewayOutcomes implements OutcomeMapper {

  private static final OutcomeMapper OTHERS =
      new OutcomeAnswers(ErrorBody.JSON, (shape, method) -> 204);

  private final GatewayAnswers answers;
  private final long deadlineNanos;

  GatewayOutcomes(GatewayAnswers answers, long deadlineNanos) {
    this.answers = answers;
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public @Nullable Answer answer(Ended call) {
    Outcome<?> outcome = call.outcome();
    if (outcome instanceof Outcome.Returned || outcome instanceof Outcome.Refused) {
      return OTHERS.answer(call);
    }
    if (outcome instanceof Outcome.TimedOut) {
      return System.nanoTime() - deadlineNanos >= 0 ? answers.timedOut() : answers.failed();
    }
    if (outcome instanceof Outcome.Threw) {
      return answers.failed();
    }
    boolean full = outcome instanceof Outcome.Rejected && call.function().isDeployed();
    return answers.unavailable(full ? 429 : 503);
  }
}
