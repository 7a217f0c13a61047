package dev.hearth.signature.plain;

import dev.hearth.function.Context;
import dev.hearth.function.ContextFunction;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.ValueInvoker;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One invoker for each interface: a call is one call of the interface's method. */
@SuppressWarnings("unchecked") // the types were read from the class; the input is made to fit them
final class PlainInvokers {

  private PlainInvokers() {}

  static Invoker of(Kind kind, Object handler, Input input, Codec codec) {
    return switch (kind) {
      case STREAM, BATCH ->
          throw new IllegalArgumentException(kind + " functions have an invoker of their own");
      case CONTEXT -> new OfContextFunction(handler, input, codec);
      case FUNCTION -> new OfFunction(handler, input, codec);
      case BI_FUNCTION -> new OfBiFunction(handler, input, codec);
      case CONSUMER -> new OfConsumer(handler, input, codec);
      case BI_CONSUMER -> new OfBiConsumer(handler, input, codec);
      case SUPPLIER -> new OfSupplier(handler, input, codec);
    };
  }

  private static final class OfFunction extends ValueInvoker {
    private final Function<@Nullable Object, @Nullable Object> function;

    OfFunction(Object handler, Input input, Codec codec) {
      super(handler, input, codec);
      function = (Function<@Nullable Object, @Nullable Object>) handler;
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) {
      return function.apply(input);
    }
  }

  private static final class OfContextFunction extends ValueInvoker {
    private final ContextFunction<@Nullable Object, @Nullable Object> function;

    OfContextFunction(Object handler, Input input, Codec codec) {
      super(handler, input, codec);
      function = (ContextFunction<@Nullable Object, @Nullable Object>) handler;
    }

    @Override
    @SuppressWarnings("NullAway") // nothing sent is null, whatever the author wishes
    public @Nullable Object call(@Nullable Object input, Context context) throws Exception {
      return function.apply(input, context);
    }
  }

  private static final class OfBiFunction extends ValueInvoker {
    private final BiFunction<@Nullable Object, Map<String, ?>, @Nullable Object> function;

    OfBiFunction(Object handler, Input input, Codec codec) {
      super(handler, input, codec);
      function = (BiFunction<@Nullable Object, Map<String, ?>, @Nullable Object>) handler;
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) {
      return function.apply(HeadersInput.body(input), HeadersInput.headers(input));
    }
  }

  private static final class OfConsumer extends ValueInvoker {
    private final Consumer<@Nullable Object> consumer;

    OfConsumer(Object handler, Input input, Codec codec) {
      super(handler, input, codec);
      consumer = (Consumer<@Nullable Object>) handler;
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) {
      consumer.accept(input);
      return null;
    }
  }

  private static final class OfBiConsumer extends ValueInvoker {
    private final BiConsumer<@Nullable Object, Map<String, ?>> consumer;

    OfBiConsumer(Object handler, Input input, Codec codec) {
      super(handler, input, codec);
      consumer = (BiConsumer<@Nullable Object, Map<String, ?>>) handler;
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) {
      consumer.accept(HeadersInput.body(input), HeadersInput.headers(input));
      return null;
    }
  }

  private static final class OfSupplier extends ValueInvoker {
    private final Supplier<@Nullable Object> supplier;

    OfSupplier(Object handler, Input input, Codec codec) {
      super(handler, input, codec);
      supplier = (Supplier<@Nullable Object>) handler;
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) {
      return supplier.get();
    }
  }
}
