package dev.hearth.signature.fission;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Shape;
import dev.hearth.signature.spi.Target;
import javax.ws.rs.container.ContainerRequestContext;

/** Binds handlers that take a JAX-RS {@link ContainerRequestContext}. */
public final class JaxrsGlue implements Glue {

  /** Called by the host, by name. */
  public JaxrsGlue() {}

  @Override
  public Binding bind(Target target) {
    return new Bound(
        InstanceFactory.of(target.type()),
        CallMethod.of(target.type(), ContainerRequestContext.class).call(),
        target.codec());
  }

  private record Bound(InstanceFactory factory, MethodCall method, Codec codec) implements Binding {

    @Override
    public Shape shape() {
      return Shape.EXCHANGE;
    }

    @Override
    public Invoker open(Environment environment) throws Throwable {
      return new JaxrsInvoker(factory.create(environment), method, codec);
    }
  }
}
