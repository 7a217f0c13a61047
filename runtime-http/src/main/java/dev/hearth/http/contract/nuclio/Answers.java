package dev.hearth.http.contract.nuclio;

import dev.hearth.FunctionHandle;
import dev.hearth.http.contract.RefusedResponseException;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.log.ErrorText;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;

/** What outcomes are answered with. A failure is told as Nuclio's own wrapper tells it: the exception and its stack trace. */
final class Answers {

  private static final int BAD_REQUEST = 400;
  private static final int TIME_OUT = 408; // as the processor has it for an event's time-out
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;

  private Answers() {}

  /** The answer to a call that has ended; a failure is logged. */
  static EventAnswer of(FunctionHandle function, EventCall call, Invocation invocation) {
    Outcome<?> outcome = call.end();
    if (outcome instanceof Outcome.Returned) {
      return EventAnswer.of(call.answer());
    }
    if (outcome instanceof Outcome.Threw<?> threw) {
      NuclioContract.log()
          .error(
              "function '{}' failed in invocation {}",
              function.name(),
              invocation.id(),
              threw.cause());
      return EventAnswer.text(FAILED, text(threw.cause()));
    }
    String subject = "function '" + function.name() + "': ";
    if (outcome instanceof Outcome.Refused<?> refused) {
      int status = refused.cause() instanceof InputException e ? e.status() : BAD_REQUEST;
      return EventAnswer.text(status, subject + refused.cause().getMessage());
    }
    if (outcome instanceof Outcome.TimedOut<?> late) {
      return EventAnswer.text(
          TIME_OUT,
          subject + "no answer within " + late.limit().toMillis() + " ms in phase " + late.phase());
    }
    if (outcome instanceof Outcome.Rejected<?> rejected) {
      return EventAnswer.text(UNAVAILABLE, rejected.reason());
    }
    return EventAnswer.text(UNAVAILABLE, subject + ((Outcome.Cancelled<?>) outcome).reason());
  }

  /** A function that is not there any more. */
  static EventAnswer gone(FunctionHandle function) {
    return EventAnswer.text(
        UNAVAILABLE, "function '" + function.name() + "' is not deployed any more");
  }

  private static String text(Throwable cause) {
    if (cause instanceof OutputException || cause instanceof RefusedResponseException) {
      return "Error in handler: " + cause.getMessage();
    }
    String trace = ErrorText.of(cause);
    int end = trace.indexOf("\n\tat ");
    return "Error in handler: " + (end < 0 ? trace : trace.substring(0, end)) + "\n" + trace;
  }
}
