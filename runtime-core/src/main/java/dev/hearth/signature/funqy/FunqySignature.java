package dev.hearth.signature.funqy;

import dev.hearth.signature.spi.HandlerArchive;
import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recognises Funqy's functions. */
public final class FunqySignature implements Signature {

  private static final String FUNQ = "io.quarkus.funqy.Funq";

  @Override
  public String describe() {
    return "methods annotated with " + FUNQ;
  }

  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    return isFunqy(handler, method) ? recognised() : null;
  }

  @Override
  public @Nullable Recognised recognise(
      HandlerArchive archive, @Nullable String handler, Map<String, String> variables) {
    if (handler != null && (isMethod(handler) || archive.find(handler) != null)) {
      return null;
    }
    List<String> classes = new ArrayList<>();
    for (HandlerClass type : archive.ownClasses()) {
      if (isFunqy(type, null)) {
        classes.add(type.name());
      }
    }
    return classes.isEmpty() ? null : recognised().over(classes, handler);
  }

  private static boolean isMethod(String handler) {
    return handler.contains("::") || handler.indexOf('#') >= 0;
  }

  private static boolean isFunqy(HandlerClass type, @Nullable String method) {
    for (HandlerMethod each : type.methods()) {
      if (each.annotations().contains(FUNQ) && (method == null || method.equals(each.name()))) {
        return true;
      }
    }
    return false;
  }

  private static Recognised recognised() {
    return Recognised.in(FUNQ, "dev.hearth.signature.funqy.FunqyGlue", List.of("funqy"))
        .with("dev.hearth.signature.web.");
  }
}
