package dev.hearth.http.ops;

/** Says that a change is not made, and why, in words for whoever asked for it. */
public final class RefusedChangeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A refusal.
   *
   * @param status of the answer, 400 to 599
   */
  public RefusedChangeException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }
}
