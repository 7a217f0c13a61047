package dev.hearth.http.contract.openfaas;

/** A time in seconds with a fixed number of decimals, put together without the JDK's formatter. */
final class Seconds {

  private static final long SECOND = 1_000_000_000L;

  private Seconds() {}

  /**
   * Text such as {@code 0.000959}; what is beyond the last digit is cut off.
   *
   * @param decimals 1 to 9
   */
  static String text(long nanos, int decimals) {
    StringBuilder text = new StringBuilder(20).append(nanos / SECOND).append('.');
    long rest = nanos % SECOND;
    long place = SECOND / 10;
    for (int i = 0; i < decimals; i++, place /= 10) {
      text.append((char) ('0' + rest / place % 10));
    }
    return text.toString();
  }
}
