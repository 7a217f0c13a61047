package dev.hearth.signature.codec;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An input that is made from the whole body. */
abstract class BodyInput implements Input {

  private final Class<?> type;
  private final boolean primitive;

  BodyInput(Class<?> type) {
    this.type = Generics.boxed(type);
    this.primitive = type.isPrimitive();
  }

  @Override
  public final boolean accepts(@Nullable Object value) {
    return value == null ? !primitive : type.isInstance(value) && !(value instanceof Exchange);
  }

  @Override
  public final @Nullable Object read(Request request) throws InputException {
    MediaType mediaType = MediaType.parse(request.contentType().orElse(null));
    requireSupported(mediaType);
    return convert(bytes(request), mediaType);
  }

  /**
   * Says no to a media type before the body is read.
   *
   * @throws InputException if the function does not take it
   */
  void requireSupported(MediaType mediaType) throws InputException {}

  /** Makes the value. */
  abstract @Nullable Object convert(byte[] body, MediaType mediaType) throws InputException;

  static byte[] bytes(Request request) throws InputException {
    try {
      return request.bytes();
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }
}
