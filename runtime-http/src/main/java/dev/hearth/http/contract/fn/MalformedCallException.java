package dev.hearth.http.contract.fn;

/** Says that a request is no call as Fn's agent makes them. */
final class MalformedCallException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedCallException(String message) {
    super(message);
  }
}
