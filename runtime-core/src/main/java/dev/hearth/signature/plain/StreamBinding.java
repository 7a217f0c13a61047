package dev.hearth.signature.plain;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.function.Health;
import dev.hearth.function.Lifecycle;
import dev.hearth.function.StreamFunction;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A class that handles request and response itself. */
final class StreamBinding implements Binding {

  private final InstanceFactory factory;

  StreamBinding(InstanceFactory factory) {
    this.factory = factory;
  }

  @Override
  public Shape shape() {
    return Shape.EXCHANGE;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    return new Call((StreamFunction) factory.create(environment));
  }

  private record Call(StreamFunction function) implements Invoker {
    @Override
    public boolean accepts(@Nullable Object input) {
      return false;
    }

    @Override
    public Object read(Exchange exchange) {
      return exchange;
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) throws Exception {
      Exchange exchange = (Exchange) Objects.requireNonNull(input);
      function.handle(exchange.request(), exchange.response(), context);
      return null;
    }

    @Override
    public @Nullable Health health() {
      return function instanceof Health health ? health : null;
    }

    @Override
    public void write(@Nullable Object result, Exchange exchange) {}

    @Override
    public List<Lifecycle> hooks() {
      return InstanceFactory.hooks(function);
    }

    @Override
    public void close() throws Exception {
      InstanceFactory.close(function);
    }
  }
}
