package dev.hearth.signature.openwhisk;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;

/** One action of a class that is never instantiated. */
record ActionBinding(Class<?> type, Action action) implements Binding {

  @Override
  public Shape shape() {
    return Shape.FUNCTION;
  }

  /** Activations run one at a time in a container, unless its action says otherwise. */
  @Override
  public int concurrency() {
    return 1;
  }

  /** Initialises the class, so that its first call does not pay for that. */
  @Override
  public Invoker open(Environment environment) throws Throwable {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ExceptionInInitializerError e) {
      throw e.getCause() == null ? e : e.getCause();
    }
    return new ActionInvoker(action);
  }
}
