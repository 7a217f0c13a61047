package dev.hearth.http;

/**
 * Says that a request is not served, and why. After it nothing more of the connection is read.
 *
 * <p>Thrown within the parsing code and passed on as a message; carries no stack trace, because it tells about the
 * sender, not about the code.
 */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
