package dev.hearth.signature.spi;

import dev.hearth.function.Context;
import dev.hearth.function.Health;
import dev.hearth.function.Lifecycle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one call path into user code, bound to one instance. Called by many threads at once, each time
 * with the function's context class loader in place.
 *
 * <p>From the wire, the three steps run in order: {@link #read}, {@link #call}, {@link #write}. In
 * process, a caller that holds a value {@link #accepts} likes needs {@link #call} alone. What {@code call}
 * gives may be a {@link java.util.concurrent.CompletionStage}; the host waits for it and passes its value on.
 */
public interface Invoker {

  /** Whether {@link #call} takes this value as it is. */
  boolean accepts(@Nullable Object input);

  /**
   * Makes the function's input from a request.
   *
   * @throws InputException if the request does not fit the function; the caller's fault, not the function's
   */
  @Nullable Object read(Exchange exchange) throws Exception;

  /**
   * Calls the function.
   *
   * @throws Throwable what the function threw, as it threw it
   */
  @Nullable Object call(@Nullable Object input, Context context) throws Throwable;

  /**
   * Writes a result. A null leaves the response untouched, so that the contract decides what nothing
   * looks like.
   *
   * @throws OutputException if the result cannot be written
   */
  void write(@Nullable Object result, Exchange exchange) throws Exception;

  /** What the instance says about its health; null when it has nothing to say. */
  default @Nullable Health health() {
    return null;
  }

  /**
   * The handlers behind it that have hooks, in the order of the calls; for all hooks but {@code init}, which was run when the
   * instance was made, and {@code close}, which {@link #close} runs.
   */
  default List<Lifecycle> hooks() {
    return List.of();
  }

  /**
   * Ends the instance; called once, after the last call.
   *
   * @throws Exception what the function's close hook threw
   */
  void close() throws Exception;
}
