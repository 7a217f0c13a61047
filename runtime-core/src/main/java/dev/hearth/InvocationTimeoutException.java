package dev.hearth;

/** The time was up before the function was done; it was interrupted. */
public final class InvocationTimeoutException extends InvocationException {

  private static final long serialVersionUID = 1L;

  InvocationTimeoutException(String message) {
    super(message, null);
  }
}
