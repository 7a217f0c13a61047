package dev.hearth;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * Calls that a version is given before it gets traffic, so that what it needs is loaded and compiled. One that fails keeps the version from
 * being served.
 *
 * @param event the body of each
 * @param contentType of the body
 * @param times how many, 1 to 1,000,000
 */
public record Priming(byte[] event, String contentType, int times) {

  public Priming {
    event = requireNonNull(event, "event").clone();
    requireNonNull(contentType, "contentType");
    if (times < 1 || times > 1_000_000) {
      throw new IllegalArgumentException(
          "warm.times is " + times + "; it must be within 1 to 1000000");
    }
  }

  /** So many calls with this text. */
  public static Priming text(String event, int times) {
    return new Priming(event.getBytes(StandardCharsets.UTF_8), "text/plain", times);
  }

  @Override
  public byte[] event() {
    return event.clone();
  }
}
