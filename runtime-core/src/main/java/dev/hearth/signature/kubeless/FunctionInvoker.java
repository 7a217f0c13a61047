package dev.hearth.signature.kubeless;

import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.MethodCall;
import io.kubeless.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls one function. A null result is an empty answer. */
final class FunctionInvoker implements Invoker {

  private final Object handler;
  private final BoundMethod method;
  private final Surroundings surroundings;
  private final EventReader events;
  private final Codec codec;

  FunctionInvoker(
      Object handler,
      MethodCall method,
      Surroundings surroundings,
      Codec codec,
      @Nullable Publisher publisher) {
    this.handler = handler;
    this.method = method.on(handler);
    this.surroundings = surroundings;
    this.events = new EventReader(codec.json(), publisher);
    this.codec = codec;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return input instanceof Event;
  }

  @Override
  public Object read(Exchange exchange) throws Exception {
    return events.read(exchange.request());
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
    return method.call(input, surroundings.context());
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws Exception {
    codec.write(result, exchange.response());
  }

  @Override
  public List<Lifecycle> hooks() {
    return InstanceFactory.hooks(handler);
  }

  @Override
  public void close() throws Exception {
    InstanceFactory.close(handler);
  }
}
