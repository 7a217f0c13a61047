package dev.hearth.pool;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A warm resource as functions see it. Thread-safe. */
final class Views<T> {

  private final Warm<T> warm;
  private final ConcurrentMap<String, T> own = new ConcurrentHashMap<>();

  /** By interface of a function and the function's name: kept by the interface itself, and so no longer than its loader. */
  private final ClassValue<Map<String, Object>> ports =
      new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> port) {
          return new ConcurrentHashMap<>(1);
        }
      };

  Views(Warm<T> warm) {
    this.warm = warm;
  }

  Warm<T> warm() {
    return warm;
  }

  /**
   * The resource as something of this type, the same at each call; null if it is none.
   *
   * @throws IllegalArgumentException if the type is the function's own copy of the host's, or an interface that the resource does not fit
   */
  <V> @Nullable V as(Class<V> wanted, String function) {
    Class<T> type = warm.resource().type();
    if (wanted.isAssignableFrom(type)) {
      return wanted.cast(own.computeIfAbsent(function, this::view));
    }
    if (wanted.isInterface() && !isOfTheJdk(wanted)) {
      return wanted.cast(
          ports
              .get(wanted)
              .computeIfAbsent(
                  function, borrower -> proxy(wanted, Forwarding.port(warm, wanted, borrower))));
    }
    if (wanted.getName().equals(type.getName())) {
      throw new IllegalArgumentException(
          asks(function, wanted)
              + ", which is a copy in its own archive and not the host's class of that name; declare an interface with the methods"
              + " it needs of it, and ask for the resource as that");
    }
    return null;
  }

  private T view(String function) {
    Class<T> type = warm.resource().type();
    if (type.isInterface()) {
      return type.cast(proxy(type, Forwarding.same(warm, function)));
    }
    T view = warm.resource().view(() -> warm.borrow("function '" + function + "'"));
    if (view == null) {
      throw new IllegalArgumentException(
          asks(function, type)
              + ", a class, of which its WarmResource makes no view; ask for it as an interface with the methods it needs");
    }
    return view;
  }

  private String asks(String function, Class<?> type) {
    return "function '"
        + function
        + "' asks for resource '"
        + warm.name()
        + "' as a "
        + type.getName();
  }

  private static Object proxy(Class<?> type, Forwarding<?> handler) {
    ClassLoader loader = type.getClassLoader();
    return Proxy.newProxyInstance(
        loader == null ? Views.class.getClassLoader() : loader, new Class<?>[] {type}, handler);
  }

  private static boolean isOfTheJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  void forget(String function) {
    own.remove(function);
  }
}
