package dev.hearth.signature.nuclio;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Target;
import io.nuclio.Context;
import org.jspecify.annotations.Nullable;

/**
 * Binds Nuclio's event handlers. A handler may have a public {@code initContext(Context)}, as functions in Nuclio's other
 * languages have: it runs once per instance, before the first event.
 */
public final class NuclioGlue implements Glue {

  /** Called by the host, by name. */
  public NuclioGlue() {}

  @Override
  public Binding bind(Target target) {
    Class<?> type = target.type();
    return new HandlerBinding(
        type.getName(), InstanceFactory.of(type), initContext(type), target.codec().json());
  }

  private static @Nullable MethodCall initContext(Class<?> type) {
    try {
      return new MethodCall(type.getMethod("initContext", Context.class));
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
