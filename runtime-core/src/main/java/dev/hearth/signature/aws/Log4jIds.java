package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.LambdaRuntimeInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the request id where the vendor's Log4j appender looks for it, in functions that use this appender. Thread-safe.
 */
final class Log4jIds {

  private static final String KEY = "AWSRequestId";

  private final ClassLoader function;
  private volatile @Nullable List<Class<?>>
      maps; // found at first need, which may be after the first call

  Log4jIds(ClassLoader function) {
    this.function = function;
  }

  void put(String requestId) {
    if (LambdaRuntimeInternal.getUseLog4jAppender()) {
      for (Class<?> map : maps()) {
        boolean first = map.getName().endsWith(".MDC");
        invoke(
            map,
            "put",
            new Class<?>[] {String.class, first ? Object.class : String.class},
            KEY,
            requestId);
      }
    }
  }

  void remove() {
    List<Class<?>> known = maps;
    if (known != null) {
      for (Class<?> map : known) {
        invoke(map, "remove", new Class<?>[] {String.class}, KEY);
      }
    }
  }

  private List<Class<?>> maps() {
    List<Class<?>> known = maps;
    if (known == null) {
      known = new ArrayList<>();
      find("org.apache.log4j.MDC", known);
      find("org.apache.logging.log4j.ThreadContext", known);
      if (known.isEmpty()) {
        warn();
      }
      maps = known;
    }
    return known;
  }

  private void find(String name, List<Class<?>> into) {
    try {
      into.add(Class.forName(name, true, function));
    } catch (ClassNotFoundException | LinkageError e) {
      // One of the two is enough.
    }
  }

  private static void invoke(Class<?> map, String name, Class<?>[] types, Object... arguments) {
    try {
      Method method = map.getMethod(name, types);
      method.invoke(null, arguments);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      // A log line without its id is no reason to fail the call.
    }
  }

  @SuppressWarnings("SystemOut") // the vendor's users look for it there
  private static void warn() {
    System.err.println(
        "The Log4j appender for Lambda is in use, but the archive has neither org.apache.log4j.MDC nor"
            + " org.apache.logging.log4j.ThreadContext: log lines will not show the request id");
  }
}
