package dev.hearth.signature.json;

import org.jspecify.annotations.Nullable;

/** What Gson means by its exceptions. */
final class GsonFailures {

  private GsonFailures() {}

  /** Its own words; where it only repeats those of a cause, these without the cause's class name. */
  static @Nullable String reason(RuntimeException e) {
    Throwable cause = e.getCause();
    String message = e.getMessage();
    return cause != null && cause.getMessage() != null && cause.toString().equals(message)
        ? cause.getMessage()
        : message;
  }
}
