package dev.hearth.signature.spring;

import dev.hearth.signature.spi.InputException;
import java.lang.annotation.Annotation;

/** Exceptions that say with Spring's annotation {@code ResponseStatus} how they are to be answered. */
final class ResponseStatus {

  private static final String ANNOTATION = "org.springframework.web.bind.annotation.ResponseStatus";

  private ResponseStatus() {}

  /** What to throw: a refusal with the status that the exception's class carries, else the exception itself. */
  static Exception of(Exception thrown) {
    for (Annotation annotation : thrown.getClass().getAnnotations()) {
      if (annotation.annotationType().getName().equals(ANNOTATION)) {
        int status = status(annotation);
        if (status >= 400 && status <= 599) {
          return InputException.of(status, reason(annotation, thrown));
        }
      }
    }
    return thrown;
  }

  private static int status(Annotation annotation) {
    Object code = attribute(annotation, "code");
    Object value = attribute(annotation, "value");
    int ofCode = number(code);
    int ofValue = number(value);
    return ofCode == 500 ? ofValue : ofCode; // each is the other's alias, 500 by default
  }

  private static int number(Object status) {
    try {
      Object number = status.getClass().getMethod("value").invoke(status);
      return number instanceof Integer code ? code : 500;
    } catch (ReflectiveOperationException e) {
      return 500;
    }
  }

  private static String reason(Annotation annotation, Exception thrown) {
    String reason = String.valueOf(attribute(annotation, "reason"));
    return reason.isEmpty() ? String.valueOf(thrown.getMessage()) : reason;
  }

  private static Object attribute(Annotation annotation, String name) {
    try {
      return annotation.annotationType().getMethod(name).invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(annotation + " has no " + name, e);
    }
  }
}
