package dev.hearth.signature.spi;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Types as one class sees them: what its hierarchy says about type variables put in their place. What
 * nothing is known about becomes its bound, which is {@link Object} for most. Immutable.
 */
public final class Generics {

  private final Map<TypeVariable<?>, Type> known = new HashMap<>();

  private Generics(Class<?> type) {
    collect(type);
  }

  /**
   * What a class and all it inherits say.
   *
   * @throws TypeNotPresentException if they name a class that is missing
   */
  public static Generics of(Class<?> type) {
    return new Generics(type);
  }

  /** The arguments that a generic type has as the class sees it, each resolved. */
  public Type[] arguments(Class<?> generic) {
    TypeVariable<?>[] variables = generic.getTypeParameters();
    Type[] arguments = new Type[variables.length];
    for (int i = 0; i < variables.length; i++) {
      arguments[i] = resolve(variables[i]);
    }
    return arguments;
  }

  /** A type without type variables and wildcards. */
  public Type resolve(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      Type argument = known.get(variable);
      return argument == null ? raw(variable) : resolve(argument);
    }
    if (type instanceof WildcardType wildcard) {
      Type[] lower = wildcard.getLowerBounds();
      return resolve(lower.length > 0 ? lower[0] : wildcard.getUpperBounds()[0]);
    }
    if (type instanceof ParameterizedType generic) {
      return parameterized(generic);
    }
    if (type instanceof GenericArrayType array) {
      Type element = resolve(array.getGenericComponentType());
      return element instanceof Class<?> known ? arrayOf(known) : new ArrayOf(element);
    }
    return type;
  }

  /** The class that remains of a type at run time. */
  public static Class<?> raw(Type type) {
    if (type instanceof Class<?> itself) {
      return itself;
    }
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return arrayOf(raw(array.getGenericComponentType()));
    }
    if (type instanceof TypeVariable<?> variable) {
      return raw(variable.getBounds()[0]);
    }
    return type instanceof WildcardType wildcard ? raw(wildcard.getUpperBounds()[0]) : Object.class;
  }

  /** The argument of a generic type such as {@code Optional<T>}; {@link Object} where it has none. */
  public static Type argument(Type type, int index) {
    return type instanceof ParameterizedType generic
            && index < generic.getActualTypeArguments().length
        ? generic.getActualTypeArguments()[index]
        : Object.class;
  }

  /** The type of a {@link List} of this. */
  public static Type listOf(Type element) {
    return new Parameterized(List.class, new Type[] {element}, null);
  }

  /** The class whose instances values of this class are, once they are objects: {@code Integer} for {@code int}. */
  public static Class<?> boxed(Class<?> type) {
    return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
  }

  private void collect(@Nullable Type type) {
    if (type == null) {
      return;
    }
    if (type instanceof ParameterizedType generic) {
      TypeVariable<?>[] variables = raw(generic).getTypeParameters();
      Type[] arguments = generic.getActualTypeArguments();
      for (int i = 0; i < variables.length; i++) {
        known.put(variables[i], arguments[i]);
      }
    }
    Class<?> raw = raw(type);
    collect(raw.getGenericSuperclass());
    for (Type inherited : raw.getGenericInterfaces()) {
      collect(inherited);
    }
  }

  private Type parameterized(ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = resolve(arguments[i]);
    }
    return new Parameterized(raw(generic), arguments, generic.getOwnerType());
  }

  private static Class<?> arrayOf(Class<?> element) {
    return Array.newInstance(element, 0).getClass();
  }

  private static final class Parameterized implements ParameterizedType {
    private final Class<?> raw;
    private final Type[] arguments;
    private final @Nullable Type owner;

    Parameterized(Class<?> raw, Type[] arguments, @Nullable Type owner) {
      this.raw = raw;
      this.arguments = arguments;
      this.owner = owner;
    }

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.clone();
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return owner;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ParameterizedType that
          && raw.equals(that.getRawType())
          && Arrays.equals(arguments, that.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
      return raw.hashCode() * 31 + Arrays.hashCode(arguments);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(raw.getName()).append('<');
      for (int i = 0; i < arguments.length; i++) {
        text.append(i == 0 ? "" : ", ").append(arguments[i].getTypeName());
      }
      return text.append('>').toString();
    }
  }

  private record ArrayOf(Type element) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return element;
    }

    @Override
    public String toString() {
      return element.getTypeName() + "[]";
    }
  }
}
