package dev.hearth.cloudevents;

/** Times as RFC 3339, section 5.6, writes them. By hand: the JDK's formatters cost much when they are first used. */
final class Rfc3339 {

  private static final String FORM = "0000-00-00T00:00:00";
  private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Rfc3339() {}

  /** Whether a text is one. */
  static boolean isTime(String text) {
    if (text.length() <= FORM.length() || !hasForm(text, 0, FORM)) {
      return false;
    }
    int month = number(text, 5);
    int day = number(text, 8);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= days(text, month)
        && number(text, 11) <= 23
        && number(text, 14) <= 59
        && number(text, 17) <= 60
        && isOffset(text, afterFraction(text));
  }

  private static int days(String text, int month) {
    int year = number(text, 0) * 100 + number(text, 2);
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && !leap ? 28 : DAYS[month - 1];
  }

  /** Where the offset begins; -1 when the seconds have a point and nothing behind it. */
  private static int afterFraction(String text) {
    int at = FORM.length();
    if (text.charAt(at) != '.') {
      return at;
    }
    int from = ++at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at == from ? -1 : at;
  }

  private static boolean isOffset(String text, int at) {
    if (at < 0 || at >= text.length()) {
      return false;
    }
    char first = text.charAt(at);
    if (first == 'Z' || first == 'z') {
      return at + 1 == text.length();
    }
    return (first == '+' || first == '-')
        && text.length() == at + 6
        && hasForm(text, at + 1, "00:00")
        && number(text, at + 1) <= 23
        && number(text, at + 4) <= 59;
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
}
