package dev.hearth.signature.google;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.Shape;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls a deployed function as a contract does, without a wire. */
final class Deployed {

  private final FunctionHandle function;

  Deployed(FunctionHandle function) {
    this.function = function;
  }

  private static final class ExchangeCall implements Call {
    private final MemoryExchange exchange;
    private final CompletableFuture<Outcome<?>> outcome = new CompletableFuture<>();

    ExchangeCall(MemoryExchange exchange) {
      this.exchange = exchange;
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

  /** How a call ends. */
  Outcome<?> outcome(MemoryExchange exchange) throws Exception {
    ExchangeCall call = new ExchangeCall(exchange);
    function.dispatch(call);
    return call.outcome.get(60, TimeUnit.SECONDS);
  }

  /** The answer to a call, with the statuses that the vendor's contract gives to outcomes. */
  Reply<byte[]> answer(MemoryExchange exchange) throws Exception {
    Outcome<?> outcome = outcome(exchange);
    if (outcome instanceof Outcome.Returned<?> returned) {
      boolean nothing = function.shape() == Shape.FUNCTION;
      return nothing && returned.value() == null && exchange.response().status() == 0
          ? Reply.status(204).body(exchange.reply().body())
          : exchange.reply();
    }
    return Reply.status(outcome instanceof Outcome.Refused ? 400 : 500).body(new byte[0]);
  }
}
