package dev.hearth.signature.azure;

import com.microsoft.azure.functions.annotation.FunctionName;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.Target;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds Azure Functions. */
public final class AzureGlue implements Glue {

  /** Called by the host, by name. */
  public AzureGlue() {}

  @Override
  public Binding bind(Target target) {
    Class<?> type = target.type();
    Function function = Function.of(type, method(type, target.method()));
    Instances.Kind kind = Instances.Kind.of(type, function.isStatic(), target.variables());
    return new AzureBinding(type, function, kind, target.codec());
  }

  /** The method of this name, or whose function has it. */
  private static Method method(Class<?> type, @Nullable String name) {
    List<Method> byMethod = new ArrayList<>();
    List<Method> byFunction = new ArrayList<>();
    for (Method method : type.getMethods()) {
      FunctionName function = method.getAnnotation(FunctionName.class);
      if (function != null && !method.isBridge()) {
        if (name == null || method.getName().equals(name)) {
          byMethod.add(method);
        }
        if (name != null && function.value().equalsIgnoreCase(name)) {
          byFunction.add(method);
        }
      }
    }
    List<Method> found = byFunction.isEmpty() || byMethod.size() == 1 ? byMethod : byFunction;
    if (found.size() != 1) {
      throw new BindingException(
          "handler class "
              + type.getName()
              + " has "
              + found.size()
              + " functions "
              + (name == null ? "" : "called " + name + " ")
              + "in public methods; name one by its @FunctionName, which no other has");
    }
    return found.get(0);
  }
}
