package dev.hearth.signature.google;

import com.google.cloud.functions.TypedFunction;
import com.google.cloud.functions.TypedFunction.WireFormat;
import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a {@link TypedFunction}. */
final class TypedInvoker implements Invoker {

  private final TypedFunction<@Nullable Object, @Nullable Object> function;
  private final Type type;
  private final Class<?> raw;
  private final WireFormat format;

  private TypedInvoker(
      TypedFunction<@Nullable Object, @Nullable Object> function, Type type, WireFormat format) {
    this.function = function;
    this.type = type;
    this.raw = Generics.raw(type);
    this.format = format;
  }

  /**
   * An invoker of a function, which is asked once for its format.
   *
   * @param type what the function takes
   */
  @SuppressWarnings("unchecked") // type is what its type argument says
  static TypedInvoker of(TypedFunction<?, ?> function, Type type) {
    WireFormat own = function.getWireFormat();
    return new TypedInvoker(
        (TypedFunction<@Nullable Object, @Nullable Object>) function,
        type,
        own == null ? new GsonFormat() : own);
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return input == null || raw.isInstance(input);
  }

  @Override
  public @Nullable Object read(Exchange exchange) throws InputException {
    GoogleRequest request = GoogleRequest.of(exchange.request());
    try {
      return format.deserialize(request, type);
    } catch (Exception | StackOverflowError e) {
      throw InputException.malformed(
          "the body cannot be made into a " + type.getTypeName() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Exception {
    return function.apply(input);
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws OutputException {
    GoogleResponse response = new GoogleResponse(exchange.response());
    try {
      format.serialize(result, response);
      response.complete();
    } catch (Exception | StackOverflowError e) {
      throw new OutputException(
          "a result of type "
              + (result == null ? "null" : result.getClass().getName())
              + " cannot be written: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public List<Lifecycle> hooks() {
    return InstanceFactory.hooks(function);
  }

  @Override
  public void close() throws Exception {
    InstanceFactory.close(function);
  }
}
