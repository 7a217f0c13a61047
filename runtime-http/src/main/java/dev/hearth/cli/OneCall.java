package dev.hearth.cli;

import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import java.util.concurrent.CompletableFuture;

/** The call of {@code hearth invoke}: a POST whose answer is kept. */
final class OneCall implements Call {

  private final MemoryExchange exchange;
  private final CompletableFuture<Outcome<?>> outcome = new CompletableFuture<>();

  OneCall(byte[] body, String contentType) {
    exchange = MemoryExchange.post(body, contentType);
  }

  CompletableFuture<Outcome<?>> outcome() {
    return outcome;
  }

  Reply<byte[]> reply() {
    return exchange.reply();
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
