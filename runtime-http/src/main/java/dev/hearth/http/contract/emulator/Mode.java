package dev.hearth.http.contract.emulator;

/** Whose interface is served. */
enum Mode {
  /** The Lambda service's Invoke API. */
  API("api"),
  /** The official runtime interface emulator's: one function, whatever it is called. */
  CLASSIC("rie"),
  /** The same as it is when {@code AWS_LAMBDA_MAX_CONCURRENCY} is set. */
  CONCURRENT("rie-concurrent");

  static final String VARIABLE = "HEARTH_LAMBDA_EMULATOR";

  private final String text;

  Mode(String text) {
    this.text = text;
  }

  /**
   * The mode a variable says.
   *
   * @throws IllegalArgumentException if it says nothing that exists
   */
  static Mode of(String text) {
    for (Mode mode : values()) {
      if (mode.text.equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        VARIABLE + " is '" + text + "'; it must be api, rie or rie-concurrent");
  }
}
