package dev.hearth;

import org.jspecify.annotations.Nullable;

/** Says that an invocation gave no result; the subtype tells what the caller can do. */
public abstract sealed class InvocationException extends RuntimeException
    permits FunctionFailedException,
        InputRefusedException,
        InvocationRejectedException,
        InvocationTimeoutException {

  private static final long serialVersionUID = 1L;

  InvocationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
