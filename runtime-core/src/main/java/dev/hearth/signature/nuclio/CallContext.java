package dev.hearth.signature.nuclio;

import io.nuclio.Context;
import io.nuclio.Logger;

/** What surrounds one event, or the handler's initialisation. */
final class CallContext implements Context {

  private final Logger logger;

  /**
   * @param worker the worker's id, for log records
   */
  CallContext(String worker) {
    logger = new LineLogger(worker);
  }

  @Override
  public Logger getLogger() {
    return logger;
  }
}
