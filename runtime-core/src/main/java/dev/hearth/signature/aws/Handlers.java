package dev.hearth.signature.aws;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.InstanceFactory;
import java.lang.reflect.Modifier;

/** Finds how handlers are constructed, with the vendor's words where they cannot be. */
final class Handlers {

  private Handlers() {}

  /**
   * The factory of a handler class: the vendor's public no-argument constructor, or what Hearth adds to that.
   *
   * @throws BindingException if it has no constructor that can be used
   */
  static InstanceFactory of(Class<?> type) {
    if (isInner(type)) {
      throw new BindingException(
          "Class "
              + type.getName()
              + " cannot be instantiated because it is a non-static inner class; make it static");
    }
    try {
      return InstanceFactory.of(type);
    } catch (BindingException e) {
      if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
        throw e;
      }
      throw new BindingException(
          "Class " + type.getName() + " has no public zero-argument constructor; add one", e);
    }
  }

  private static boolean isInner(Class<?> type) {
    return type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
  }
}
