package dev.hearth;

/** The function, its constructor or its init hook threw; {@link #getCause} is what they threw. */
public final class FunctionFailedException extends InvocationException {

  private static final long serialVersionUID = 1L;

  FunctionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
