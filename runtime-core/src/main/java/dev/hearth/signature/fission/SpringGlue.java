package dev.hearth.signature.fission;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import dev.hearth.signature.spi.Target;
import org.springframework.http.RequestEntity;

/** Binds handlers that take Spring's {@link RequestEntity}, of whichever Spring the function sees. */
public final class SpringGlue implements Glue {

  /** Called by the host, by name. */
  public SpringGlue() {}

  @Override
  public Binding bind(Target target) {
    CallMethod method = CallMethod.of(target.type(), RequestEntity.class);
    // RequestEntity<?>, the raw type and Object say nothing: the media type decides.
    Input body =
        target
            .codec()
            .input(Generics.argument(Generics.of(target.type()).resolve(method.requestType()), 0));
    return new Bound(
        InstanceFactory.of(target.type()), method, new RequestEntities(body), target.codec());
  }

  private record Bound(
      InstanceFactory factory, CallMethod method, RequestEntities requests, Codec codec)
      implements Binding {

    @Override
    public Shape shape() {
      return Shape.EXCHANGE;
    }

    @Override
    public Invoker open(Environment environment) throws Throwable {
      return new SpringInvoker(factory.create(environment), method.call(), requests, codec);
    }
  }
}
