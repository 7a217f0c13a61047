package dev.hearth.signature.nuclio;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.Shape;
import io.nuclio.EventHandler;
import org.jspecify.annotations.Nullable;

/**
 * One handler class.
 *
 * @param handler its name, for messages
 * @param initContext its hook, if it has one
 * @param json reads bodies that are structured
 */
record HandlerBinding(
    String handler, InstanceFactory factory, @Nullable MethodCall initContext, Json json)
    implements Binding {

  @Override
  public Shape shape() {
    return Shape.EXCHANGE;
  }

  /** Nuclio's processor hands a worker its next event when the last one is answered. */
  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    EventHandler instance = (EventHandler) factory.create(environment);
    if (initContext != null) {
      initContext.invoke(instance, new CallContext(environment.log(), "0"));
    }
    return new HandlerInvoker(handler, instance, json);
  }
}
