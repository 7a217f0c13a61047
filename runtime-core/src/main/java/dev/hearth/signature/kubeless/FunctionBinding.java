package dev.hearth.signature.kubeless;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Shape;

/**
 * One function: a method of one class.
 *
 * @param name the method's
 */
record FunctionBinding(InstanceFactory factory, String name, MethodCall method, Codec codec)
    implements Binding {

  @Override
  public Shape shape() {
    return Shape.FUNCTION;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    String publisher = environment.variables().get("PUBLISHER_PROXY_ADDRESS");
    return new FunctionInvoker(
        factory.create(environment),
        method,
        Surroundings.of(environment.variables(), name),
        codec,
        publisher == null || publisher.isBlank() ? null : new Publisher(codec.json(), publisher));
  }
}
