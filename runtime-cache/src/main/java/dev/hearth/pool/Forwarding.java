package dev.hearth.pool;

import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls the resource for what a function calls of an interface, borrowing it for each call; for a promise until that is kept. What a call
 * throws makes the resource doubted. {@code close()} does nothing: the resource is the host's. Thread-safe.
 */
final class Forwarding<T> implements InvocationHandler {

  private final Warm<T> warm;
  private final String function;

  /** By method of the interface; null where the resource implements it. */
  private final @Nullable Map<Method, Method> targets;

  private Forwarding(Warm<T> warm, String function, @Nullable Map<Method, Method> targets) {
    this.warm = warm;
    this.function = function;
    this.targets = targets;
  }

  /** For an interface that the resource implements. */
  static <T> Forwarding<T> same(Warm<T> warm, String function) {
    return new Forwarding<>(warm, function, null);
  }

  /**
   * For an interface of a function whose methods the resource has by name and parameters.
   *
   * @throws IllegalArgumentException if it does not have one of them
   */
  static <T> Forwarding<T> port(Warm<T> warm, Class<?> port, String function) {
    Map<Method, Method> targets = new HashMap<>();
    for (Method asked : port.getMethods()) {
      if (!Modifier.isStatic(asked.getModifiers()) && !asked.isDefault() && !isClose(asked)) {
        Method target = target(warm, asked);
        if (target == null) {
          throw new IllegalArgumentException(
              "function '"
                  + function
                  + "' asks for resource '"
                  + warm.name()
                  + "' as its "
                  + port.getName()
                  + ", but "
                  + warm.resource().type().getName()
                  + " has no method "
                  + asked.getReturnType().getSimpleName()
                  + " "
                  + asked.getName()
                  + Arrays.toString(asked.getParameterTypes()).replace('[', '(').replace(']', ')')
                  + "; declare what it has, with types of the JDK alone");
        }
        targets.put(asked, target);
      }
    }
    return new Forwarding<>(warm, function, targets);
  }

  private static @Nullable Method target(Warm<?> warm, Method asked) {
    try {
      Method target = warm.resource().type().getMethod(asked.getName(), asked.getParameterTypes());
      target.trySetAccessible(); // its class need not be public
      Class<?> wanted = asked.getReturnType();
      Class<?> given = target.getReturnType();
      boolean fits =
          wanted == void.class
              || wanted == given
              || wanted.isAssignableFrom(MethodType.methodType(given).wrap().returnType());
      return fits ? target : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    if (isClose(method)) {
      return null;
    }
    Method target = targets == null ? method : targets.get(method);
    return target == null
        ? InvocationHandler.invokeDefault(proxy, method, arguments)
        : call(target, arguments);
  }

  private @Nullable Object call(Method target, Object @Nullable [] arguments) throws Throwable {
    WarmResource.Loan<T> loan = warm.borrow("function '" + function + "'");
    boolean goesOn = false;
    try {
      Object result = target.invoke(loan.value(), arguments);
      if (result instanceof CompletionStage<?> promise) {
        goesOn = true;
        promise.whenComplete((value, failure) -> end(loan, failure));
      }
      return result;
    } catch (InvocationTargetException e) {
      loan.doubt();
      throw e.getCause();
    } finally {
      if (!goesOn) {
        loan.close();
      }
    }
  }

  private static void end(WarmResource.Loan<?> loan, @Nullable Throwable failure) {
    if (failure != null) {
      loan.doubt();
    }
    loan.close();
  }

  private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "resource '" + warm.name() + "' lent to function '" + function + "'";
    };
  }

  private static boolean isClose(Method method) {
    return method.getName().equals("close") && method.getParameterCount() == 0;
  }
}
