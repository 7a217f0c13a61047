package dev.hearth.signature.nuclio;

import dev.hearth.function.Log;
import io.nuclio.Context;
import io.nuclio.Logger;

/** What surrounds one event, or the handler's initialisation. */
final class CallContext implements Context {

  private final Logger logger;

  /**
   * @param log of the function
   * @param worker the worker's id, for log records
   */
  CallContext(Log log, String worker) {
    logger = new HostLogger(log, worker);
  }

  @Override
  public Logger getLogger() {
    return logger;
  }
}
