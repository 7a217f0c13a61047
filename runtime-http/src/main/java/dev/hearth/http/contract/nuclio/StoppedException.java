package dev.hearth.http.contract.nuclio;

import java.io.IOException;

/** Says that the contract is being stopped, which ends whatever its connection waits for. */
final class StoppedException extends IOException {

  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("the contract is being stopped");
  }
}
