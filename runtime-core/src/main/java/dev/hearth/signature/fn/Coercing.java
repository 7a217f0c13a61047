package dev.hearth.signature.fn;

import com.fnproject.fn.api.InputCoercion;
import com.fnproject.fn.api.InputEvent;
import com.fnproject.fn.api.OutputCoercion;
import com.fnproject.fn.api.OutputEvent;
import com.fnproject.fn.api.exception.FunctionInputHandlingException;
import com.fnproject.fn.api.exception.FunctionOutputHandlingException;
import dev.hearth.signature.spi.InputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a method's arguments and turns its result into an event, each by the first coercion that does it.
 *
 * <p>What a function's own coercions throw is the function's failure; a body that the standard ones cannot read is the caller's.
 */
final class Coercing {

  private Coercing() {}

  /**
   * Makes the arguments, in the order of the parameters.
   *
   * @throws InputException if the body does not fit a parameter
   * @throws FunctionInputHandlingException if there is no coercion for one, or one failed
   */
  static @Nullable Object[] arguments(
      FunctionRuntime runtime, CallContext call, InputEvent event, FunctionMethod method)
      throws InputException {
    @Nullable Object[] arguments = new @Nullable Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      try {
        arguments[i] = argument(runtime, call, event, method, i);
      } catch (BodyException e) {
        throw InputException.malformed(String.valueOf(e.getMessage()), e.getCause());
      } catch (FunctionInputHandlingException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new FunctionInputHandlingException(what(method, i) + " cannot be made: " + e, e);
      }
    }
    return arguments;
  }

  private static Object argument(
      FunctionRuntime runtime,
      CallContext call,
      InputEvent event,
      FunctionMethod method,
      int parameter) {
    for (InputCoercion<?> coercion : runtime.getInputCoercions(method, parameter)) {
      Optional<?> made = coercion.tryCoerceParam(call, parameter, event, method);
      if (made.isPresent()) {
        requireFit(made.get(), coercion, method, parameter);
        return made.get();
      }
    }
    throw new FunctionInputHandlingException(
        "no coercion was found for " + what(method, parameter));
  }

  private static void requireFit(
      Object value, InputCoercion<?> coercion, FunctionMethod method, int parameter) {
    Class<?> expected = method.getParamType(parameter).getParameterClass();
    if (!expected.isInstance(value)) {
      throw new FunctionInputHandlingException(
          coercion.getClass().getName()
              + " made a "
              + value.getClass().getName()
              + " for "
              + what(method, parameter)
              + ", which is a "
              + expected.getName());
    }
  }

  private static String what(FunctionMethod method, int parameter) {
    return "parameter " + parameter + " of " + method;
  }

  /**
   * Turns a result into an event.
   *
   * @throws FunctionOutputHandlingException if no coercion does it, or one failed
   */
  static OutputEvent result(
      FunctionRuntime runtime, CallContext call, FunctionMethod method, @Nullable Object result) {
    try {
      for (OutputCoercion coercion : runtime.getOutputCoercions(method.getTargetMethod())) {
        Optional<OutputEvent> made = coercion.wrapFunctionResult(call, method, result);
        if (made.isPresent()) {
          return made.get();
        }
      }
    } catch (FunctionOutputHandlingException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new FunctionOutputHandlingException(
          "the result of " + method + " cannot be written: " + e, e);
    }
    throw new FunctionOutputHandlingException(
        "no coercion was found for the result of "
            + method
            + ", which is "
            + (result == null ? "null" : "a " + result.getClass().getName()));
  }
}
