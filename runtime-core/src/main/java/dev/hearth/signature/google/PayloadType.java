package dev.hearth.signature.google;

import com.google.cloud.functions.BackgroundFunction;
import com.google.cloud.functions.TypedFunction;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Generics;
import java.lang.reflect.Type;

/** What a function's type argument says that its JSON is bound to. */
final class PayloadType {

  private PayloadType() {}

  /**
   * The type of the payload; {@link Object} for functions that have no type argument.
   *
   * @throws BindingException if there is a type argument and the class leaves it open
   */
  static Type of(Class<?> handler, FunctionKind kind) {
    return switch (kind) {
      case TYPED -> argument(handler, TypedFunction.class);
      case BACKGROUND -> argument(handler, BackgroundFunction.class);
      default -> Object.class;
    };
  }

  private static Type argument(Class<?> handler, Class<?> generic) {
    Type type = Generics.of(handler).arguments(generic)[0];
    if (type == Object.class) {
      throw new BindingException(
          "handler class "
              + handler.getName()
              + " implements "
              + generic.getSimpleName()
              + " without saying of what; write "
              + generic.getSimpleName()
              + "<YourType"
              + (generic == TypedFunction.class ? ", YourAnswer>" : ">"));
    }
    return type;
  }
}
