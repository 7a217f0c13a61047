package dev.hearth.signature.fission;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.MethodCall;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/**
 * The method {@code call} of a handler, found by its types, because both interfaces have one name.
 *
 * @param call how to call it; the second argument is Fission's context, which is always null
 * @param requestType the declared type of its first parameter
 */
record CallMethod(MethodCall call, Type requestType) {

  /**
   * The most exact one: bridges are left out where there is what they lead to.
   *
   * @param request what its first parameter must take
   */
  static CallMethod of(Class<?> handler, Class<?> request) {
    Method best = null;
    for (Method method : handler.getMethods()) {
      if (isCall(method, request) && (best == null || best.isBridge())) {
        best = method;
      }
    }
    if (best == null) {
      throw new BindingException(
          "handler class "
              + handler.getName()
              + " has no public method call("
              + request.getName()
              + ", io.fission.Context)");
    }
    return new CallMethod(new MethodCall(best), best.getGenericParameterTypes()[0]);
  }

  private static boolean isCall(Method method, Class<?> request) {
    Class<?>[] parameters = method.getParameterTypes();
    return method.getName().equals("call")
        && parameters.length == 2
        && parameters[0].isAssignableFrom(request)
        && parameters[1].getName().equals("io.fission.Context");
  }
}
