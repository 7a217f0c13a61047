package dev.hearth.signature.spi;

import org.jspecify.annotations.Nullable;

/** Says that what a function returned cannot be written; the function's fault. */
public final class OutputException extends Exception {

  private static final long serialVersionUID = 1L;

  public OutputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
