package dev.hearth.loader;

import org.jspecify.annotations.Nullable;

/** The rules for names inside an archive, the same for zip entries and for files of a directory. */
final class EntryNames {

  private EntryNames() {}

  /**
   * Refuses names that lead outside, or that other tools read differently than the JDK.
   *
   * @throws BadArchiveException naming the entry
   */
  static void check(String name) throws BadArchiveException {
    String fault = fault(name);
    if (fault != null) {
      throw new BadArchiveException(
          "has an entry named '"
              + printable(name)
              + "', which "
              + fault
              + "; names are relative, with forward slashes");
    }
  }

  private static @Nullable String fault(String name) {
    if (name.isEmpty()) {
      return "is no name";
    }
    if (name.indexOf('\0') >= 0) {
      return "has a NUL character";
    }
    if (name.indexOf('\\') >= 0) {
      return "has a backslash";
    }
    if (name.charAt(0) == '/' || (name.length() > 1 && name.charAt(1) == ':')) {
      return "is absolute";
    }
    return climbs(name) ? "leads outside of the archive" : null;
  }

  private static boolean climbs(String name) {
    for (int at = name.indexOf(".."); at >= 0; at = name.indexOf("..", at + 1)) {
      boolean starts = at == 0 || name.charAt(at - 1) == '/';
      boolean ends = at + 2 == name.length() || name.charAt(at + 2) == '/';
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }

  private static String printable(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < Math.min(name.length(), 200); i++) {
      char c = name.charAt(i);
      text.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.toString();
  }

  /** Whether this is part of a jar's signature, which is void once the entries move to another jar. */
  static boolean isSignature(String name) {
    if (!name.startsWith("META-INF/") || name.indexOf('/', 9) >= 0) {
      return false;
    }
    return endsWith(name, ".SF")
        || endsWith(name, ".RSA")
        || endsWith(name, ".DSA")
        || endsWith(name, ".EC");
  }

  /** Whether the name ends so, whatever the case. */
  static boolean endsWith(String name, String suffix) {
    int from = name.length() - suffix.length();
    return from >= 0 && name.regionMatches(true, from, suffix, 0, suffix.length());
  }
}
