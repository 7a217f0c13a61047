package dev.hearth.cli.config;

import java.time.Duration;

/**
 * Durations as users write them: a whole number and one of {@code ms}, {@code s}, {@code m}, {@code h}.
 *
 * <p>There is no sign, fraction, exponent or bare number, so that nothing can be read in two ways.
 */
public final class Durations {

  /** What a duration looks like, for messages. */
  public static final String FORM = "a whole number with ms, s, m or h, such as 500ms, 10s or 5m";

  /** The longest that is accepted: a year. */
  public static final Duration MOST = Duration.ofDays(365);

  private static final int MOST_DIGITS = 12; // a year has 31,536,000,000 ms

  private Durations() {}

  /**
   * Reads one.
   *
   * @param least the shortest that is accepted
   * @throws IllegalArgumentException if it is written otherwise or out of range; the message continues
   *     a sentence that begins with the thing's name
   */
  public static Duration parse(String text, Duration least) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    long unitMillis = unitMillis(text.substring(digits));
    if (digits == 0 || unitMillis == 0) {
      throw new IllegalArgumentException("is '" + shortened(text) + "'; expected " + FORM);
    }
    if (digits > MOST_DIGITS) {
      throw outOfRange(text, least);
    }
    long count = Long.parseLong(text.substring(0, digits));
    if (count > MOST.toMillis() / unitMillis || count * unitMillis < least.toMillis()) {
      throw outOfRange(text, least);
    }
    return Duration.ofMillis(count * unitMillis);
  }

  /** Writes one so that {@link #parse} reads it again. */
  public static String write(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0 || millis == 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 0;
    };
  }

  private static IllegalArgumentException outOfRange(String text, Duration least) {
    return new IllegalArgumentException(
        "is '" + shortened(text) + "'; it must be within " + write(least) + " to " + write(MOST));
  }

  private static String shortened(String text) {
    return Suggestions.shortened(text);
  }
}
