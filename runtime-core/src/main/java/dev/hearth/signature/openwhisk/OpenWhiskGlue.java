package dev.hearth.signature.openwhisk;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Target;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Binds OpenWhisk's actions. */
public final class OpenWhiskGlue implements Glue {

  /** Called by the host, by name. */
  public OpenWhiskGlue() {}

  @Override
  public Binding bind(Target target) {
    String name = target.method() == null ? "main" : target.method();
    BoundMethod ofObject = find(target.type(), name, JsonObject.class);
    BoundMethod ofArray = find(target.type(), name, JsonArray.class);
    if (ofObject == null && ofArray == null) {
      throw new BindingException(
          "handler class "
              + target.type().getName()
              + " has no action "
              + name
              + "; give it public static JsonObject "
              + name
              + "(JsonObject), with types of com.google.gson");
    }
    return new ActionBinding(target.type(), new Action(target.handler(), ofObject, ofArray));
  }

  private static @Nullable BoundMethod find(
      Class<?> type, String name, Class<? extends JsonElement> argument) {
    try {
      Method method = type.getMethod(name, argument);
      Class<?> result = method.getReturnType();
      boolean fits = result == JsonObject.class || result == JsonArray.class;
      return fits && Modifier.isStatic(method.getModifiers())
          ? new MethodCall(method).on(null)
          : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
