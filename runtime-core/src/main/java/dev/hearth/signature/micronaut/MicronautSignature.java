package dev.hearth.signature.micronaut;

import dev.hearth.signature.spi.HandlerArchive;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recognises Micronaut's functions. */
public final class MicronautSignature implements Signature {

  private static final String FUNCTION_BEAN = "io.micronaut.function.FunctionBean";

  @Override
  public String describe() {
    return "classes, or methods of factories, annotated with " + FUNCTION_BEAN;
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    return isFunction(handler, method) ? recognised() : null;
  }

  @Override
  public @Nullable Recognised recognise(
      HandlerArchive archive, @Nullable String handler, Map<String, String> variables) {
    if (handler != null && (isMethod(handler) || archive.find(handler) != null)) {
      return null;
    }
    List<String> classes = new ArrayList<>();
    for (HandlerClass type : archive.ownClasses()) {
      if (isFunction(type, null)) {
        classes.add(type.name());
      }
    }
    return classes.isEmpty() ? null : recognised().over(classes, handler);
  }

  private static boolean isMethod(String handler) {
    return handler.contains("::") || handler.indexOf('#') >= 0;
  }

  /** With a method, only a factory's: how a class's own is called is for its annotation to say. */
  private static boolean isFunction(HandlerClass type, @Nullable String method) {
    if (method == null && type.annotations().contains(FUNCTION_BEAN)) {
      return true;
    }
    for (HandlerMethod each : type.methods()) {
      if (each.annotations().contains(FUNCTION_BEAN)
          && (method == null || method.equals(each.name()))) {
        return true;
      }
    }
    return false;
  }

  private static Recognised recognised() {
    return Recognised.in(
            FUNCTION_BEAN,
            "dev.hearth.signature.micronaut.MicronautGlue",
            List.of("micronaut-function"))
        .with("dev.hearth.signature.web.");
  }
}
