package dev.hearth.signature.micronaut;

import dev.hearth.signature.spi.Generics;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The interfaces of {@code java.util.function} that functions implement, in the order in which a class that has several is asked. */
enum Functional {
  FUNCTION(Function.class, "apply", true),
  BI_FUNCTION(BiFunction.class, "apply", true),
  CONSUMER(Consumer.class, "accept", false),
  BI_CONSUMER(BiConsumer.class, "accept", false),
  SUPPLIER(Supplier.class, "get", true);

  private final Class<?> type;
  private final String method;
  private final boolean gives;

  Functional(Class<?> type, String method, boolean gives) {
    this.type = type;
    this.method = method;
    this.gives = gives;
  }

  private static @Nullable Functional of(Class<?> type) {
    for (Functional each : values()) {
      if (each.type.isAssignableFrom(type)) {
        return each;
      }
    }
    return null;
  }

  /** Types of what such a function takes, then of what it gives; null where the class is none. */
  static Type @Nullable [] signature(Class<?> type, Type generic) {
    Functional kind = of(type);
    if (kind == null) {
      return null;
    }
    Type[] arguments =
        kind.type == type && generic instanceof ParameterizedType known
            ? resolved(known.getActualTypeArguments())
            : Generics.of(type).arguments(kind.type);
    if (kind.gives) {
      return arguments;
    }
    Type[] signature = new Type[arguments.length + 1];
    System.arraycopy(arguments, 0, signature, 0, arguments.length);
    signature[arguments.length] = void.class;
    return signature;
  }

  private static Type[] resolved(Type[] types) {
    Type[] resolved = new Type[types.length];
    for (int i = 0; i < types.length; i++) {
      resolved[i] = Generics.of(Object.class).resolve(types[i]);
    }
    return resolved;
  }

  /** The method of a class that is called: its own rather than a bridge, for the names of its parameters. */
  static Method method(Class<?> type) {
    Functional kind = of(type);
    if (kind == null) {
      throw new IllegalArgumentException(type + " is no function");
    }
    int count = kind.type.getTypeParameters().length - (kind.gives ? 1 : 0);
    Method found = null;
    for (Method method : type.getMethods()) {
      if (method.getName().equals(kind.method)
          && method.getParameterCount() == count
          && (found == null || found.isBridge())) {
        found = method;
      }
    }
    if (found == null) {
      throw new IllegalArgumentException(type + " has no " + kind.method);
    }
    return found;
  }
}
