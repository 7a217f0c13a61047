package dev.hearth.http.contract.nuclio;

/** Says why a line is no event. */
final class EventException extends Exception {

  private static final long serialVersionUID = 1L;

  EventException(String message) {
    super(message);
  }
}
