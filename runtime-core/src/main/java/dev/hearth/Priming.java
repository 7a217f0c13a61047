package dev.hearth;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * Calls that a version is given before it gets traffic, so that what it needs is loaded and compiled. One that fails keeps the version from
 * being served. Immutable.
 */
public final class Priming {

  private final byte[] event;
  private final String contentType;
  private final int times;

  /**
   * @param event the body of each call
   * @param contentType of the body
   * @param times how many calls, 1 to 1,000,000
   */
  public Priming(byte[] event, String contentType, int times) {
    this.event = requireNonNull(event, "event").clone();
    this.contentType = requireNonNull(contentType, "contentType");
    if (times < 1 || times > 1_000_000) {
      throw new IllegalArgumentException(
          "warm.times is " + times + "; it must be within 1 to 1000000");
    }
    this.times = times;
  }

  /** So many calls with this text. */
  public static Priming text(String event, int times) {
    return new Priming(event.getBytes(StandardCharsets.UTF_8), "text/plain", times);
  }

  /** The body of each call. */
  public byte[] event() {
    return event.clone();
  }

  /** What the body is. */
  public String contentType() {
    return contentType;
  }

  /** How many calls. */
  public int times() {
    return times;
  }
}
