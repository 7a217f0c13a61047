package dev.hearth.signature.spi;

import dev.hearth.function.Environment;

/** One version's handler, ready to be instantiated. Thread-safe; holds no instance. */
public interface Binding {

  /** What the handler takes and gives. */
  Shape shape();

  /**
   * Constructs an instance of the handler and runs its init hook.
   *
   * @throws Throwable what the constructor, the static initialiser or the hook threw, unwrapped
   */
  Invoker open(Environment environment) throws Throwable;
}
