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
   * The first part of the request's path, where it was what named the function: {@code /name}. Empty where something else did.
   * Functions that have paths of their own look behind it.
   */
  default String basePath() {
    return "";
  }
}
