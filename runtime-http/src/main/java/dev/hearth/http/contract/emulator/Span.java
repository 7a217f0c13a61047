package dev.hearth.http.contract.emulator;

import java.time.Duration;

/** Spans of time as the emulator's variables have them: {@code 0}, {@code 250ms}, {@code 30s}, {@code 2m}, {@code 6h}. */
final class Span {

  private static final String[] UNITS = {"ms", "s", "m", "h"};
  private static final long[] MILLIS = {1, 1000, 60_000, 3_600_000};

  private Span() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none, or longer than a day; the message names the variable
   */
  static Duration parse(String variable, String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    for (int i = 0; i < UNITS.length; i++) {
      if (text.endsWith(UNITS[i])) {
        long count = digits(text.substring(0, text.length() - UNITS[i].length()));
        if (count >= 0 && count * MILLIS[i] <= Duration.ofDays(1).toMillis()) {
          return Duration.ofMillis(count * MILLIS[i]);
        }
      }
    }
    throw new IllegalArgumentException(
        variable + " is '" + text + "'; it must be a span up to a day such as 250ms, 30s, 2m, 6h");
  }

  /** A whole number of at most nine digits; -1 if it is none. */
  static long digits(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }
}
