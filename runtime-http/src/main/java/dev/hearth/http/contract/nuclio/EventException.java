package dev.hearth.http.contract.nuclio;

/** Says that a line is no event, and with which status it is answered. */
final class EventException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  EventException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
