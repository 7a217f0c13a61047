package dev.hearth.signature.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Puts a call's X-Ray trace where the AWS SDK looks for it when several calls run at once: a thread-local of the SDK's own, under a
 * name that the vendor's runtime uses. Thread-safe.
 */
final class TraceIds {

  private static final String TYPE = "software.amazon.awssdk.utilslite.SdkInternalThreadLocal";
  private static final String KEY = "AWS_LAMBDA_X_TRACE_ID";

  private final Method put;
  private final Method remove;

  private TraceIds(Method put, Method remove) {
    this.put = put;
    this.remove = remove;
  }

  /** For a function; null if it has no SDK that looks there. */
  static @Nullable TraceIds of(ClassLoader function) {
    try {
      Class<?> type = Class.forName(TYPE, true, function);
      return new TraceIds(
          type.getMethod("put", String.class, String.class),
          type.getMethod("remove", String.class));
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  void put(@Nullable String trace) {
    if (trace != null) {
      invoke(put, KEY, trace);
    }
  }

  void remove() {
    invoke(remove, KEY);
  }

  private static void invoke(Method method, Object... arguments) {
    try {
      method.invoke(null, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      // A request of the SDK that is not traced is no reason to fail the call.
    }
  }
}
