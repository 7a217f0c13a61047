package dev.hearth.signature.spi;

import dev.hearth.function.Environment;
import java.util.Map;

/** One version's handler, ready to be instantiated. Thread-safe; holds no instance. */
public interface Binding {

  /** What {@link #concurrency} gives where any number of calls may run in one instance at once. */
  int MANY = 0;

  /** What the handler takes and gives. */
  Shape shape();

  /**
   * How many calls the vendor promises one instance at once, at least 1, or {@link #MANY}; what counts where the function's
   * spec does not say. Most promise nothing, so that handlers must be ready for many.
   */
  default int concurrency() {
    return MANY;
  }

  /**
   * Whether the handler takes its platform's events as they come, and gives what its platform makes responses of; such a
   * platform then does not turn events into requests first.
   */
  default boolean takesEvents() {
    return false;
  }

  /**
   * What the handler says about itself that a contract may want to know before it calls, such as the route it is meant for;
   * by lower-case names that begin with the family's and that its package documents. Unmodifiable.
   */
  default Map<String, String> facts() {
    return Map.of();
  }

  /**
   * Constructs an instance of the handler and runs its init hook.
   *
   * @throws Throwable what the constructor, the static initialiser or the hook threw, unwrapped
   */
  Invoker open(Environment environment) throws Throwable;
}
