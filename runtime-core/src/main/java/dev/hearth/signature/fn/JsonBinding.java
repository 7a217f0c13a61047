package dev.hearth.signature.fn;

import com.fnproject.fn.api.InputCoercion;
import com.fnproject.fn.api.InputEvent;
import com.fnproject.fn.api.InvocationContext;
import com.fnproject.fn.api.MethodWrapper;
import com.fnproject.fn.api.OutputCoercion;
import com.fnproject.fn.api.OutputEvent;
import com.fnproject.fn.api.RuntimeContext;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes any parameter of a body that is JSON, whatever its media type says, and JSON of any result: by Jackson 2, the function's own or
 * the one provided; by the version's own JSON library where neither is there. Looks when first used. Thread-safe.
 */
final class JsonBinding implements InputCoercion<Object>, OutputCoercion {

  /** Reads and writes documents, in the way that a runtime may have chosen. */
  interface Documents {
    @Nullable Object read(RuntimeContext runtime, byte[] document, Type type);

    byte[] write(RuntimeContext runtime, @Nullable Object value);
  }

  private final Json own;
  private volatile @Nullable Documents documents;

  /**
   * @param own the version's own library
   */
  JsonBinding(Json own) {
    this.own = own;
  }

  @Override
  public Optional<Object> tryCoerceParam(
      InvocationContext call, int parameter, InputEvent event, MethodWrapper method) {
    Type type = FunctionMethod.parameterType(method, parameter);
    byte[] body = StandardInput.bytes(event);
    Object value = documents().read(call.getRuntimeContext(), body, type);
    if (value == null) {
      throw new BodyException("the body is JSON's null, which is no " + type.getTypeName(), null);
    }
    return Optional.of(value);
  }

  @Override
  public Optional<OutputEvent> wrapFunctionResult(
      InvocationContext call, MethodWrapper method, @Nullable Object value) {
    byte[] document = documents().write(call.getRuntimeContext(), value);
    return Optional.of(new Answer(document, "application/json"));
  }

  private Documents documents() {
    Documents known = documents;
    if (known == null) {
      known = find();
      documents = known;
    }
    return known;
  }

  private Documents find() {
    try {
      return JacksonDocuments.create();
    } catch (LinkageError e) {
      return new OwnDocuments(own); // there is none, or a part of it is missing
    }
  }

  private record OwnDocuments(Json json) implements Documents {
    @Override
    public @Nullable Object read(RuntimeContext runtime, byte[] document, Type type) {
      try {
        return json.read(new String(document, StandardCharsets.UTF_8), type);
      } catch (InputException e) {
        throw new BodyException(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public byte[] write(RuntimeContext runtime, @Nullable Object value) {
      try {
        return json.write(value).getBytes(StandardCharsets.UTF_8);
      } catch (OutputException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }
}
