package dev.hearth.signature.fn;

import com.fnproject.fn.api.FnFeature;
import com.fnproject.fn.api.RuntimeFeature;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** What a function's class asks to be initialised before its configuration methods. */
final class Features {

  private Features() {}

  /**
   * Initialises them in the order in which the class names them.
   *
   * @throws InitialisationException if one cannot be made, or threw an exception; their errors pass unchanged
   */
  static void enable(Class<?> type, FunctionRuntime runtime) {
    for (FnFeature asked : type.getAnnotationsByType(FnFeature.class)) {
      RuntimeFeature feature = create(type, asked);
      try {
        feature.initialize(runtime);
      } catch (RuntimeException e) {
        throw failure(type, feature.getClass().getName(), "failed", e);
      }
    }
  }

  private static RuntimeFeature create(Class<?> type, FnFeature asked) {
    String name = "";
    try {
      name = asked.value().getName();
      Constructor<? extends RuntimeFeature> constructor = asked.value().getDeclaredConstructor();
      constructor.setAccessible(true); // a nested class need not be public
      return constructor.newInstance();
    } catch (TypeNotPresentException e) {
      throw failure(type, e.typeName(), "is neither in the archive nor provided", e);
    } catch (InvocationTargetException e) {
      throw failure(type, name, "cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw failure(type, name, "cannot be made", e);
    }
  }

  private static InitialisationException failure(
      Class<?> type, String feature, String what, @Nullable Throwable cause) {
    return InitialisationException.of(
        "feature " + feature + " of function class " + type.getName() + " " + what, cause);
  }
}
