package dev.hearth.signature.spi;

import dev.hearth.function.Request;
import org.jspecify.annotations.Nullable;

/** Makes what a function takes. Thread-safe. */
public interface Input {

  /** Whether a value can be given to the function as it is. */
  boolean accepts(@Nullable Object value);

  /**
   * Makes the value from a request, reading its body as far as that needs.
   *
   * @throws InputException if the request does not fit, or its body broke off
   */
  @Nullable Object read(Request request) throws InputException;
}
