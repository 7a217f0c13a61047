package dev.hearth.cli;

/** Says in one sentence why a host did not do what it was asked. */
final class RefusedByHostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedByHostException(String message) {
    super(message);
  }
}
