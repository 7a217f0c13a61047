package dev.hearth.signature.spi;

import dev.hearth.function.Health;
import dev.hearth.function.Lifecycle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An invoker of a function that takes a value and gives a value; all but the call itself. */
public abstract class ValueInvoker implements Invoker {

  private final @Nullable Object handler;
  private final Input input;
  private final Codec codec;

  /**
   * @param handler what is closed at the end; null if there is nothing to close
   * @param input makes what the function takes
   * @param codec writes what it gives
   */
  protected ValueInvoker(@Nullable Object handler, Input input, Codec codec) {
    this.handler = handler;
    this.input = input;
    this.codec = codec;
  }

  @Override
  public final boolean accepts(@Nullable Object value) {
    return input.accepts(value);
  }

  @Override
  public final @Nullable Object read(Exchange exchange) throws Exception {
    return input.read(exchange.request());
  }

  @Override
  public final void write(@Nullable Object result, Exchange exchange) throws Exception {
    codec.write(result, exchange.response());
  }

  @Override
  public final List<Lifecycle> hooks() {
    return InstanceFactory.hooks(handler);
  }

  @Override
  public final @Nullable Health health() {
    return handler instanceof Health health ? health : null;
  }

  @Override
  public final void close() throws Exception {
    InstanceFactory.close(handler);
  }
}
