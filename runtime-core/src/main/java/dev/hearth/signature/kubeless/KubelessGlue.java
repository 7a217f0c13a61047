package dev.hearth.signature.kubeless;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Target;
import io.kubeless.Context;
import io.kubeless.Event;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Binds Kubeless' functions. */
public final class KubelessGlue implements Glue {

  private static final Class<?>[] TAKEN = {Event.class, Context.class};

  /** Called by the host, by name. */
  public KubelessGlue() {}

  @Override
  public Binding bind(Target target) {
    Method method = find(target.type(), target.method());
    return new FunctionBinding(
        InstanceFactory.of(target.type()),
        method.getName(),
        new MethodCall(method),
        target.codec());
  }

  private static Method find(Class<?> type, @Nullable String name) {
    TreeMap<String, Method> found = new TreeMap<>();
    for (Method method : type.getMethods()) {
      boolean named = name == null || method.getName().equals(name);
      if (named && !method.isBridge() && Arrays.equals(method.getParameterTypes(), TAKEN)) {
        found.put(method.getName(), method);
      }
    }
    if (found.size() == 1) {
      return found.firstEntry().getValue();
    }
    throw new BindingException(
        found.isEmpty()
            ? "handler class "
                + type.getName()
                + " has no public method"
                + (name == null ? "" : " " + name)
                + " that takes io.kubeless.Event and io.kubeless.Context"
            : "handler class "
                + type.getName()
                + " has several functions ("
                + String.join(", ", found.keySet())
                + "); name one, as "
                + type.getName()
                + "::"
                + found.firstKey());
  }
}
