package dev.hearth.signature.spring;

import dev.hearth.signature.spring.Bean.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The interfaces that beans implement, in the order in which a class that has several is asked. */
enum Functional {
  FUNCTION(Function.class, Kind.FUNCTION, 0, 1),
  BI_FUNCTION(BiFunction.class, Kind.FUNCTION, 0, 2),
  CONSUMER(Consumer.class, Kind.CONSUMER, 0, -1),
  BI_CONSUMER(BiConsumer.class, Kind.CONSUMER, 0, -1),
  SUPPLIER(Supplier.class, Kind.SUPPLIER, -1, 0);

  static final List<Functional> ALL = List.of(values());

  final Class<?> type;
  final Kind kind;

  /** Which type argument is what it takes and what it gives; -1 for none. */
  final int input;

  final int output;

  Functional(Class<?> type, Kind kind, int input, int output) {
    this.type = type;
    this.kind = kind;
    this.input = input;
    this.output = output;
  }

  static @Nullable Functional of(Class<?> type) {
    for (Functional each : ALL) {
      if (each.type.isAssignableFrom(type)) {
        return each;
      }
    }
    return null;
  }

  /** Whether the second of what it takes are the headers. */
  boolean takesHeaders() {
    return this == BI_FUNCTION || this == BI_CONSUMER;
  }

  /** Calls one. */
  @SuppressWarnings(
      "unchecked") // the types were read from the class; the input is made to fit them
  @Nullable Object call(Object bean, @Nullable Object input, Map<String, Object> headers) {
    switch (this) {
      case FUNCTION -> {
        return ((Function<@Nullable Object, @Nullable Object>) bean).apply(input);
      }
      case BI_FUNCTION -> {
        return ((BiFunction<@Nullable Object, Map<String, Object>, @Nullable Object>) bean)
            .apply(input, headers);
      }
      case CONSUMER -> ((Consumer<@Nullable Object>) bean).accept(input);
      case BI_CONSUMER ->
          ((BiConsumer<@Nullable Object, Map<String, Object>>) bean).accept(input, headers);
      case SUPPLIER -> {
        return ((Supplier<@Nullable Object>) bean).get();
      }
    }
    return null;
  }
}
