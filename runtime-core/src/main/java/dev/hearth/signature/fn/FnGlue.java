package dev.hearth.signature.fn;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.Target;

/** Binds Fn's functions. What can be told to be wrong without running anything is refused here. */
public final class FnGlue implements Glue {

  /** Called by the host, by name. */
  public FnGlue() {}

  @Override
  public Binding bind(Target target) {
    String name = target.method();
    if (name == null) {
      throw new BindingException(
          "handler class "
              + target.type().getName()
              + " is given without a method; name it as "
              + target.type().getName()
              + "::method");
    }
    return new FnBinding(
        Entry.of(target.type(), name), target.codec().json(), Platform.asks(target.variables()));
  }
}
