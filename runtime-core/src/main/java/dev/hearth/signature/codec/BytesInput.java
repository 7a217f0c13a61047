package dev.hearth.signature.codec;

/** The body as it came. */
final class BytesInput extends BodyInput {

  BytesInput() {
    super(byte[].class);
  }

  @Override
  byte[] convert(byte[] body, MediaType mediaType) {
    return body;
  }
}
