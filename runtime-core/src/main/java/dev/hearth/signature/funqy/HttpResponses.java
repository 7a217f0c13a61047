package dev.hearth.signature.funqy;

import dev.hearth.function.Response;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Funqy's {@code HttpResponse}, by its name: only functions built with a recent version have it. It keeps its headers to itself, so
 * they are read from its field.
 */
final class HttpResponses {

  private static final String NAME = "io.quarkus.funqy.runtime.bindings.http.HttpResponse";

  private HttpResponses() {}

  static boolean isOne(Object value) {
    return value.getClass().getName().equals(NAME);
  }

  /** Copies status and headers. */
  static void copy(Object value, Response response) throws OutputException {
    try {
      if (read(value, "getStatusCode") instanceof Integer status) {
        response.status(status);
      }
      Field headers = value.getClass().getDeclaredField("headers");
      headers.setAccessible(true);
      if (headers.get(value) instanceof Map<?, ?> map) {
        for (Map.Entry<?, ?> header : map.entrySet()) {
          response.header(String.valueOf(header.getKey()), String.valueOf(header.getValue()));
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new OutputException("the function's HttpResponse cannot be sent: " + e.getMessage(), e);
    }
  }

  static @Nullable Object body(Object value) throws OutputException {
    try {
      return read(value, "getBody");
    } catch (ReflectiveOperationException e) {
      throw new OutputException("the function's HttpResponse has no body to be read", e);
    }
  }

  private static @Nullable Object read(Object value, String getter)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return value.getClass().getMethod(getter).invoke(value);
  }
}
