package dev.hearth.signature.spring;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;

/** Beans behind endpoints of their own. */
final class SpringBinding implements Binding {

  private final Source source;
  private final boolean keepsCase;

  /** Makes the beans of an instance. */
  interface Source {
    Catalogue open(Environment environment) throws Throwable;
  }

  SpringBinding(Source source, boolean keepsCase) {
    this.source = source;
    this.keepsCase = keepsCase;
  }

  @Override
  public Shape shape() {
    return Shape.EXCHANGE;
  }

  @Override
  public Invoker open(Environment environment) throws Throwable {
    return new WebInvoker(source.open(environment), keepsCase);
  }
}
