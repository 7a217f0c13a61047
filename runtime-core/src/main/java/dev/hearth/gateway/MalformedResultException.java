package dev.hearth.gateway;

/** Says that a function's result is none that its gateway could make a response of. The message is one line. */
public final class MalformedResultException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedResultException(String message) {
    super(message);
  }
}
