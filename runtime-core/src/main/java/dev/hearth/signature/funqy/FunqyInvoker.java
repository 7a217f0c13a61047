package dev.hearth.signature.funqy;

import dev.hearth.function.Context;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Calls the function that a request names. */
final class FunqyInvoker implements Invoker {

  private final List<Object> instances;
  private final ConcurrentMap<String, BoundMethod> methods = new ConcurrentHashMap<>();
  private final CallReader reader;
  private final AnswerWriter writer;

  FunqyInvoker(Catalogue catalogue, List<Object> instances, Codec codec, String root) {
    this.instances = instances;
    this.reader = new CallReader(catalogue, codec.json(), root);
    this.writer = new AnswerWriter(codec.json());
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return false; // what is called depends on a request's path
  }

  @Override
  public FunqyCall read(Exchange exchange) throws Exception {
    return reader.read(exchange);
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
    FunqyCall call = (FunqyCall) Objects.requireNonNull(input);
    FunqyFunction function = call.function();
    Object result = function.call(bound(function), call.input(), call.event(), context);
    if (result != null && function.givesUni()) {
      result = Unis.stage(result);
    }
    return result instanceof CompletionStage<?> stage
        ? stage.thenApply(new Answered.Of(call))
        : new Answered(call, result);
  }

  private BoundMethod bound(FunqyFunction function) {
    BoundMethod known = methods.get(function.name());
    if (known != null) {
      return known;
    }
    BoundMethod made = function.method().on(instances.get(function.instance()));
    methods.put(function.name(), made);
    return made;
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws Exception {
    if (result instanceof Answered answered) {
      writer.write(answered, exchange.response());
    }
  }

  @Override
  public void close() throws Exception {
    close(instances);
  }

  /** Closes in reverse order, each one attempted. */
  static void close(List<Object> instances) throws Exception {
    Exception first = null;
    for (int i = instances.size() - 1; i >= 0; i--) {
      try {
        InstanceFactory.close(instances.get(i));
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
