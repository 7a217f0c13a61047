package dev.hearth.cli.log;

/** Writes an instant as ISO 8601 in UTC, without the formatter's classes on the way to the first line. */
final class Timestamp {

  private static final int DAY_MILLIS = 86_400_000;

  private Timestamp() {}

  /** {@code 2026-11-24T01:02:03.004Z}; for years 0 to 9999. */
  static void write(Bytes out, long millis) {
    date(out, Math.floorDiv(millis, DAY_MILLIS), '-');
    out.add('T');
    time(out, millis);
    out.add('Z');
  }

  /** {@code 2026/11/24 01:02:03}, in UTC, as Go's log package puts it; for years 0 to 9999. */
  static void slashed(Bytes out, long millis) {
    date(out, Math.floorDiv(millis, DAY_MILLIS), '/');
    out.add(' ');
    seconds(out, Math.floorMod(millis, DAY_MILLIS));
  }

  /** {@code 01:02:03.004}, in UTC. */
  static void time(Bytes out, long millis) {
    long rest = Math.floorMod(millis, DAY_MILLIS);
    seconds(out, rest);
    out.add('.');
    out.digits(rest % 1000, 3);
  }

  private static void seconds(Bytes out, long ofDay) {
    out.digits(ofDay / 3_600_000, 2);
    out.add(':');
    out.digits(ofDay / 60_000 % 60, 2);
    out.add(':');
    out.digits(ofDay / 1000 % 60, 2);
  }

  /**
   * The civil date of a day since 1970. Counting years from March puts the leap day last, so that the
   * months before it have one pattern: 153 days in five.
   */
  private static void date(Bytes out, long epochDay, char between) {
    long day = epochDay + 719_468; // days since 0000-03-01
    long era = Math.floorDiv(day, 146_097); // 400 years
    long ofEra = day - era * 146_097;
    long yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    long ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long month = (5 * ofYear + 2) / 153; // from March
    long ofMonth = ofYear - (153 * month + 2) / 5 + 1;
    long civilMonth = month < 10 ? month + 3 : month - 9;
    out.digits(yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), 4);
    out.add(between);
    out.digits(civilMonth, 2);
    out.add(between);
    out.digits(ofMonth, 2);
  }
}
