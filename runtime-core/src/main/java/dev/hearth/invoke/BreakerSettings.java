package dev.hearth.invoke;

import java.time.Duration;
import java.util.Objects;

/**
 * When a function that keeps failing gets no more calls for a while.
 *
 * @param failures after so many failed calls in a row it is parked; at least 1
 * @param pause how long calls are refused before one of them tries it again; more than zero
 */
public record BreakerSettings(int failures, Duration pause) {

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public BreakerSettings {
    Objects.requireNonNull(pause, "pause");
    if (failures < 1) {
      throw new IllegalArgumentException(
          "breaker.failures is " + failures + "; it must be at least 1");
    }
    if (pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException(
          "breaker.pause is " + pause + "; it must be longer than zero");
    }
  }
}
