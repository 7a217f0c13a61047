package dev.hearth.signature.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls one method that was found by name. Thread-safe; made once per version. */
public final class MethodCall {

  /** Calls by reflection before a class is worth its making; a negative number means never. */
  static final int LINKED_AFTER = after(Integer.getInteger("hearth.invokers.after", 256));

  private final Method method;
  private volatile @Nullable MethodLink link;

  /** Calls by reflection so far, roughly: it is only a measure of warmth. Below zero: there is, or will be, no class. */
  private int uses;

  /**
   * @param method a method of the function's classes
   */
  public MethodCall(Method method) {
    this.method = method;
    method.setAccessible(true); // a public method of a class that is not public is fair game
  }

  private static int after(int asked) {
    return asked < 0 ? Integer.MAX_VALUE : asked;
  }

  /**
   * Calls it once, by reflection; for calls that come seldom.
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

  /**
   * The method of an object, for calls that come again and again.
   *
   * @param target what to call it on; null for a static method
   */
  public BoundMethod on(@Nullable Object target) {
    BoundMethod bound = new BoundMethod(this, target);
    MethodLink made = link;
    if (made != null) {
      made.give(bound);
    }
    return bound;
  }

  /** One call went by reflection. */
  void used(BoundMethod by) {
    MethodLink made = link;
    if (made != null) {
      made.give(by);
    } else if (uses >= 0 && ++uses >= LINKED_AFTER && method.getParameterCount() <= 3) {
      uses = Linker.submit(this, by) ? Integer.MIN_VALUE : 0;
    }
  }

  /** Makes what calls it, and lets one have it already, so that nobody else has to wait for the JDK to prepare that. */
  void link(BoundMethod first) throws Throwable {
    Object target = first.target();
    Class<?> type = target == null ? method.getDeclaringClass() : target.getClass();
    MethodLink made = MethodLink.of(method, type);
    made.give(first);
    link = made;
  }

  @Override
  public String toString() {
    return method.getDeclaringClass().getName() + "::" + method.getName();
  }
}
