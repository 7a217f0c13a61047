package dev.hearth.signature.fn;

import com.fnproject.fn.api.InvocationContext;
import com.fnproject.fn.api.MethodWrapper;
import com.fnproject.fn.api.OutputCoercion;
import com.fnproject.fn.api.OutputEvent;
import com.fnproject.fn.api.exception.FunctionOutputHandlingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what needs no conversion into an event, by the type that the method declares: text, bytes, nothing, an event. */
final class StandardOutput implements OutputCoercion {

  static final StandardOutput INSTANCE = new StandardOutput();

  private StandardOutput() {}

  @Override
  public Optional<OutputEvent> wrapFunctionResult(
      InvocationContext call, MethodWrapper method, @Nullable Object value) {
    Class<?> type = method.getReturnType().getParameterClass();
    if (type == String.class) {
      String text = (String) present(value, method, "a String");
      return Optional.of(new Answer(text.getBytes(StandardCharsets.UTF_8), "text/plain"));
    }
    if (type == byte[].class) {
      byte[] bytes = (byte[]) present(value, method, "a byte[]");
      return Optional.of(new Answer(bytes, "application/octet-stream"));
    }
    if (type == Void.class) {
      return Optional.of(new Answer(new byte[0], null));
    }
    return type == OutputEvent.class
        ? Optional.of((OutputEvent) present(value, method, "an OutputEvent"))
        : Optional.empty();
  }

  private static Object present(@Nullable Object value, MethodWrapper method, String expected) {
    if (value == null) {
      throw new FunctionOutputHandlingException(
          method + " returned null; return " + expected + ", which may be empty");
    }
    return value;
  }
}
