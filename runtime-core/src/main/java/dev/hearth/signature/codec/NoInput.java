package dev.hearth.signature.codec;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Input;
import org.jspecify.annotations.Nullable;

/** For functions that take nothing: whatever is sent is left alone. */
final class NoInput implements Input {

  @Override
  public boolean accepts(@Nullable Object value) {
    return !(value instanceof Exchange);
  }

  @Override
  public @Nullable Object read(Request request) {
    return null;
  }
}
