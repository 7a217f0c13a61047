package dev.hearth.function;

/**
 * Hooks a handler class may implement. Each runs with the function's context class loader, once per
 * instance, and within a bound; none runs at the same time as another of the same instance.
 */
@SuppressWarnings("try") // an author may well let close be interrupted
public interface Lifecycle extends AutoCloseable {

  /**
   * Runs after construction and before the first call.
   *
   * @throws Exception to say that this instance cannot serve; the next call tries with a fresh one
   */
  default void init(Environment environment) throws Exception {}

  /** Runs after the last call has ended. A handler that is only {@link AutoCloseable} is closed too. */
  @Override
  default void close() throws Exception {}
}
