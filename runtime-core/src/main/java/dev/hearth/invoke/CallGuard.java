package dev.hearth.invoke;

import org.jspecify.annotations.Nullable;

/** Stops code of one version that should have ended; where the call path meets the guard. Thread-safe. */
public interface CallGuard {

  /**
   * Begins to stop what a thread runs, and goes on until {@link Stop#over}. The thread has just been interrupted. Does not block.
   *
   * @param reason one line
   * @param call the call it runs; null for other code of the function, such as its hooks
   */
  Stop stop(Thread thread, String reason, @Nullable Invocation call);

  /** A thread that is being stopped. */
  interface Stop {
    /** The thread has left the function's code: afterwards no interrupt and no error of this stop reaches it. */
    void over();
  }
}
