package dev.hearth.signature.azure;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.hearth.signature.spi.BindingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What an archive brings to take part in its calls, as services: middlewares, and what makes its instances. One per version.
 *
 * @param middlewares in the order of their service files
 * @param injector null where classes are instantiated by their constructor
 */
record Extensions(List<Middleware> middlewares, @Nullable FunctionInstanceInjector injector) {

  private static final String SERVICES = "META-INF/services/";
  private static final String MIDDLEWARE =
      "com.microsoft.azure.functions.internal.spi.middleware.Middleware";
  private static final String INJECTOR =
      "com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector";

  /** Whether there is something that makes instances; runs nothing. */
  static boolean hasInjector(ClassLoader function) {
    return has(INJECTOR, function);
  }

  private static boolean has(String service, ClassLoader function) {
    return function.getResource(SERVICES + service) != null;
  }

  /**
   * Makes them; runs the function's code.
   *
   * @throws BindingException if more than one makes instances
   */
  static Extensions load(ClassLoader function) {
    List<Middleware> middlewares = new ArrayList<>();
    if (has(MIDDLEWARE, function)) {
      for (Middleware middleware : ServiceLoader.load(Middleware.class, function)) {
        middlewares.add(middleware);
      }
    }
    return new Extensions(
        List.copyOf(middlewares), hasInjector(function) ? injector(function) : null);
  }

  private static @Nullable FunctionInstanceInjector injector(ClassLoader function) {
    Iterator<FunctionInstanceInjector> all =
        ServiceLoader.load(FunctionInstanceInjector.class, function).iterator();
    FunctionInstanceInjector first = all.hasNext() ? all.next() : null;
    if (first != null && all.hasNext()) {
      throw new BindingException(
          "the archive has more than one FunctionInstanceInjector ("
              + first.getClass().getName()
              + ", "
              + all.next().getClass().getName()
              + "); leave one in "
              + SERVICES
              + INJECTOR);
    }
    return first;
  }
}
