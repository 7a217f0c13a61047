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
        throw InitialisationException.of(
            "feature "
                + asked.value().getName()
                + " of function class "
                + type.getName()
                + " failed",
            e);
      }
    }
  }

  private static RuntimeFeature create(Class<?> type, FnFeature asked) {
    try {
      Constructor<? extends RuntimeFeature> constructor = asked.value().getDeclaredConstructor();
      constructor.setAccessible(true); // a nested class need not be public
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw failure(type, asked, e.getCause());
    } catch (ReflectiveOperationException | TypeNotPresentException e) {
      throw failure(type, asked, e);
    }
  }

  private static InitialisationException failure(
      Class<?> type, FnFeature asked, @Nullable Throwable cause) {
    return InitialisationException.of(
        asked + " of function class " + type.getName() + " cannot be made", cause);
  }
}
