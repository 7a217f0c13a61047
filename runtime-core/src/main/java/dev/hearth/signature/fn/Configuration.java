package dev.hearth.signature.fn;

import com.fnproject.fn.api.FnConfiguration;
import com.fnproject.fn.api.RuntimeContext;
import com.fnproject.fn.api.exception.FunctionConfigurationException;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.MethodCall;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The methods that configure a function, in the order in which they run: static ones first, those of superclasses before those of
 * subclasses. Annotations on the methods of interfaces do not count, nor do those that an overriding method does not repeat.
 */
final class Configuration {

  private final List<Step> steps;

  private Configuration(List<Step> steps) {
    this.steps = steps;
  }

  /**
   * Finds them; runs nothing.
   *
   * @param staticTarget whether the function itself is static, and so has no instance to be configured
   * @throws BindingException if one of them cannot be run
   */
  static Configuration of(Class<?> type, boolean staticTarget) {
    List<Step> steps = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.isAnnotationPresent(FnConfiguration.class)
          && !method.getDeclaringClass().isInterface()) {
        requireUsable(type, method, staticTarget);
        steps.add(new Step(method));
      }
    }
    Collections.sort(steps);
    return new Configuration(steps);
  }

  private static void requireUsable(Class<?> type, Method method, boolean staticTarget) {
    if (method.getReturnType() != void.class) {
      throw refusal(type, method, "does not have a void return type");
    }
    if (staticTarget && !Modifier.isStatic(method.getModifiers())) {
      throw refusal(
          type,
          method,
          "cannot be an instance method if the function method is a static method; make it static");
    }
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length > 1
        || (parameters.length == 1 && parameters[0] != RuntimeContext.class)) {
      throw refusal(
          type, method, "may take nothing or a com.fnproject.fn.api.RuntimeContext, nothing else");
    }
  }

  private static BindingException refusal(Class<?> type, Method method, String what) {
    return new BindingException(
        "function class "
            + type.getName()
            + ": configuration method '"
            + method.getName()
            + "' "
            + what);
  }

  /**
   * Runs them. Where the function has an instance, it is made before the first of them.
   *
   * @throws FunctionConfigurationException if one threw an exception; their errors pass unchanged
   */
  void run(FunctionRuntime runtime) {
    for (Step step : steps) {
      step.run(runtime);
    }
  }

  private static final class Step implements Comparable<Step> {
    private final String name;
    private final MethodCall call;
    private final boolean takesContext;
    private final boolean isStatic;
    private final int depth;

    Step(Method method) {
      name = method.getDeclaringClass().getName() + "::" + method.getName();
      call = new MethodCall(method);
      takesContext = method.getParameterCount() == 1;
      isStatic = Modifier.isStatic(method.getModifiers());
      int classes = 0;
      for (Class<?> at = method.getDeclaringClass(); at != null; at = at.getSuperclass()) {
        classes++;
      }
      depth = classes;
    }

    void run(FunctionRuntime runtime) {
      Object target = runtime.instance();
      try {
        if (takesContext) {
          call.invoke(target, runtime);
        } else {
          call.invoke(target);
        }
      } catch (Error e) {
        throw e;
      } catch (Throwable e) {
        throw new FunctionConfigurationException(
            "configuration method " + name + " failed: " + e, e);
      }
    }

    @Override
    public int compareTo(Step other) {
      return isStatic == other.isStatic ? Integer.compare(depth, other.depth) : isStatic ? -1 : 1;
    }
  }
}
