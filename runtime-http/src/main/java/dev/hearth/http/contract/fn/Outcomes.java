package dev.hearth.http.contract.fn;

import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.invoke.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Says how a call ended in the three statuses after which the agent keeps the container: what the function wrote, 502 when it failed, 504 when
 * its time was up. What is said about failures is in the log; the agent passes none of it on.
 */
final class Outcomes implements OutcomeMapper {

  static final Answer FAILED = Answer.empty(502);
  static final Answer LATE = Answer.empty(504);

  @Override
  public @Nullable Answer answer(Ended call) {
    if (call.outcome() instanceof Outcome.Returned) {
      return null;
    }
    return call.outcome() instanceof Outcome.TimedOut ? LATE : FAILED;
  }
}
