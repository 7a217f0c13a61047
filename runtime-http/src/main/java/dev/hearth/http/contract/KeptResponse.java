package dev.hearth.http.contract;

import dev.hearth.function.Response;

/** A response that is kept instead of being sent. Thread-safe; a function that writes late changes nothing any more. */
public interface KeptResponse extends Response {

  /** What was written, which ends the writing. */
  byte[] written();
}
