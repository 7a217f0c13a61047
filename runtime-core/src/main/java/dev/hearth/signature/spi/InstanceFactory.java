package dev.hearth.signature.spi;

import dev.hearth.function.Environment;
import dev.hearth.function.Lifecycle;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes instances of a handler class. Thread-safe.
 *
 * <p>Its constructor is the public one without parameters; else its only public one, if all it asks for is
 * the {@link Environment} and interfaces or abstract classes of the JDK, such as {@link javax.sql.DataSource}, under which the host
 * lends resources. A class that is not public may do with a constructor that is not private.
 */
public final class InstanceFactory {

  private final Constructor<?> constructor;

  private InstanceFactory(Constructor<?> constructor) {
    this.constructor = constructor;
    constructor.setAccessible(true); // the class itself need not be public
  }

  /**
   * Finds the constructor; runs nothing.
   *
   * @throws BindingException if there is none to be used
   */
  public static InstanceFactory of(Class<?> type) {
    if (type.isInterface()) {
      throw new BindingException(
          "handler class " + type.getName() + " is an interface; name a class that implements it");
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      throw new BindingException(
          "handler class " + type.getName() + " is abstract; name a class that extends it");
    }
    if (isInner(type)) {
      throw new BindingException(
          "handler class "
              + type.getName()
              + " is an inner class, which exists only within an instance of another; make it static");
    }
    return new InstanceFactory(find(type));
  }

  private static boolean isInner(Class<?> type) {
    return type.getEnclosingClass() != null
        && (type.isAnonymousClass()
            || type.isLocalClass()
            || !Modifier.isStatic(type.getModifiers()));
  }

  private static Constructor<?> find(Class<?> type) {
    Constructor<?>[] offered = type.getConstructors();
    for (Constructor<?> constructor : offered) {
      if (constructor.getParameterCount() == 0) {
        return constructor;
      }
    }
    if (offered.length == 1 && canBeGiven(offered[0])) {
      return offered[0];
    }
    if (!Modifier.isPublic(type.getModifiers())) {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 0
            && !Modifier.isPrivate(constructor.getModifiers())) {
          return constructor;
        }
      }
    }
    throw new BindingException(
        "handler class "
            + type.getName()
            + " has no constructor that can be used; give it one public constructor that takes nothing, or"
            + " dev.hearth.function.Environment and interfaces or abstract classes of the JDK such as"
            + " javax.sql.DataSource");
  }

  private static boolean canBeGiven(Constructor<?> constructor) {
    for (Class<?> parameter : constructor.getParameterTypes()) {
      boolean lendable =
          Modifier.isAbstract(parameter.getModifiers()) // as interfaces are
              && (parameter.getName().startsWith("javax.")
                  || parameter.getName().startsWith("java."));
      if (parameter != Environment.class && !lendable) {
        return false;
      }
    }
    return true;
  }

  /**
   * Constructs an instance and runs its init hook.
   *
   * @throws Throwable what the static initialiser, the constructor or the hook threw, unwrapped
   * @throws BindingException if the constructor asks for a resource and which one is not clear
   */
  public Object create(Environment environment) throws Throwable {
    Object handler = construct(arguments(environment));
    if (handler instanceof Lifecycle hooks) {
      hooks.init(environment);
    }
    return handler;
  }

  private Object construct(Object[] arguments) throws Throwable {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private Object[] arguments(Environment environment) {
    Parameter[] parameters = constructor.getParameters();
    Object[] arguments = new Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      arguments[i] =
          parameters[i].getType() == Environment.class
              ? environment
              : environment.resource(
                  parameters[i].getType(), resourceName(parameters[i], environment.resources()));
    }
    return arguments;
  }

  private String resourceName(Parameter parameter, Set<String> granted) {
    if (parameter.isNamePresent() && granted.contains(parameter.getName())) {
      return parameter.getName();
    }
    if (granted.size() == 1) {
      return granted.iterator().next();
    }
    throw new BindingException(
        "the constructor of "
            + constructor.getDeclaringClass().getName()
            + " asks for a "
            + parameter.getType().getName()
            + (granted.isEmpty()
                ? ", but the function's spec lists no resource; add one to its pools"
                : ", and the function's spec lists several ("
                    + String.join(", ", new TreeSet<>(granted))
                    + "); compile with -parameters and call the parameter by one of these names, or take"
                    + " dev.hearth.function.Environment and ask it by name"));
  }

  /** The handler, if it has hooks; for {@link Invoker#hooks}. */
  public static List<Lifecycle> hooks(@Nullable Object handler) {
    return handler instanceof Lifecycle hooks ? List.of(hooks) : List.of();
  }

  /**
   * Runs the close hook of a handler that has one.
   *
   * @param handler the handler, or null
   * @throws Exception what the hook threw
   */
  public static void close(@Nullable Object handler) throws Exception {
    if (handler instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
