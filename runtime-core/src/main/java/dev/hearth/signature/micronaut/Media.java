package dev.hearth.signature.micronaut;

import dev.hearth.signature.spi.Generics;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The media types of a function: what its annotations say, else JSON, and plain text as well for the types of {@code java.lang}
 * (Micronaut's guide to serverless functions).
 *
 * @param consumes what it takes, in lower case
 * @param produces what it gives, the first one preferred
 */
record Media(List<String> consumes, List<String> produces) {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";
  private static final String ANY = "*/*";
  private static final String CONSUMES = "io.micronaut.http.annotation.Consumes";
  private static final String PRODUCES = "io.micronaut.http.annotation.Produces";

  static Media of(Method method, Type taken, Type given) {
    return new Media(
        types(method, CONSUMES, defaults(taken)), types(method, PRODUCES, defaults(given)));
  }

  private static List<String> defaults(Type type) {
    String name = Generics.boxed(Generics.raw(type)).getName();
    boolean plain = name.startsWith("java.lang.") && name.indexOf('.', 10) < 0;
    return plain ? List.of(TEXT, JSON) : List.of(JSON);
  }

  private static List<String> types(Method method, String annotation, List<String> defaults) {
    List<String> own = declared(method, annotation);
    own = own == null ? declared(method.getDeclaringClass(), annotation) : own;
    return own == null ? defaults : own;
  }

  private static @Nullable List<String> declared(AnnotatedElement element, String name) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation.annotationType().getName().equals(name)) {
        return values(annotation);
      }
    }
    return null;
  }

  private static @Nullable List<String> values(Annotation annotation) {
    try {
      Object value = annotation.annotationType().getMethod("value").invoke(annotation);
      return value instanceof String[] types && types.length > 0 ? List.of(types) : null;
    } catch (ReflectiveOperationException e) {
      return null; // an annotation of another make
    }
  }

  /** Whether a body of this type is taken. */
  boolean takes(@Nullable String contentType) {
    if (contentType == null || contentType.isBlank()) {
      return true;
    }
    String sent = name(contentType);
    for (String type : consumes) {
      if (type.equals(ANY) || name(type).equals(sent)) {
        return true;
      }
    }
    return false;
  }

  /** The type to answer with, of those that the client accepts; null where it accepts none. */
  @Nullable String answer(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return produces.get(0);
    }
    for (String accepted : accept.split(",")) {
      String range = name(accepted);
      for (String type : produces) {
        if (range.equals(ANY) || range.equals(name(type)) || isBelow(range, type)) {
          return type;
        }
      }
    }
    return null;
  }

  private static boolean isBelow(String range, String type) {
    return range.endsWith("/*") && name(type).startsWith(range.substring(0, range.length() - 1));
  }

  private static String name(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
