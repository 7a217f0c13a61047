package dev.hearth.signature.codec;

import dev.hearth.signature.spi.InputException;

/** The body as text, whatever its media type. */
final class TextInput extends BodyInput {

  TextInput(Class<?> type) {
    super(type);
  }

  @Override
  String convert(byte[] body, MediaType mediaType) throws InputException {
    return new String(body, mediaType.charset());
  }
}
