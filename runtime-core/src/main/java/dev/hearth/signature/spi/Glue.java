package dev.hearth.signature.spi;

/** Binds handlers of one signature. Has a public no-argument constructor and no state. */
public interface Glue {

  /**
   * Binds a handler; runs none of its code, not even its static initialiser.
   *
   * @throws BindingException if the handler cannot be bound
   */
  Binding bind(Target target);
}
