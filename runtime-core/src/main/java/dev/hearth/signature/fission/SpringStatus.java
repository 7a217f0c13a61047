package dev.hearth.signature.fission;

import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Method;
import org.springframework.http.ResponseEntity;

/** Reads the status of a response entity, whose type is another in each generation of Spring. */
final class SpringStatus {

  private static final Method STATUS = method(ResponseEntity.class, "getStatusCode");
  private static final Method VALUE = method(STATUS.getReturnType(), "value");

  private SpringStatus() {}

  static int of(ResponseEntity<?> response) throws OutputException {
    try {
      return (Integer) VALUE.invoke(STATUS.invoke(response));
    } catch (ReflectiveOperationException e) {
      throw new OutputException("the function's response has no status", e);
    }
  }

  private static Method method(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(
          type.getName() + " has no method " + name + "; this version of Spring is not known", e);
    }
  }
}
