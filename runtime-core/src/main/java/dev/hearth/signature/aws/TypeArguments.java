package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Generics;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a class puts in place of the type variables of {@code RequestHandler}. */
record TypeArguments(Type input, Type output) {

  /**
   * Finds them.
   *
   * @throws BindingException if the class leaves one open that has no bound to go by
   */
  static TypeArguments of(Class<?> type) {
    Map<TypeVariable<?>, Type> said = new HashMap<>();
    collect(type, said);
    for (TypeVariable<?> variable : RequestHandler.class.getTypeParameters()) {
      Type last = variable;
      while (last instanceof TypeVariable<?> && said.containsKey(last)) {
        last = said.get(last);
      }
      if (last instanceof TypeVariable<?> open) {
        requireBound(type, open);
      }
    }
    Type[] arguments = Generics.of(type).arguments(RequestHandler.class);
    return new TypeArguments(arguments[0], arguments[1]);
  }

  private static void requireBound(Class<?> type, TypeVariable<?> open) {
    String message =
        "Class "
            + type.getName()
            + " does not implement RequestHandler with concrete type parameters";
    if (open.getGenericDeclaration() == RequestHandler.class) {
      throw new BindingException(message + "; write RequestHandler<Input, Output>");
    }
    for (Type bound : open.getBounds()) {
      if (bound != Object.class) {
        return;
      }
    }
    throw new BindingException(
        message
            + ": parameter "
            + open.getName()
            + " has no upper bound."
            + " Name a subclass that says what it is.");
  }

  private static void collect(@Nullable Type type, Map<TypeVariable<?>, Type> said) {
    if (type == null) {
      return;
    }
    Class<?> raw = Generics.raw(type);
    if (type instanceof ParameterizedType generic) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        said.put(variables[i], generic.getActualTypeArguments()[i]);
      }
    }
    collect(raw.getGenericSuperclass(), said);
    for (Type inherited : raw.getGenericInterfaces()) {
      collect(inherited, said);
    }
  }
}
