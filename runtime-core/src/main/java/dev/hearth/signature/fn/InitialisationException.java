package dev.hearth.signature.fn;

import com.fnproject.fn.api.exception.FunctionLoadException;
import org.jspecify.annotations.Nullable;

/** Says that a function could not be made ready for its calls, with what its code threw as the cause. */
final class InitialisationException extends FunctionLoadException {

  private static final long serialVersionUID = 1L;

  private InitialisationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * One with this cause, which is told in the message.
   *
   * @throws Error the cause, if it is one
   */
  static InitialisationException of(String what, @Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new InitialisationException(cause == null ? what : what + ": " + cause, cause);
  }
}
