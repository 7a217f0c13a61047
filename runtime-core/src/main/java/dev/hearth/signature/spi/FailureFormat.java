package dev.hearth.signature.spi;

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
}
