package dev.hearth.signature.openwhisk;

import dev.hearth.signature.spi.HandlerClass;
import dev.hearth.signature.spi.HandlerMethod;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises OpenWhisk's actions: a static method from Gson's object or array to Gson's object or array. */
public final class OpenWhiskSignature implements Signature {

  private static final String OBJECT = "Lcom/google/gson/JsonObject;";
  private static final String ARRAY = "Lcom/google/gson/JsonArray;";
  private static final Recognised RECOGNISED =
      Recognised.in(
          "OpenWhisk action", "dev.hearth.signature.openwhisk.OpenWhiskGlue", List.of("openwhisk"));

  @Override
  public String describe() {
    return "OpenWhisk's public static JsonObject main(JsonObject), or Class#method with such a method";
  }

  /** A method that does not exist at all is this family's to refuse, where the class has other actions. */
  @Override
  public @Nullable Recognised recognise(HandlerClass handler, @Nullable String method) {
    String name = method == null ? "main" : method;
    boolean exists = false;
    boolean hasActions = false;
    for (HandlerMethod each : handler.methods()) {
      boolean named = each.name().equals(name);
      boolean action = each.isPublic() && each.isStatic() && isAction(each);
      if (named && action) {
        return RECOGNISED;
      }
      exists |= named;
      hasActions |= action;
    }
    return method != null && hasActions && !exists ? RECOGNISED : null;
  }

  private static boolean isAction(HandlerMethod method) {
    return switch (method.descriptor()) {
      case "(" + OBJECT + ")" + OBJECT,
          "(" + OBJECT + ")" + ARRAY,
          "(" + ARRAY + ")" + OBJECT,
          "(" + ARRAY + ")" + ARRAY ->
          true;
      default -> false;
    };
  }
}
