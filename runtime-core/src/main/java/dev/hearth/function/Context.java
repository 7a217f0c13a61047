package dev.hearth.function;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one invocation is told about itself.
 *
 * <p>Valid from the start of the call until its outcome is known; safe to read from threads the function
 * hands it to. Holding it longer is harmless but tells nothing new.
 */
public interface Context {

  /** The invocation's id: the platform's when it sent one, otherwise unique within the host. */
  String id();

  /** What the function was given for its whole life: name, version, variables, resources. */
  Environment environment();

  /**
   * The time left before the call is answered without the function's result; never negative, empty when
   * the call has no deadline. Measured on the monotonic clock.
   */
  Optional<Duration> remaining();

  /**
   * Whether the result is no longer wanted: the deadline passed, the client left, or the host is closing.
   * A function that works in steps looks here between them; the running thread is interrupted as well.
   */
  boolean isCancelled();

  /**
   * Whether nobody waits for the result: the host calls the function so that what it needs is loaded and compiled before it gets traffic.
   * Code that would do something outside should not do it then.
   */
  default boolean isPriming() {
    return false;
  }

  /**
   * What the platform said about the call that is neither its body nor a header, by documented lower-case
   * names such as {@code fission.trigger}; unmodifiable, possibly empty.
   */
  Map<String, String> attributes();

  /**
   * Has something done once the caller has been answered, however the call ends: in the order asked for, on a thread of
   * the host's, with the function's context class loader, while the call keeps its place in its instance. All of it
   * together may take as long as the function's run limit, or 30 s where it has none; then it is interrupted. A failure is logged.
   * Stand-ins for tests may leave this out: it then runs at once.
   *
   * @throws IllegalStateException if the call has ended
   */
  default void afterResponse(Runnable task) {
    task.run();
  }

  /** As {@link Environment#log}, but every line is this call's, on whatever thread it is written. */
  default Log log() {
    return environment().log();
  }

  /** The W3C {@code traceparent} of the caller (Trace Context, section 3.2), when there was one. */
  Optional<String> traceparent();
}
