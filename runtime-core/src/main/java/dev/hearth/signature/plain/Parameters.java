package dev.hearth.signature.plain;

import dev.hearth.function.Context;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Generics;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** What each parameter of a method is given: at most one the input, one the headers, one the context. */
final class Parameters {

  private final int count;
  private final int input;
  private final int headers;
  private final int context;
  private final Type inputType;
  private final @Nullable HeadersType headersType;

  private Parameters(
      int count,
      int input,
      int headers,
      int context,
      Type inputType,
      @Nullable HeadersType headersType) {
    this.count = count;
    this.input = input;
    this.headers = headers;
    this.context = context;
    this.inputType = inputType;
    this.headersType = headersType;
  }

  /**
   * Finds out what each is for.
   *
   * @param handler for messages
   * @throws BindingException if there is one that nothing is known for
   */
  static Parameters of(Method method, Generics generics, String handler) {
    Type[] types = method.getGenericParameterTypes();
    int input = -1;
    int headers = -1;
    int context = -1;
    for (int i = 0; i < types.length; i++) {
      types[i] = generics.resolve(types[i]);
      if (types[i] == Context.class && context < 0) {
        context = i;
      } else if (input < 0) {
        input = i;
      } else if (headers < 0) {
        headers = i;
      } else {
        throw new BindingException(
            "handler "
                + handler
                + " takes "
                + types.length
                + " parameters; a function takes at most its input, a Map of headers and"
                + " dev.hearth.function.Context");
      }
    }
    return new Parameters(
        types.length,
        input,
        headers,
        context,
        input < 0 ? void.class : types[input],
        headers < 0 ? null : HeadersType.of(types[headers], handler));
  }

  Type inputType() {
    return inputType;
  }

  @Nullable HeadersType headersType() {
    return headersType;
  }

  boolean takeInput() {
    return input >= 0;
  }

  /** Whether these are those with a context added, or headers. */
  boolean addTo(Parameters those) {
    return count > those.count
        && inputType.equals(those.inputType)
        && (context >= 0 || those.context < 0)
        && (headers >= 0 || those.headers < 0);
  }

  /** Calls the method with what was given. */
  @Nullable Object call(BoundMethod method, @Nullable Object given, Context context)
      throws Throwable {
    return switch (count) {
      case 0 -> method.call();
      case 1 -> method.call(argument(0, given, context));
      case 2 -> method.call(argument(0, given, context), argument(1, given, context));
      default ->
          method.call(
              argument(0, given, context),
              argument(1, given, context),
              argument(2, given, context));
    };
  }

  private @Nullable Object argument(int index, @Nullable Object given, Context context) {
    if (index == this.context) {
      return context;
    }
    return index == input ? HeadersInput.body(given) : HeadersInput.headers(given);
  }
}
