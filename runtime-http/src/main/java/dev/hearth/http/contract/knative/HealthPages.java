package dev.hearth.http.contract.knative;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.HttpExchange;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health/liveness} and {@code /health/readiness} (func's language pack contract, "Health"). Answered on the event
 * loop, so that they are in time under load; only functions that implement {@link dev.hearth.function.Health} are asked, on a
 * thread of the host, and not again before they have answered.
 */
final class HealthPages {

  private static final String LIVENESS = "/health/liveness";
  private static final String READINESS = "/health/readiness";
  private static final Answer YES = Answer.text(200, "OK\n");
  private static final Answer NO = Answer.text(503, "the function says no\n");

  private final Hearth hearth;
  private volatile @Nullable CompletableFuture<Boolean>
      alive; // the last answer, or the one that is waited for
  private volatile @Nullable CompletableFuture<Boolean> ready;

  HealthPages(Hearth hearth) {
    this.hearth = hearth;
  }

  /** Whether a request asks for health. */
  static boolean isFor(Request request) {
    String path = request.path();
    return (path.equals(LIVENESS) || path.equals(READINESS))
        && (request.method().equals("GET") || request.method().equals("HEAD"));
  }

  /** Answers it, now or when the functions have. */
  void answer(HttpExchange exchange, String path) {
    boolean whetherReady = path.equals(READINESS);
    if (whetherReady && hearth.functions().isEmpty()) {
      exchange.answer(Routing.Refused.notDeployed().answer());
      return;
    }
    CompletableFuture<Boolean> asked = whetherReady ? ready : alive;
    if (asked == null || asked.isDone()) {
      asked = ask(whetherReady);
      if (whetherReady) {
        ready = asked;
      } else {
        alive = asked;
      }
    }
    if (asked == null) {
      exchange.answer(YES);
    } else {
      answerLater(exchange, asked);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the answer is all that comes of it
  private static void answerLater(HttpExchange exchange, CompletableFuture<Boolean> asked) {
    exchange.collect(0, body -> asked.thenAccept(yes -> exchange.answer(yes ? YES : NO)));
  }

  /** Asks all functions; null when none has anything to say. */
  private @Nullable CompletableFuture<Boolean> ask(boolean whetherReady) {
    CompletableFuture<Boolean> all = null;
    for (FunctionHandle function : hearth.functions()) {
      CompletableFuture<Boolean> one = whetherReady ? function.askReady() : function.askAlive();
      if (one != null) {
        all = all == null ? one : all.thenCombine(one, Boolean::logicalAnd);
      }
    }
    return all;
  }
}
