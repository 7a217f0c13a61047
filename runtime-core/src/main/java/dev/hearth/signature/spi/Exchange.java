package dev.hearth.signature.spi;

import dev.hearth.function.Request;
import dev.hearth.function.Response;

/** What came in and what goes out, for one invocation. */
public interface Exchange {

  /** What was sent. */
  Request request();

  /** What will be answered. */
  Response response();

  /**
   * Whether a client sent the request by HTTP, so that method, path, query and headers are the client's; false for an event that a
   * platform handed over, of which the body is all there is.
   */
  default boolean isHttp() {
    return false;
  }

  /**
   * The first part of the request's path, where it was what named the function: {@code /name}. Empty where something else did.
   * Functions that have paths of their own look behind it.
   */
  default String basePath() {
    return "";
  }
}
