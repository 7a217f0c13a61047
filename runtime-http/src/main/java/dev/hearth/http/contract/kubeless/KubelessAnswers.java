package dev.hearth.http.contract.kubeless;

import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.OutcomeAnswers;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.Shape;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** 500 when the function failed, 408 when its time was up, in the platform's words; nothing returned is 200. */
final class KubelessAnswers implements OutcomeMapper {

  private final OutcomeAnswers others = new OutcomeAnswers(ErrorBody.TEXT, new Nothing());
  private final Flavour flavour;
  private final @Nullable AccessLog log;

  KubelessAnswers(Flavour flavour, @Nullable AccessLog log) {
    this.flavour = flavour;
    this.log = log;
  }

  @Override
  public @Nullable Answer answer(Ended call) {
    Answer answer = explain(call);
    if (log != null) {
      int own = call.response().status();
      log.answered(call.request(), answer != null ? answer.status() : own == 0 ? 200 : own);
    }
    return answer;
  }

  private @Nullable Answer explain(Ended call) {
    if (call.outcome() instanceof Outcome.Threw<?> threw) {
      LoggerFactory.getLogger(KubelessAnswers.class)
          .error("function '{}' failed", call.function().name(), threw.cause());
      return Answer.text(500, flavour.failed);
    }
    if (call.outcome() instanceof Outcome.TimedOut<?> late) {
      LoggerFactory.getLogger(KubelessAnswers.class)
          .error(
              "function '{}' exceeded its time limit of {} ms in phase {}",
              call.function().name(),
              late.limit().toMillis(),
              late.phase());
      return Answer.text(408, flavour.late);
    }
    return others.answer(call);
  }

  private static final class Nothing implements OutcomeAnswers.StatusOfNothing {
    @Override
    public int of(Shape shape, String method) {
      return 200;
    }
  }
}
