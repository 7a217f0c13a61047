package dev.hearth.signature.spi;

import dev.hearth.function.Context;

/** How a platform words the failures of functions; a {@link Binding} may implement it. Thread-safe. */
public interface FailureFormat {

  /**
   * The document that the platform's callers get, as UTF-8.
   *
   * @param failure what a call, an init hook or a constructor threw, or what this package's own exceptions say
   */
  byte[] document(Throwable failure);

  /** What the platform's log has about it. */
  String text(Throwable failure);

  /**
   * Writes {@link #text} to the platform's log, if the function's own lines go there.
   *
   * @param call what failed
   * @return whether it did; if not, logging it is left to the host
   */
  default boolean log(Throwable failure, Context call) {
    return false;
  }
}
