package dev.hearth.http.contract.openfaas;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as Go writes them: {@code 300ms}, {@code 1m30s}, {@code 1.5h} (package time, ParseDuration and Duration.String). */
final class GoDuration {

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final double MOST = 9.2e18; // nanoseconds that a long holds

  private final String text;
  private int at;

  private GoDuration(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** A duration, which may be negative; null when the text is none. */
  static @Nullable Duration parse(String text) {
    boolean negative = text.startsWith("-");
    int begin = negative || text.startsWith("+") ? 1 : 0;
    double nanos =
        text.substring(begin).equals("0") ? 0 : new GoDuration(text, begin).nanosOfParts();
    if (Double.isNaN(nanos) || nanos > MOST) {
      return null;
    }
    return Duration.ofNanos(negative ? -Math.round(nanos) : Math.round(nanos));
  }

  /** NaN when it is none. */
  private double nanosOfParts() {
    double sum = at < text.length() ? 0 : Double.NaN;
    while (at < text.length() && !Double.isNaN(sum)) {
      sum += number() * unit();
    }
    return sum;
  }

  private double number() {
    double value = 0;
    int digits = 0;
    for (; isDigit(); at++, digits++) {
      value = value * 10 + (text.charAt(at) - '0');
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      double scale = 0.1;
      for (; isDigit(); at++, digits++, scale /= 10) {
        value += (text.charAt(at) - '0') * scale;
      }
    }
    return digits == 0 ? Double.NaN : value;
  }

  private boolean isDigit() {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private double unit() {
    int begin = at;
    while (at < text.length() && text.charAt(at) != '.' && !isDigit()) {
      at++;
    }
    return switch (text.substring(begin, at)) {
      case "ns" -> 1;
      case "us", "\u00b5s", "\u03bcs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      default -> Double.NaN;
    };
  }

  /** As Go prints it, down to milliseconds: {@code 500ms}, {@code 2s}, {@code 1m30s}. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    long seconds = millis / 1000;
    StringBuilder text = new StringBuilder();
    if (seconds >= 3600) {
      text.append(seconds / 3600).append('h');
    }
    if (seconds >= 60) {
      text.append(seconds / 60 % 60).append('m');
    }
    text.append(seconds % 60);
    long rest = millis % 1000;
    if (rest > 0) {
      String digits = String.valueOf(1000 + rest).substring(1);
      text.append('.').append(digits.replaceAll("0+$", ""));
    }
    return text.append('s').toString();
  }
}
