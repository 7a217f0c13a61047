package dev.hearth;

import org.jspecify.annotations.Nullable;

/** The input does not fit the function, which was not called; send another. */
public final class InputRefusedException extends InvocationException {

  private static final long serialVersionUID = 1L;

  InputRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
