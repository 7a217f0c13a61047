package dev.hearth.http;

import dev.hearth.FunctionHandle;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.HttpExchange.Ending;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Shape;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a contract makes of one request, one after the other. On the connection's event loop, except where it
 * says "any thread".
 */
final class MadeCalls {

  private final ServerExchange exchange;
  private final Wire wire;
  private @Nullable MadeCall next; // asked for while the one before is being started
  private boolean starting;

  MadeCalls(ServerExchange exchange, Wire wire) {
    this.exchange = exchange;
    this.wire = wire;
  }

  /** Makes a call, unless the client is gone; any thread. */
  void call(FunctionHandle function, CallDetails details, Exchange made, Ending ending) {
    wire.execute(new MadeCall(this, function, details, made, ending));
  }

  /** Starts calls: one that ends while it is being started may ask for the next, which is started from here as well. */
  private void start(MadeCall first) {
    if (starting) {
      next = first;
      return;
    }
    starting = true;
    for (MadeCall call = first; call != null && !exchange.isAnswered(); call = next) {
      next = null;
      call.start();
    }
    starting = false;
  }

  private record MadeCall(
      MadeCalls calls, FunctionHandle function, CallDetails details, Exchange made, Ending ending)
      implements Runnable, HttpCall.Ending {

    @Override
    public void run() {
      calls.start(this);
    }

    void start() {
      try {
        HttpCall call = new HttpCall(details, made.request(), made.response(), this);
        calls.exchange.running(function.dispatch(call));
      } catch (IllegalStateException | RejectedExecutionException e) {
        tell(null, ServerExchange.notTaken(function, e));
      }
    }

    @Override
    public void ended(Invocation by, Outcome<?> outcome) {
      tell(by, outcome);
    }

    /** Any thread. */
    private void tell(@Nullable Invocation by, Outcome<?> outcome) {
      try {
        ending.ended(new Ended(function, shape(), by, outcome, made.request(), made.response()));
      } catch (RuntimeException | LinkageError e) {
        calls.exchange.contractFailed(e);
      }
    }

    private Shape shape() {
      try {
        return function.shape();
      } catch (IllegalStateException undeployed) {
        return Shape.FUNCTION;
      }
    }
  }
}
