package dev.hearth.http.contract.gcf;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Headers;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Outcome.Phase;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.signature.spi.Shape;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the framework answers. A failed function is 500 with nothing in its body, as is what the vendor's typed functions refuse; all else that
 * is the sender's fault, or the host's, is told in a line of text. What goes wrong is logged in the name of its execution.
 */
final class GcfOutcomes implements OutcomeMapper {

  /** 504, or 408 for those who built on what the vendor's Java runtime does. */
  static final String TIMEOUT_STATUS = "HEARTH_GCF_TIMEOUT_STATUS";

  private static final String VENDOR = "com.google.cloud.functions.";

  private final Kind kind;
  private final int timeoutStatus;

  /** What is called. */
  enum Kind {
    /** What answers requests; also the vendor's event functions, which answer nothing. */
    ANSWERS,
    /** One of the vendor's typed functions. */
    TYPED,
    /** A handler of another API, called for events: what it returns is nobody's. */
    EVENTS
  }

  GcfOutcomes(Kind kind, int timeoutStatus) {
    this.kind = kind;
    this.timeoutStatus = timeoutStatus;
  }

  /**
   * The status of a call whose time was up.
   *
   * @throws IllegalArgumentException if the variable has a value other than 504 and 408
   */
  static int timeoutStatus(Map<String, String> environment) {
    String value = environment.getOrDefault(TIMEOUT_STATUS, "504");
    return switch (value) {
      case "504", "" -> 504;
      case "408" -> 408;
      default ->
          throw new IllegalArgumentException(
              TIMEOUT_STATUS + " is '" + value + "'; it must be 504 or 408");
    };
  }

  static Kind kind(FunctionHandle function, @Nullable SignatureType type) {
    if (!function.signature().startsWith(VENDOR)) {
      return type != null && type.isEvent() ? Kind.EVENTS : Kind.ANSWERS;
    }
    return function.shape() == Shape.FUNCTION ? Kind.TYPED : Kind.ANSWERS;
  }

  @Override
  public @Nullable Answer answer(Ended call) {
    Outcome<?> outcome = call.outcome();
    if (outcome instanceof Outcome.Returned<?> returned) {
      return returned(call, returned.value());
    }
    if (outcome instanceof Outcome.Threw<?> threw) {
      return threw(call, threw.cause());
    }
    if (outcome instanceof Outcome.Refused<?> refused) {
      return refused(call, refused.cause());
    }
    if (outcome instanceof Outcome.TimedOut<?> late) {
      return timedOut(call, late);
    }
    if (outcome instanceof Outcome.Rejected<?> rejected) {
      return busy(
          call.function().isDeployed() ? 429 : 503, rejected.reason(), rejected.retrySeconds());
    }
    return busy(503, ((Outcome.Cancelled<?>) outcome).reason());
  }

  private @Nullable Answer returned(Ended call, @Nullable Object value) {
    if (kind == Kind.EVENTS) {
      return Answer.empty(200);
    }
    boolean nothing = value == null || (value instanceof Optional<?> o && o.isEmpty());
    if (!nothing || call.shape() == Shape.EXCHANGE || call.response().status() != 0) {
      return null;
    }
    return Answer.empty(call.shape() == Shape.CONSUMER ? 200 : 204);
  }

  private Answer threw(Ended call, Throwable cause) {
    log(call, new Failure(handler(call.function()), cause));
    Answer answer = Answer.empty(500);
    return kind == Kind.TYPED && cause instanceof OutputException
        ? with(answer, call.response())
        : answer;
  }

  /** What a typed function's own format set before it failed is kept, as the vendor's runtime does. */
  private static Answer with(Answer answer, Response response) {
    Headers headers = response.headers();
    Answer more = answer;
    for (String name : headers.names()) {
      for (String value : headers.all(name)) {
        more = more.header(name, value);
      }
    }
    return more;
  }

  private Answer refused(Ended call, Exception cause) {
    log(call, new Refusal(handler(call.function()), cause));
    if (kind == Kind.TYPED) {
      return Answer.empty(400);
    }
    if (!(cause instanceof InputException e)) {
      return Answer.text(400, cause.getMessage() + "\n");
    }
    Answer answer = Answer.text(e.status(), cause.getMessage() + "\n");
    String allow = e.allow();
    return allow == null ? answer : answer.header("Allow", allow);
  }

  private Answer timedOut(Ended call, Outcome.TimedOut<?> late) {
    if (late.phase() == Phase.QUEUE) {
      return busy(429, "no free instance within " + late.limit().toMillis() + " ms");
    }
    log(call, new Late(handler(call.function()), late));
    return Answer.empty(timeoutStatus);
  }

  private static Answer busy(int status, String reason) {
    return busy(status, reason, 1);
  }

  private static Answer busy(int status, String reason, long seconds) {
    return Answer.text(status, reason + "\n").header("Retry-After", String.valueOf(seconds));
  }

  private static String handler(FunctionHandle function) {
    try {
      return function.handler();
    } catch (IllegalStateException gone) {
      return function.name(); // undeployed meanwhile
    }
  }

  private static void log(Ended call, Runnable line) {
    Invocation invocation = call.invocation();
    if (invocation == null) {
      line.run();
    } else {
      invocation.tagged(line);
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(GcfContract.class);
  }

  /** The words by which people filter for failures in the vendor's logs. */
  private record Failure(String handler, Throwable cause) implements Runnable {
    @Override
    public void run() {
      log().error("Failed to execute {}", handler, cause);
    }
  }

  private record Refusal(String handler, Exception cause) implements Runnable {
    @Override
    public void run() {
      log().warn("Request refused, not given to {}: {}", handler, cause.getMessage());
    }
  }

  private record Late(String handler, Outcome.TimedOut<?> late) implements Runnable {
    @Override
    public void run() {
      log()
          .error(
              "Failed to execute {}: no answer within {} ms in phase {}",
              handler,
              late.limit().toMillis(),
              late.phase());
    }
  }
}
