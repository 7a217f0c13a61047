package dev.hearth.http.contract.azure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A time as {@code host.json} writes it: {@code [d.]hh:mm:ss[.fraction]}, of which fractions are left out. */
final class TimeSpan {

  private static final int MOST_DIGITS = 6;

  private TimeSpan() {}

  /** The time that a text says; null if it says none, or a negative one, which means without end. */
  static @Nullable Duration parse(String text) {
    int first = text.indexOf(':');
    int second = first < 0 ? -1 : text.indexOf(':', first + 1);
    if (second < 0) {
      return null;
    }
    int dot = text.indexOf('.');
    boolean hasDays = dot >= 0 && dot < first;
    int fraction = text.indexOf('.', second);
    long days = hasDays ? number(text.substring(0, dot)) : 0;
    long hours = number(text.substring(hasDays ? dot + 1 : 0, first));
    long minutes = number(text.substring(first + 1, second));
    long seconds = number(text.substring(second + 1, fraction < 0 ? text.length() : fraction));
    if (days < 0 || hours < 0 || minutes < 0 || seconds < 0) {
      return null;
    }
    return Duration.ofDays(days).plusHours(hours).plusMinutes(minutes).plusSeconds(seconds);
  }

  private static long number(String digits) {
    long value = digits.isEmpty() || digits.length() > MOST_DIGITS ? -1 : 0;
    for (int i = 0; value >= 0 && i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      value = digit < 0 || digit > 9 ? -1 : value * 10 + digit;
    }
    return value;
  }
}
