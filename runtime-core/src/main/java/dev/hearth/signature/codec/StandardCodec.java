package dev.hearth.signature.codec;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Events;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The codec of one version. */
public final class StandardCodec implements Codec {

  private final Json json;
  private final Events events;
  private final Output output;

  /**
   * @param json finds its library when first used
   * @param events knows the function's type of events when it meets it
   */
  public StandardCodec(Json json, Events events) {
    this.json = Objects.requireNonNull(json, "json");
    this.events = Objects.requireNonNull(events, "events");
    this.output = new Output(json, events);
  }

  @Override
  public Json json() {
    return json;
  }

  @Override
  public Input input(Type type) {
    Class<?> raw = Generics.raw(type);
    if (raw == void.class || raw == Void.class) {
      return new NoInput();
    }
    if (raw == InputStream.class) {
      return StreamInput.BYTES;
    }
    if (raw == Reader.class) {
      return StreamInput.CHARACTERS;
    }
    if (raw == Request.class) {
      return StreamInput.REQUEST;
    }
    if (raw == Flow.Publisher.class) {
      return new PublisherInput(Generics.argument(type, 0), json);
    }
    if (raw.getName().equals(EventInput.TYPE)) {
      return new EventInput(raw, events);
    }
    return raw == Optional.class ? optional(type) : body(type, raw);
  }

  private Input optional(Type type) {
    Type present = Generics.argument(type, 0);
    if (input(present) instanceof BodyInput input) {
      return new OptionalInput(input);
    }
    throw new BindingException(
        "a function cannot take "
            + type.getTypeName()
            + "; take "
            + present.getTypeName()
            + " itself, which is never null");
  }

  private BodyInput body(Type type, Class<?> raw) {
    if (raw == String.class || raw == CharSequence.class) {
      return new TextInput(raw);
    }
    if (raw == byte[].class) {
      return new BytesInput();
    }
    if (raw == ByteBuffer.class) {
      return new BufferInput();
    }
    return raw == Object.class ? new AnyInput(json) : new JsonInput(type, json);
  }

  @Override
  public void write(@Nullable Object result, Response response)
      throws OutputException, IOException {
    output.write(result, response);
  }
}
