package dev.hearth;

/** There was no room, or the call was cancelled; the function did no work for it to the end. Try again later. */
public final class InvocationRejectedException extends InvocationException {

  private static final long serialVersionUID = 1L;

  InvocationRejectedException(String message) {
    super(message, null);
  }
}
