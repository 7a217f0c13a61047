package dev.hearth.signature.codec;

import java.nio.ByteBuffer;

/** The body in a buffer. */
final class BufferInput extends BodyInput {

  BufferInput() {
    super(ByteBuffer.class);
  }

  @Override
  ByteBuffer convert(byte[] body, MediaType mediaType) {
    return ByteBuffer.wrap(body);
  }
}
