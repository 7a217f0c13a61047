package dev.hearth.http.contract.lambda;

import java.util.Map;

/** How answers go out, as {@code HEARTH_LAMBDA_RESPONSE} says. */
enum ResponseMode {
  /** All of it at the end, which every caller understands. */
  BUFFERED("buffered"),
  /** As it is written, under the content type that the function sets. */
  STREAMING("streaming"),
  /** As it is written, behind status, headers and cookies: for function URLs and gateways that stream. */
  HTTP_STREAMING("http-streaming");

  static final String VARIABLE = "HEARTH_LAMBDA_RESPONSE";

  private final String word;

  ResponseMode(String word) {
    this.word = word;
  }

  /**
   * The mode that the variables ask for.
   *
   * @throws IllegalArgumentException if there is no such mode; the message names the variable
   */
  static ResponseMode of(Map<String, String> environment) {
    String asked = environment.get(VARIABLE);
    if (asked == null || asked.isEmpty()) {
      return BUFFERED;
    }
    for (ResponseMode mode : values()) {
      if (mode.word.equals(asked)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        VARIABLE + " is '" + asked + "'; it must be buffered, streaming or http-streaming");
  }

  boolean streams() {
    return this != BUFFERED;
  }
}
