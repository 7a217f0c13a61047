package dev.hearth.signature.codec;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body while it arrives, as a publisher: of bytes, of lines of text, or of what lines of JSON are bound to. */
final class PublisherInput implements Input {

  private static final int CHUNK = 8192;

  private final Type item;
  private final Class<?> raw;
  private final Json json;

  PublisherInput(Type item, Json json) {
    this.item = item;
    this.raw = Generics.raw(item);
    this.json = json;
  }

  @Override
  public boolean accepts(@Nullable Object value) {
    return value == null || value instanceof Flow.Publisher;
  }

  @Override
  public Object read(Request request) throws InputException {
    InputStream body = request.body();
    if (raw == byte[].class || raw == ByteBuffer.class || raw == Object.class) {
      return new BodyPublisher(() -> chunk(body));
    }
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                body, MediaType.parse(request.contentType().orElse(null)).charset()));
    return new BodyPublisher(raw == String.class ? lines::readLine : () -> value(lines));
  }

  private @Nullable Object chunk(InputStream body) throws IOException {
    byte[] buffer = new byte[CHUNK];
    int count = body.read(buffer);
    if (count < 0) {
      return null;
    }
    return raw == byte[].class ? Arrays.copyOf(buffer, count) : ByteBuffer.wrap(buffer, 0, count);
  }

  private @Nullable Object value(BufferedReader lines) throws IOException, InputException {
    String line = lines.readLine();
    while (line != null && line.isBlank()) {
      line = lines.readLine();
    }
    return line == null ? null : JsonInput.read(json, line, item);
  }
}
