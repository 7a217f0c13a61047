package dev.hearth.guard;

/**
 * Thrown by a poll in code that has to end, again at each poll until the thread has left that code.
 *
 * <p>No subclass of {@link Exception}, so that only code which catches everything catches it.
 */
public final class StoppedError extends Error {

  private static final long serialVersionUID = 1L;

  /**
   * @param traced whether the stack is recorded, which costs time in proportion to its depth
   */
  StoppedError(String message, boolean traced) {
    super(message, null, false, traced);
  }
}
