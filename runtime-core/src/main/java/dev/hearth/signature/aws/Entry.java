package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The way into a handler.
 *
 * @param isStatic whether it needs no instance
 * @param input the type made from the event; null where the event is not looked at, or is handed over as a stream
 * @param output what becomes of the result
 * @param given the type of the result, where it is written as JSON; else null
 * @param way calls it
 */
record Entry(boolean isStatic, @Nullable Type input, Output output, @Nullable Type given, Way way) {

  /** What the answer is made of. */
  enum Output {
    /** The result, as JSON. */
    VALUE,
    /** What was written to the stream. */
    STREAM,
    /** Nothing: the JSON literal null. */
    NOTHING
  }

  /** Leads to one handler; its class, if there is none. */
  interface Way {
    Call on(@Nullable Object handler);
  }

  /** Calls one handler. Which of the arguments it looks at is its own affair. */
  interface Call {
    @Nullable Object with(Arguments arguments) throws Throwable;
  }

  /** What a call may be given; value for handlers of values, the streams for handlers of streams. */
  record Arguments(@Nullable Object value, InputStream in, OutputStream out, Context context) {}

  static Entry streamHandler() {
    return new Entry(
        false,
        null,
        Output.STREAM,
        null,
        handler -> new OfStreams((RequestStreamHandler) present(handler)));
  }

  static Entry requestHandler(TypeArguments types) {
    return ofValue(false, types.input(), types.output(), Entry::ofValues);
  }

  /** One that takes and gives values. */
  static Entry ofValue(boolean isStatic, @Nullable Type input, Type given, Way way) {
    boolean nothing = given == void.class || given == Void.class;
    return new Entry(
        isStatic, input, nothing ? Output.NOTHING : Output.VALUE, nothing ? null : given, way);
  }

  private record OfStreams(RequestStreamHandler handler) implements Call {
    @Override
    public @Nullable Object with(Arguments given) throws IOException {
      handler.handleRequest(given.in(), given.out(), given.context());
      return null;
    }
  }

  @SuppressWarnings("unchecked") // its event is made to its type
  private static Call ofValues(@Nullable Object handler) {
    return new OfValues((RequestHandler<Object, Object>) present(handler));
  }

  private record OfValues(RequestHandler<Object, Object> handler) implements Call {
    @Override
    @SuppressWarnings("NullAway") // JSON's null is the handler's null
    public @Nullable Object with(Arguments given) {
      return handler.handleRequest(given.value(), given.context());
    }
  }

  private static Object present(@Nullable Object handler) {
    if (handler == null) {
      throw new IllegalStateException("no instance was made");
    }
    return handler;
  }

  /** Whether the event is bound to a type, rather than handed over as bytes or ignored. */
  boolean takesValue() {
    return input != null;
  }
}
