package dev.hearth.signature.spi;

import dev.hearth.function.Request;
import dev.hearth.function.Response;

/** What came in and what goes out, for one invocation. */
public interface Exchange {

  /** What was sent. */
  Request request();

  /** What will be answered. */
  Response response();
}
