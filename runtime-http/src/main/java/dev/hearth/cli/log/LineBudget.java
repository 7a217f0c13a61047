package dev.hearth.cli.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * How much of a function's lines is written: so many bytes a second, and what was saved up of two seconds. Once that is used up its lines
 * are left out and counted until a second's worth is there again, so that what is written are runs of lines rather than every tenth. Thread-safe.
 */
final class LineBudget {

  private static final double NANOS = 1e9;
  private static final int SAVED_SECONDS = 2;

  private final String function;
  private final long perSecond;

  @GuardedBy("this")
  private double left;

  @GuardedBy("this")
  private long lookedNanos;

  @GuardedBy("this")
  private boolean spent;

  @GuardedBy("this")
  private long lines;

  @GuardedBy("this")
  private long bytes;

  LineBudget(String function, long perSecond, long nowNanos) {
    this.function = function;
    this.perSecond = perSecond;
    this.left = (double) perSecond * SAVED_SECONDS;
    this.lookedNanos = nowNanos;
  }

  /**
   * What becomes of a line.
   *
   * @param admitted whether it is written
   * @param notice what is to be said before it about others; null for nothing
   */
  record Verdict(boolean admitted, @Nullable String notice) {
    static final Verdict WRITTEN = new Verdict(true, null);
    static final Verdict LEFT_OUT = new Verdict(false, null);
  }

  /** Asks for room for a line of this many bytes. */
  synchronized Verdict take(long length, long nowNanos) {
    left =
        Math.min(
            (double) perSecond * SAVED_SECONDS,
            left + (nowNanos - lookedNanos) / NANOS * perSecond);
    lookedNanos = nowNanos;
    if (spent && left >= perSecond) {
      spent = false;
      left -= length;
      String notice =
          "function '"
              + function
              + "': "
              + lines
              + " lines of "
              + bytes
              + " bytes were left out, above "
              + limit();
      lines = 0;
      bytes = 0;
      return new Verdict(true, notice);
    }
    if (!spent && left > 0) {
      left -= length; // may go below zero: no line is too long, it only takes what comes after it
      return Verdict.WRITTEN;
    }
    lines++;
    bytes += length;
    if (spent) {
      return Verdict.LEFT_OUT;
    }
    spent = true;
    return new Verdict(
        false,
        "function '"
            + function
            + "' logs more than "
            + limit()
            + "; its lines are left out for now. Have it log less, or raise the rate");
  }

  private String limit() {
    return "HEARTH_LOG_RATE=" + perSecond + " bytes a second";
  }
}
