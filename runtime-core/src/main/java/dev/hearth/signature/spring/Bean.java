package dev.hearth.signature.spring;

import org.jspecify.annotations.Nullable;

/** A function, or a composition of some, as a catalogue gives it. Thread-safe. */
interface Bean {

  /** What it takes and gives. */
  enum Kind {
    SUPPLIER,
    FUNCTION,
    CONSUMER
  }

  /** Its name, or those of its parts with bars between them. */
  String definition();

  Kind kind();

  /**
   * Calls it.
   *
   * @param message what is sent; a supplier looks at nothing of it
   * @param asStream whether the result is sent item by item
   * @return a value, an {@link Envelope}, {@link Many} of these, or a {@link java.util.concurrent.CompletionStage} of any; null for
   *     nothing
   * @throws Throwable what the function threw, as it threw it
   */
  @Nullable Object call(Envelope message, boolean asStream) throws Throwable;
}
