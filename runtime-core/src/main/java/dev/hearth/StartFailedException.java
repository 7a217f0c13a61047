package dev.hearth;

import dev.hearth.loader.DeployException;
import org.jspecify.annotations.Nullable;

/**
 * Says that a function cannot be served because its own code failed while it was started: {@link #getCause} is what its
 * static initialiser, constructor or init hook threw, or a {@link java.util.concurrent.TimeoutException} when they took too long.
 */
public final class StartFailedException extends DeployException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String handler;

  StartFailedException(String message, @Nullable String handler, Throwable cause) {
    super(message, cause);
    this.handler = handler;
  }

  /** The handler, as found: {@code pkg.Class} or {@code pkg.Class::method}; null when the archive was to tell and had not yet. */
  public @Nullable String handler() {
    return handler;
  }
}
