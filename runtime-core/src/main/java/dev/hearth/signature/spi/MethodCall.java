package dev.hearth.signature.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls one method that was found by name. Thread-safe; made once per version. */
public final class MethodCall {

  private final Method method;

  /**
   * @param method a method of the function's classes
   */
  public MethodCall(Method method) {
    this.method = method;
    method.setAccessible(true); // a public method of a class that is not public is fair game
  }

  /**
   * Calls it.
   *
   * @param target what to call it on; null for a static method
   * @throws Throwable what the method threw, as it threw it
   */
  public @Nullable Object invoke(@Nullable Object target, @Nullable Object... arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  @Override
  public String toString() {
    return method.getDeclaringClass().getName() + "::" + method.getName();
  }
}
