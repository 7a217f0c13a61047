package dev.hearth.cli;

import org.jspecify.annotations.Nullable;

/** Says in one sentence what is wrong with what the user asked for, and what would be right. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
