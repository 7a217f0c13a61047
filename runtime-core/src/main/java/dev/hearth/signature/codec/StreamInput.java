package dev.hearth.signature.codec;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InputException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The body while it arrives: as bytes, as characters, or with the request around it. */
enum StreamInput implements Input {
  BYTES(InputStream.class),
  CHARACTERS(Reader.class),
  REQUEST(Request.class);

  private final Class<?> type;

  StreamInput(Class<?> type) {
    this.type = type;
  }

  @Override
  public boolean accepts(@Nullable Object value) {
    return value == null || type.isInstance(value);
  }

  @Override
  public Object read(Request request) throws InputException {
    if (this == REQUEST) {
      return request;
    }
    if (this == BYTES) {
      return request.body();
    }
    return new InputStreamReader(
        request.body(), MediaType.parse(request.contentType().orElse(null)).charset());
  }
}
