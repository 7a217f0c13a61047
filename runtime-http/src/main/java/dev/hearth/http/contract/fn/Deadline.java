package dev.hearth.http.contract.fn;

import dev.hearth.invoke.Call;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The time at which Fn's agent stops waiting for a call: RFC 3339, section 5.6, with any offset. Read by hand: the JDK's formatters cost
 * much when they are first used.
 *
 * @param seconds since the epoch
 * @param nanos beyond that
 * @param truncated whether it has no fraction, as the agent writes it (fnproject/fn, {@code api/agent/agent.go}), so that up to a second
 *     was cut off
 */
record Deadline(long seconds, int nanos, boolean truncated) {

  private static final String FORM = "0000-00-00T00:00:00";
  private static final long DAY_SECONDS = 86_400;

  /** An answer that the agent is to have in time is made this much before. */
  private static final long MARGIN = 50_000_000;

  /** The most that a call is taken to have been under way. */
  private static final long UNDER_WAY = 20_000_000;

  /** No live call is older: a time before is one that a clock was set away from, or that nobody meant. */
  private static final long LIVE_SECONDS = 3600;

  /**
   * Reads one.
   *
   * @throws MalformedCallException if it is none
   */
  static Deadline parse(String text) throws MalformedCallException {
    int at = FORM.length();
    if (text.length() <= at || !hasForm(text, 0, FORM)) {
      throw malformed(text);
    }
    boolean fraction = text.charAt(at) == '.';
    int nanos = 0;
    if (fraction) {
      int digits = 0;
      for (at++; at < text.length() && isDigit(text.charAt(at)); at++) {
        nanos = digits++ < 9 ? nanos * 10 + text.charAt(at) - '0' : nanos;
      }
      if (digits == 0) {
        throw malformed(text);
      }
      for (; digits < 9; digits++) {
        nanos *= 10;
      }
    }
    return new Deadline(seconds(text) - offset(text, at), nanos, !fraction);
  }

  private static long seconds(String text) throws MalformedCallException {
    int hour = number(text, 11);
    int minute = number(text, 14);
    int second = number(text, 17);
    if (hour > 23 || minute > 59 || second > 60) {
      throw malformed(text);
    }
    try {
      int year = number(text, 0) * 100 + number(text, 2);
      long day = LocalDate.of(year, number(text, 5), number(text, 8)).toEpochDay();
      return day * DAY_SECONDS + hour * 3600L + minute * 60L + second;
    } catch (DateTimeException e) {
      throw malformed(text);
    }
  }

  private static long offset(String text, int at) throws MalformedCallException {
    char sign = at < text.length() ? text.charAt(at) : 0;
    if ((sign == 'Z' || sign == 'z') && text.length() == at + 1) {
      return 0;
    }
    boolean numeric = (sign == '+' || sign == '-') && text.length() == at + 6;
    if (!numeric || !hasForm(text, at + 1, "00:00")) {
      throw malformed(text);
    }
    int hours = number(text, at + 1);
    int minutes = number(text, at + 4);
    if (hours > 23 || minutes > 59) {
      throw malformed(text);
    }
    long offset = hours * 3600L + minutes * 60L;
    return sign == '-' ? -offset : offset;
  }

  private static boolean hasForm(String text, int from, String form) {
    for (int i = 0; i < form.length(); i++) {
      char expected = form.charAt(i);
      char c = text.charAt(from + i);
      boolean fits = expected == '0' ? isDigit(c) : c == expected || (expected == 'T' && c == 't');
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static MalformedCallException malformed(String text) {
    return new MalformedCallException(
        "header Fn-Deadline is '"
            + text
            + "'; it must be a time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00.5+02:00");
  }

  /**
   * When a call must have been answered that has come now, as {@link Call#deadlineNanos}: a moment before the agent stops waiting, so that
   * it keeps the container.
   *
   * <p>Time limits are whole seconds and begin when the call is sent. So the fraction that was cut off is the one at which the call was
   * sent, a moment ago; without it, a function with a limit of a second would often have nearly nothing of it.
   *
   * @param now what the clock says
   * @param nanoTime the same as {@link System#nanoTime}
   */
  long nanoTime(Instant now, long nanoTime) {
    Instant sent =
        truncated ? Instant.ofEpochSecond(now.minusNanos(UNDER_WAY).getEpochSecond()) : now;
    Duration away = Duration.between(sent, Instant.ofEpochSecond(seconds, nanos));
    if (away.toSeconds() < -LIVE_SECONDS || away.toSeconds() > DAY_SECONDS) {
      return Call.NO_DEADLINE;
    }
    long left = away.toNanos() - (truncated ? UNDER_WAY : 0);
    return nanoTime + left - Math.min(MARGIN, Math.max(0, left / 10));
  }
}
