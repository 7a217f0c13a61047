package dev.hearth.cli.config;

/**
 * Sizes as users write them: a whole number and one of {@code B}, {@code KiB}, {@code MiB}, {@code GiB}.
 *
 * <p>There is no sign, fraction, exponent or bare number, and no unit of which it could be asked whether a thousand or 1024 is meant.
 */
public final class Sizes {

  /** What a size looks like, for messages. */
  static final String FORM = "a whole number with B, KiB, MiB or GiB, such as 512KiB or 6MiB";

  /** The most that is accepted: 1024 GiB. */
  static final long MOST = 1L << 40;

  private static final int MOST_DIGITS = 13;

  private Sizes() {}

  /**
   * Reads one, in bytes.
   *
   * @throws IllegalArgumentException if it is written otherwise or out of range; the message continues a sentence that begins with the
   *     thing's name
   */
  public static long parse(String text, long least) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    int shift = shift(text.substring(digits));
    if (digits == 0 || shift < 0) {
      throw new IllegalArgumentException(
          "is '" + Suggestions.shortened(text) + "'; expected " + FORM);
    }
    long count = digits > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(text.substring(0, digits));
    if (count > MOST >> shift || count << shift < least) {
      throw new IllegalArgumentException(
          "is '"
              + Suggestions.shortened(text)
              + "'; it must be within "
              + write(least)
              + " to "
              + write(MOST));
    }
    return count << shift;
  }

  /** Writes one so that {@link #parse} reads it again. */
  public static String write(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB"};
    int unit = 0;
    long count = bytes;
    while (count != 0 && count % 1024 == 0 && unit < units.length - 1) {
      count /= 1024;
      unit++;
    }
    return count + units[unit];
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "B" -> 0;
      case "KiB" -> 10;
      case "MiB" -> 20;
      case "GiB" -> 30;
      default -> -1;
    };
  }
}
