package dev.hearth.http.contract.lambda;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says that the Runtime API could not be reached, did not answer in time, or answered nonsense. */
final class ApiException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Whether nothing of a reply had arrived, so that the connection may merely have been old. */
  private final boolean unanswered;

  ApiException(String message) {
    this(message, null, false);
  }

  ApiException(String message, @Nullable Throwable cause, boolean unanswered) {
    super(message, cause);
    this.unanswered = unanswered;
  }

  boolean isUnanswered() {
    return unanswered;
  }
}
