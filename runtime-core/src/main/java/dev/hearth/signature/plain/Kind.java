package dev.hearth.signature.plain;

import dev.hearth.function.BatchFunction;
import dev.hearth.function.ContextFunction;
import dev.hearth.function.StreamFunction;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Shape;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The interfaces, in the order in which a class that has several is asked. */
enum Kind {
  STREAM(StreamFunction.class, Shape.EXCHANGE, -1, -1, -1),
  BATCH(BatchFunction.class, Shape.FUNCTION, 0, -1, 1),
  CONTEXT(ContextFunction.class, Shape.FUNCTION, 0, -1, 1),
  FUNCTION(Function.class, Shape.FUNCTION, 0, -1, 1),
  BI_FUNCTION(BiFunction.class, Shape.FUNCTION, 0, 1, 2),
  CONSUMER(Consumer.class, Shape.CONSUMER, 0, -1, -1),
  BI_CONSUMER(BiConsumer.class, Shape.CONSUMER, 0, 1, -1),
  SUPPLIER(Supplier.class, Shape.SUPPLIER, -1, -1, 0);

  static final List<Kind> ALL = List.of(values());

  final Class<?> type;
  final String typeName;
  final Shape shape;

  /** Which of the interface's type arguments is the input, the headers, the output; -1 for none. */
  final int input;

  final int headers;
  final int output;

  Kind(Class<?> type, Shape shape, int input, int headers, int output) {
    this.type = type;
    this.typeName = type.getName();
    this.shape = shape;
    this.input = input;
    this.headers = headers;
    this.output = output;
  }

  static Kind of(Class<?> handler) {
    for (Kind kind : ALL) {
      if (kind.type.isAssignableFrom(handler)) {
        return kind;
      }
    }
    throw new BindingException(
        "handler class "
            + handler.getName()
            + " is no plain function; name a method as Class::method");
  }
}
