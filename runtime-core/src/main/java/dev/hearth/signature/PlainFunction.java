package dev.hearth.signature;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.signature.spi.Shape;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds {@link Function}. */
final class PlainFunction implements Binding {

  private final Class<?> type;

  PlainFunction(Class<?> type) {
    this.type = type;
  }

  @Override
  public Shape shape() {
    return Shape.FUNCTION;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Invoker open(Environment environment) throws Throwable {
    try {
      return new Call(
          (Function<@Nullable Object, @Nullable Object>) type.getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static final class Call implements Invoker {
    private final Function<@Nullable Object, @Nullable Object> function;

    Call(Function<@Nullable Object, @Nullable Object> function) {
      this.function = function;
    }

    @Override
    public boolean accepts(@Nullable Object input) {
      return !(input instanceof Exchange);
    }

    @Override
    public @Nullable Object read(Exchange exchange) throws Exception {
      try {
        return new String(exchange.request().bytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) {
      return function.apply(input);
    }

    @Override
    public void write(@Nullable Object result, Exchange exchange) throws Exception {
      if (result != null) {
        if (!(result instanceof String text)) {
          throw new OutputException("cannot write a " + result.getClass().getName(), null);
        }
        exchange.response().header("Content-Type", "text/plain; charset=utf-8");
        exchange.response().body().write(text.getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void close() {}
  }
}
