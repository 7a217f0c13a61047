package dev.hearth.invoke;

/** A call used more than it may, and was ended for it. */
public final class LimitReachedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message names the limit, its value and what was used
   */
  public LimitReachedException(String message) {
    super(message, null, false, false); // what the host was doing says nothing
  }
}
