package dev.hearth.signature.fn;

import com.fnproject.fn.api.RuntimeContext;
import dev.hearth.signature.spi.BindingException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** Makes function objects: by the one public constructor, which takes nothing or a {@link RuntimeContext}. */
final class Construction {

  private static final String RULE =
      "; give it one public constructor that takes nothing or a com.fnproject.fn.api.RuntimeContext";

  private final Constructor<?> constructor;

  private Construction(Constructor<?> constructor) {
    this.constructor = constructor;
    constructor.setAccessible(true); // the class itself need not be public
  }

  /**
   * Finds the constructor; runs nothing.
   *
   * @throws BindingException if there is none, or it takes something else
   */
  static Construction of(Class<?> type) {
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw refusal(
          type, type.isInterface() ? "is an interface" : "is abstract", "; name one that is not");
    }
    if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
      throw refusal(type, "is a non-static inner class", "; make it static");
    }
    Constructor<?>[] offered = type.getConstructors();
    if (offered.length != 1) {
      throw refusal(
          type,
          offered.length == 0
              ? "has no public constructor"
              : "has " + offered.length + " public constructors",
          RULE);
    }
    requireKnown(type, offered[0].getParameterTypes());
    return new Construction(offered[0]);
  }

  private static void requireKnown(Class<?> type, Class<?>[] parameters) {
    if (parameters.length > 1) {
      throw refusal(type, "has a constructor that takes more than one argument", RULE);
    }
    if (parameters.length == 1 && parameters[0] != RuntimeContext.class) {
      throw refusal(type, "has a constructor that takes " + parameters[0].getName(), RULE);
    }
  }

  private static BindingException refusal(Class<?> type, String what, String advice) {
    return new BindingException("function class " + type.getName() + " " + what + advice);
  }

  /**
   * Makes one.
   *
   * @throws InitialisationException if the constructor threw an exception; its errors pass unchanged
   */
  Object create(RuntimeContext context) {
    try {
      return constructor.getParameterCount() == 0
          ? constructor.newInstance()
          : constructor.newInstance(context);
    } catch (InvocationTargetException e) {
      throw InitialisationException.of(
          "the constructor of function class " + name() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw InitialisationException.of("function class " + name() + " cannot be constructed", e);
    }
  }

  private String name() {
    return constructor.getDeclaringClass().getName();
  }
}
