package dev.hearth.signature.fn;

import com.fnproject.fn.api.InputCoercion;
import com.fnproject.fn.api.InputEvent;
import com.fnproject.fn.api.InvocationContext;
import com.fnproject.fn.api.MethodWrapper;
import com.fnproject.fn.api.RuntimeContext;
import com.fnproject.fn.api.httpgateway.HTTPGatewayContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Makes what needs no conversion: contexts, the event itself, its body as bytes, and as text in UTF-8. */
final class StandardInput implements InputCoercion<Object> {

  static final StandardInput INSTANCE = new StandardInput();

  /** By name, as the API of the first years has no such class. */
  private static final String TRACING = "com.fnproject.fn.api.tracing.TracingContext";

  private StandardInput() {}

  @Override
  public Optional<Object> tryCoerceParam(
      InvocationContext call, int parameter, InputEvent event, MethodWrapper method) {
    Class<?> type = method.getParamType(parameter).getParameterClass();
    if (type == String.class) {
      return Optional.of(new String(bytes(event), StandardCharsets.UTF_8));
    }
    if (type == byte[].class) {
      return Optional.of(bytes(event));
    }
    if (type == InputEvent.class) {
      return Optional.of(event);
    }
    if (type == InvocationContext.class) {
      return Optional.of(call);
    }
    if (type == RuntimeContext.class) {
      return Optional.of(call.getRuntimeContext());
    }
    if (type == HTTPGatewayContext.class) {
      return Optional.of(Gateway.of(call));
    }
    return type.getName().equals(TRACING) ? Optional.of(new Tracing(call)) : Optional.empty();
  }

  /** The body of an event, which may be one that the function made. */
  static byte[] bytes(InputEvent event) {
    return event instanceof CallEvent own ? own.bytes() : event.consumeBody(new ReadAll());
  }

  private static final class ReadAll implements Function<InputStream, byte[]> {
    @Override
    public byte[] apply(InputStream body) {
      try {
        return body.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
