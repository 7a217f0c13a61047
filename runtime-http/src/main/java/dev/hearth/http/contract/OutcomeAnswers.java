package dev.hearth.http.contract;

import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.signature.spi.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What most platforms agree on about outcomes: 500 when the function threw, 400 or 415 when the request does not fit
 * it, 504 when the time was up, 429 when there was no room, 503 when the host is going. Each platform gives its error
 * body and its status for a function that gave nothing.
 */
public final class OutcomeAnswers implements OutcomeMapper {

  private final ErrorBody errors;
  private final StatusOfNothing nothing;

  /** The status of an answer without a body. */
  @FunctionalInterface
  public interface StatusOfNothing {
    /** The status for a function of this shape that was called by this method and gave nothing. */
    int of(Shape shape, String method);
  }

  /**
   * @param errors how the platform wants errors to look
   * @param nothing the status when the function returned nothing and set no status itself
   */
  public OutcomeAnswers(ErrorBody errors, StatusOfNothing nothing) {
    this.errors = errors;
    this.nothing = nothing;
  }

  @Override
  public @Nullable Answer answer(Ended call) {
    Outcome<?> outcome = call.outcome();
    if (outcome instanceof Outcome.Returned<?> returned) {
      return returned(call, returned.value());
    }
    String function = "function '" + call.function().name() + "'";
    if (outcome instanceof Outcome.Threw<?> threw) {
      return threw(call, function, threw.cause());
    }
    if (outcome instanceof Outcome.Refused<?> refused) {
      return refused(function, refused.cause());
    }
    if (outcome instanceof Outcome.TimedOut<?> late) {
      return errors.of(
          504,
          function
              + ": no answer within "
              + late.limit().toMillis()
              + " ms in phase "
              + late.phase());
    }
    if (outcome instanceof Outcome.Rejected<?> rejected) {
      return call.function().isDeployed()
          ? errors
              .of(429, rejected.reason())
              .header("Retry-After", String.valueOf(rejected.retrySeconds()))
          : errors.of(503, function + " is not deployed any more").header("Retry-After", "1");
    }
    return errors.of(503, function + ": " + ((Outcome.Cancelled<?>) outcome).reason());
  }

  private Answer refused(String function, Exception cause) {
    String message = function + ": " + cause.getMessage();
    if (!(cause instanceof InputException e)) {
      return errors.of(400, message);
    }
    Answer answer = errors.of(e.status(), message);
    String allow = e.allow();
    return allow == null ? answer : answer.header("Allow", allow);
  }

  private @Nullable Answer returned(Ended call, @Nullable Object value) {
    boolean isNothing = value == null || (value instanceof Optional<?> o && o.isEmpty());
    if (isNothing && call.shape() != Shape.EXCHANGE && call.response().status() == 0) {
      return Answer.empty(nothing.of(call.shape(), call.request().method()));
    }
    return null;
  }

  /** The client reads what the host says, and of the function's own exception its type only. */
  private Answer threw(Ended call, String function, Throwable cause) {
    Logger log = LoggerFactory.getLogger(OutcomeAnswers.class);
    Invocation invocation = call.invocation();
    log.error(
        "{} failed in invocation {}", function, invocation == null ? "-" : invocation.id(), cause);
    boolean hosts = cause instanceof OutputException || cause instanceof RefusedResponseException;
    return errors.of(
        500, function + " failed: " + (hosts ? cause.getMessage() : cause.getClass().getName()));
  }
}
