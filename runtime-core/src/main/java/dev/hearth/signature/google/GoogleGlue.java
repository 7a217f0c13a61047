package dev.hearth.signature.google;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Target;

/** Binds functions of Google's framework. */
public final class GoogleGlue implements Glue {

  /** Called by the host, by name. */
  public GoogleGlue() {}

  @Override
  public Binding bind(Target target) {
    Class<?> type = target.type();
    FunctionKind kind = FunctionKind.of(type, target.variables().get("FUNCTION_SIGNATURE_TYPE"));
    return new GoogleBinding(kind, InstanceFactory.of(type), PayloadType.of(type, kind));
  }
}
