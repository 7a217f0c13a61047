package dev.hearth.signature.fn;

import org.jspecify.annotations.Nullable;

/** Says that a body does not fit the parameter it was for; the sender's fault. */
final class BodyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BodyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
