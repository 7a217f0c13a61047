package dev.hearth.signature.spring;

import dev.hearth.function.Context;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Invoker;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls the bean that a request means. */
final class WebInvoker implements Invoker {

  private final Catalogue catalogue;
  private final boolean keepsCase;
  private final Selector selector;
  private final Outgoing outgoing;

  /**
   * @param keepsCase whether names of headers reach beans as they were sent
   */
  WebInvoker(Catalogue catalogue, boolean keepsCase) {
    this.catalogue = catalogue;
    this.keepsCase = keepsCase;
    this.selector = new Selector(catalogue);
    this.outgoing = new Outgoing(catalogue.writer(), catalogue.settings());
  }

  private record Call(Bean bean, Envelope message, Request request) {}

  private record Answered(Call call, @Nullable Object value) {}

  private record Answering(Call call) implements Function<@Nullable Object, Answered> {
    @Override
    public Answered apply(@Nullable Object value) {
      return new Answered(call, value);
    }
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return false; // what is called depends on a request's path
  }

  @Override
  public Object read(Exchange exchange) throws Exception {
    Selector.Chosen chosen = selector.choose(exchange);
    Request request = exchange.request();
    return new Call(chosen.bean(), Incoming.of(request, chosen.argument(), keepsCase), request);
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
    Call call = (Call) Objects.requireNonNull(input);
    try {
      Object result = call.bean().call(call.message(), Outgoing.wantsStream(call.request()));
      return result instanceof CompletionStage<?> stage
          ? stage.thenApply(new Answering(call))
          : new Answered(call, result);
    } catch (Exception e) {
      throw ResponseStatus.of(e);
    }
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws Exception {
    if (result instanceof Answered answered) {
      Call call = answered.call();
      outgoing.write(call.bean(), answered.value(), call.request(), exchange.response());
    }
  }

  @Override
  public void close() throws Exception {
    catalogue.close();
  }
}
