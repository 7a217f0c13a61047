package dev.hearth.signature.azure;

/** What a route demands of a parameter ("Azure Functions HTTP trigger", route constraints); a set of the common ones. */
final class Constraint {

  private static final int GUID = 36;

  private Constraint() {}

  /**
   * Whether a value is what constraints demand.
   *
   * @param constraints set off by colons, such as {@code int:min(1)}; those that are not known hold
   */
  static boolean holds(String constraints, String value) {
    int from = 0;
    while (from < constraints.length()) {
      int colon = constraints.indexOf(':', from);
      int to = colon < 0 ? constraints.length() : colon;
      if (!one(constraints.substring(from, to), value)) {
        return false;
      }
      from = to + 1;
    }
    return true;
  }

  private static boolean one(String constraint, String value) {
    return switch (constraint) {
      case "int", "long" -> isNumber(value);
      case "bool" -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      case "alpha" -> isAlpha(value);
      case "guid" -> isGuid(value);
      default -> true;
    };
  }

  private static boolean isNumber(String value) {
    int from = value.startsWith("-") ? 1 : 0;
    for (int i = from; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return value.length() > from;
  }

  private static boolean isAlpha(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGuid(String value) {
    boolean fits = value.length() == GUID;
    for (int i = 0; fits && i < GUID; i++) {
      boolean isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
      char c = value.charAt(i);
      fits = isHyphen ? c == '-' : Character.digit(c, 16) >= 0;
    }
    return fits;
  }
}
