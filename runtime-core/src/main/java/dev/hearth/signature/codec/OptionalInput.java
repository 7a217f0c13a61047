package dev.hearth.signature.codec;

import dev.hearth.signature.spi.InputException;
import java.util.Optional;

/** Nothing for an empty body, else what another input makes of it. */
final class OptionalInput extends BodyInput {

  private final BodyInput present;

  OptionalInput(BodyInput present) {
    super(Optional.class);
    this.present = present;
  }

  @Override
  void requireSupported(MediaType mediaType) throws InputException {
    present.requireSupported(mediaType);
  }

  @Override
  Optional<?> convert(byte[] body, MediaType mediaType) throws InputException {
    return body.length == 0
        ? Optional.empty()
        : Optional.ofNullable(present.convert(body, mediaType));
  }
}
