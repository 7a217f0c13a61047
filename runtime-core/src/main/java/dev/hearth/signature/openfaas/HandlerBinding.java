package dev.hearth.signature.openfaas;

import com.openfaas.model.IHandler;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;

/** One handler class. */
record HandlerBinding(String handler, InstanceFactory factory) implements Binding {

  @Override
  public Shape shape() {
    return Shape.EXCHANGE;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    return new HandlerInvoker(handler, (IHandler) factory.create(environment));
  }
}
