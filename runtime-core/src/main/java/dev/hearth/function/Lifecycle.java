package dev.hearth.function;

/**
 * Hooks a handler class may implement. Each runs with the function's context class loader and within a bound; none runs
 * at the same time as another of the same instance.
 *
 * <pre>
 * constructor -> init -> (warm) -> calls -> (beforeFreeze -> afterThaw -> calls) ... -> (drain) -> close
 * </pre>
 */
@SuppressWarnings("try") // an author may well let close be interrupted
public interface Lifecycle extends AutoCloseable {

  /**
   * Runs after construction and before the first call.
   *
   * @throws Exception to say that this instance cannot serve; the next call tries with a fresh one
   */
  default void init(Environment environment) throws Exception {}

  /**
   * Runs after {@link #init} on the instances that are made ahead of any call, when there is time: to fill caches, to
   * open connections, to run the code that the first call would otherwise be the first to run. An instance that
   * a call waits for is not warmed.
   *
   * @throws Exception to say that the version must not be given calls; deploying it fails
   */
  default void warm(Environment environment) throws Exception {}

  /**
   * Runs before the process is stored or stopped for a while, where its platform tells: let go of what will not be there
   * afterwards. No call is running.
   *
   * @throws Exception to say that it must not be stored now
   */
  default void beforeFreeze() throws Exception {}

  /**
   * Runs after the process was brought back, perhaps on another machine and more than once from one copy, before the next call:
   * renew what is unique, has aged or was let go of.
   *
   * @throws Exception to say that the function cannot go on
   */
  default void afterThaw() throws Exception {}

  /**
   * Runs when the version is retired: no new call will come, those under way go on. For work of the function's own, such as a
   * consumer of messages, that should take nothing new.
   *
   * @throws Exception is logged
   */
  default void drain() throws Exception {}

  /** Runs after the last call has ended. A handler that is only {@link AutoCloseable} is closed too. */
  @Override
  default void close() throws Exception {}
}
