package dev.hearth.http.contract.lambda;

import java.util.Map;

/**
 * What the contract reads of the variables.
 *
 * @param concurrency calls that may run at once, 0 for the classic way: one
 * @param contentType of answers that stream and have none
 */
record LambdaSettings(
    ApiAddress api, int concurrency, boolean snapStart, ResponseMode mode, String contentType) {

  static final String CONCURRENCY = "AWS_LAMBDA_MAX_CONCURRENCY";
  static final String INIT_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";
  static final String CONTENT_TYPE = "HEARTH_LAMBDA_CONTENT_TYPE";

  private static final int MOST = 10_000; // what the platform lets wait for events

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one makes no sense; the message names it and its value
   */
  static LambdaSettings of(Map<String, String> environment) {
    String type = environment.getOrDefault(CONTENT_TYPE, "application/octet-stream");
    if (!isHeaderValue(type)) {
      throw new IllegalArgumentException(
          CONTENT_TYPE + " is '" + type + "'; it must be a media type such as text/html");
    }
    return new LambdaSettings(
        ApiAddress.parse(environment.get(ApiAddress.VARIABLE)),
        concurrency(environment.get(CONCURRENCY)),
        "snap-start".equals(environment.get(INIT_TYPE)),
        ResponseMode.of(environment),
        type);
  }

  /** Zero and less mean the classic way, as in the vendor's client. */
  private static int concurrency(@org.jspecify.annotations.Nullable String text) {
    if (text == null) {
      return 0;
    }
    int concurrency;
    try {
      concurrency = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      concurrency = Integer.MAX_VALUE;
    }
    if (concurrency > MOST) {
      throw new IllegalArgumentException(
          CONCURRENCY + " is '" + text + "'; it must be a number of calls, at most " + MOST);
    }
    return Math.max(0, concurrency);
  }

  /** Whether a header may hold it: printable ASCII, and something of it. */
  static boolean isHeaderValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > 0x7E) {
        return false;
      }
    }
    return !text.isBlank();
  }

  /** How many poll at once. */
  int pollers() {
    return Math.max(1, concurrency);
  }

  /** Whether several calls may run at once, which changes more than their number. */
  boolean isConcurrent() {
    return concurrency > 0;
  }
}
