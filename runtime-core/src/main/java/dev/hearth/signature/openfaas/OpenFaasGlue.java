package dev.hearth.signature.openfaas;

import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Target;

/** Binds handlers of OpenFaaS' Java template. */
public final class OpenFaasGlue implements Glue {

  /** Called by the host, by name. */
  public OpenFaasGlue() {}

  @Override
  public Binding bind(Target target) {
    return new HandlerBinding(target.type().getName(), InstanceFactory.of(target.type()));
  }
}
