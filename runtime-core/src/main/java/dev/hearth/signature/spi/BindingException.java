package dev.hearth.signature.spi;

import org.jspecify.annotations.Nullable;

/** Says that a handler cannot be bound. The message is one line that names the handler and what to change. */
public final class BindingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BindingException(String message) {
    super(message);
  }

  /**
   * @param cause what the JDK threw; null when there is nothing more to say
   */
  public BindingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
