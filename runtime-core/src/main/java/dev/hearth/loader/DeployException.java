package dev.hearth.loader;

import org.jspecify.annotations.Nullable;

/**
 * Says that what the user gave cannot be served: the archive, the spec, or the handler named in it. The
 * message is one line that names the thing, the value, what was expected and what to do; nothing of the
 * refused version stays behind. A subtype says that the function's own code failed.
 */
public class DeployException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DeployException(String message) {
    super(message);
  }

  /**
   * @param cause what user code or the JDK threw; null when there is nothing more to say
   */
  public DeployException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
