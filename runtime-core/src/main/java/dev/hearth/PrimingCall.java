package dev.hearth;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One of the calls that prepare a version. */
final class PrimingCall implements Call {

  private final MemoryExchange exchange;
  private final CompletableFuture<Outcome<?>> outcome = new CompletableFuture<>();

  PrimingCall(byte[] event, String contentType) {
    exchange = MemoryExchange.post(event, contentType);
  }

  /**
   * Waits for its end, which the function's limits bound.
   *
   * @throws DeployException if the function did not return
   */
  void requireReturned(String function, int number, int of) throws InterruptedException {
    Outcome<?> how;
    try {
      how = outcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it is never completed so
    }
    if (how instanceof Outcome.Returned) {
      return;
    }
    throw new DeployException(
        "function '"
            + function
            + "': call "
            + number
            + " of "
            + of
            + " that should warm it "
            + ended(how)
            + "; have it take the event of warm, or look at Context.isPriming()",
        cause(how));
  }

  private static String ended(Outcome<?> how) {
    if (how instanceof Outcome.Threw<?> threw) {
      return "failed: " + threw.cause();
    }
    if (how instanceof Outcome.Refused<?> refused) {
      return "was refused: " + refused.cause().getMessage();
    }
    return how instanceof Outcome.TimedOut<?> late
        ? "did not end within " + late.limit().toMillis() + " ms"
        : "was not served: " + how;
  }

  private static @Nullable Throwable cause(Outcome<?> how) {
    if (how instanceof Outcome.Threw<?> threw) {
      return threw.cause();
    }
    return how instanceof Outcome.Refused<?> refused ? refused.cause() : null;
  }

  @Override
  public boolean isPriming() {
    return true;
  }

  @Override
  public Request request() {
    return exchange.request();
  }

  @Override
  public Response response() {
    return exchange.response();
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> how) {
    outcome.complete(how);
  }
}
