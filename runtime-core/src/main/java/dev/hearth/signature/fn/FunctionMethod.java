package dev.hearth.signature.fn;

import com.fnproject.fn.api.InputBinding;
import com.fnproject.fn.api.InputCoercion;
import com.fnproject.fn.api.MethodWrapper;
import com.fnproject.fn.api.TypeWrapper;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.MethodCall;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The function's method, with its types as the function's class sees them. Immutable. */
@SuppressWarnings("rawtypes") // the API's coercions are
final class FunctionMethod implements MethodWrapper {

  private final Class<?> type;
  private final Method method;
  private final MethodCall call;
  private final Type[] taken;
  private final @Nullable Class<? extends InputCoercion>[] named;
  private final TypeWrapper[] wrapped;
  private final TypeWrapper given;

  private FunctionMethod(Class<?> type, Method method) {
    this.type = type;
    this.method = method;
    this.call = new MethodCall(method);
    Generics generics = Generics.of(type);
    this.taken = method.getGenericParameterTypes();
    this.wrapped = new TypeWrapper[taken.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = generics.resolve(taken[i]);
      wrapped[i] = OfClass.of(taken[i]);
    }
    this.named = named(method);
    this.given = OfClass.of(generics.resolve(method.getGenericReturnType()));
  }

  /**
   * The one public method of this name, inherited ones among them.
   *
   * @throws BindingException if there is none, or more than one
   */
  static FunctionMethod find(Class<?> type, String name) {
    Method found = null;
    for (Method method : type.getMethods()) {
      if (isFunction(method) && method.getName().equals(name)) {
        if (found != null) {
          throw ambiguous(type, name);
        }
        found = method;
      }
    }
    if (found == null) {
      throw missing(type, name);
    }
    return new FunctionMethod(type, found);
  }

  private static boolean isFunction(Method method) {
    return method.getDeclaringClass() != Object.class && !method.isBridge();
  }

  private static BindingException missing(Class<?> type, String name) {
    Set<String> offered = new TreeSet<>();
    for (Method method : type.getMethods()) {
      if (isFunction(method) && !method.isSynthetic()) {
        offered.add(method.getName());
      }
    }
    return new BindingException(
        "handler class "
            + type.getName()
            + " has no public method '"
            + name
            + (offered.isEmpty() ? "', nor any other" : "'; it has " + String.join(", ", offered)));
  }

  private static BindingException ambiguous(Class<?> type, String name) {
    Set<String> overloads = new TreeSet<>();
    for (Method method : type.getMethods()) {
      if (isFunction(method) && method.getName().equals(name)) {
        overloads.add(method.toString());
      }
    }
    return new BindingException(
        "handler "
            + type.getName()
            + "::"
            + name
            + " is ambiguous, as the class has "
            + overloads.size()
            + " such public methods ("
            + String.join("; ", overloads)
            + "); Fn's functions have a name of their own");
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of classes
  private static @Nullable Class<? extends InputCoercion>[] named(Method method) {
    Annotation[][] annotations = method.getParameterAnnotations();
    @Nullable Class[] named = new @Nullable Class[annotations.length];
    for (int i = 0; i < named.length; i++) {
      named[i] = named(annotations[i]);
    }
    return (@Nullable Class<? extends InputCoercion>[]) named;
  }

  private static @Nullable Class<? extends InputCoercion> named(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation instanceof InputBinding binding) {
        return binding.coercion();
      }
    }
    return null;
  }

  boolean isStatic() {
    return Modifier.isStatic(method.getModifiers());
  }

  /**
   * The way to call it.
   *
   * @param target null where it is static
   */
  BoundMethod on(@Nullable Object target) {
    return call.on(target);
  }

  /** The only coercion that a parameter may be made by, or null for any. */
  static @Nullable Class<? extends InputCoercion> coercion(MethodWrapper method, int parameter) {
    return method instanceof FunctionMethod own
        ? own.named[parameter]
        : named(method.getTargetMethod().getParameterAnnotations()[parameter]);
  }

  /** A parameter's type, without type variables. */
  static Type parameterType(MethodWrapper method, int parameter) {
    return method instanceof FunctionMethod own
        ? own.taken[parameter]
        : Generics.of(method.getTargetClass())
            .resolve(method.getTargetMethod().getGenericParameterTypes()[parameter]);
  }

  @Override
  public Class<?> getTargetClass() {
    return type;
  }

  @Override
  public Method getTargetMethod() {
    return method;
  }

  @Override
  public TypeWrapper getParamType(int index) {
    return wrapped[index];
  }

  @Override
  public TypeWrapper getReturnType() {
    return given;
  }

  @Override
  public String toString() {
    return type.getName() + "::" + method.getName();
  }

  private record OfClass(Class<?> type) implements TypeWrapper {
    static OfClass of(Type type) {
      return new OfClass(Generics.boxed(Generics.raw(type)));
    }

    @Override
    public Class<?> getParameterClass() {
      return type;
    }
  }
}
