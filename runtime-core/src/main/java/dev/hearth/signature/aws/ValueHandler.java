package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Calls handlers that take or give a value: JSON in, JSON out. */
final class ValueHandler extends LambdaInvoker {

  private final Serializers serializers;
  private final @Nullable Class<?> taken;
  private final boolean takesNull;

  ValueHandler(
      Entry entry,
      @Nullable Object handler,
      Platform platform,
      @Nullable HttpEvents http,
      Serializers serializers) {
    super(entry, handler, platform, http);
    this.serializers = serializers;
    Type input = entry.input();
    Class<?> raw = input == null ? null : Generics.raw(input);
    this.taken = raw == null ? null : Generics.boxed(raw);
    this.takesNull = raw == null || !raw.isPrimitive();
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    if (input == null || taken == null) {
      return input == null && takesNull;
    }
    boolean anEvent =
        taken == Object.class && (input instanceof byte[] || input instanceof InputStream);
    return taken.isInstance(input) && !anEvent && !(input instanceof Event);
  }

  @Override
  Answer answer(InputStream event, LambdaContext context) throws Throwable {
    Serializers.Pair json = serializers.forCall(context.isFromAndroid());
    PojoSerializer<Object> reader = json.input();
    Object value = reader == null ? null : parse(reader, event);
    Object result = enter(value, event, OutputStream.nullOutputStream(), context);
    return encode(result, json.output());
  }

  @Override
  @Nullable Object direct(@Nullable Object value, LambdaContext context) throws Throwable {
    return enter(value, InputStream.nullInputStream(), OutputStream.nullOutputStream(), context);
  }

  @Override
  Answer encode(@Nullable Object result) throws OutputException {
    return encode(result, serializers.forCall(false).output());
  }

  private static @Nullable Object parse(PojoSerializer<Object> reader, InputStream event)
      throws InputException {
    try {
      return reader.fromJson(event);
    } catch (Throwable e) {
      String message = "An error occurred during JSON parsing";
      throw InputException.malformed(
          message + ": " + firstLine(e), new RuntimeException(message, e));
    }
  }

  @SuppressWarnings("NullAway") // a handler may give null, which is JSON's
  private static Answer encode(@Nullable Object result, @Nullable PojoSerializer<Object> writer)
      throws OutputException {
    if (writer == null) {
      return new Answer(Buffer.ofNull(), true);
    }
    Buffer body = new Buffer();
    try {
      writer.toJson(result, body);
    } catch (Throwable e) {
      String message = "An error occurred during JSON serialization of response";
      throw new OutputException(message + ": " + firstLine(e), new RuntimeException(message, e));
    }
    return new Answer(body, true);
  }

  /** What the library says, without the excerpts it adds on further lines. */
  private static String firstLine(Throwable failure) {
    String message = failure.toString();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
