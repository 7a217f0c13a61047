package dev.hearth.pool;

import java.util.Locale;

/** Tells from its text whether a statement changes the session it runs in, for whoever has the connection next. */
final class SessionText {

  /** How such statements begin. */
  private static final String[] BEGINNINGS = {
    "set ",
    "alter session",
    "use ",
    "listen",
    "prepare ",
    "create temp",
    "create global temp",
    "create local temp",
    "declare ",
    "load "
  };

  /** How those begin that end with their transaction, or change nothing for others. */
  private static final String[] HARMLESS = {"set local", "set transaction", "set constraints"};

  /** Functions of PostgreSQL and MySQL that do the same within other statements. */
  private static final String[] CALLS = {"set_config", "advisory_lock", "get_lock("};

  private static final int LONGEST = 4096; // what is looked through for calls

  private SessionText() {}

  /** Whether it does, as far as can be told without understanding it. */
  static boolean changesSession(String sql) {
    int from = beginning(sql);
    if (from >= sql.length()) {
      return false;
    }
    char first = Character.toLowerCase(sql.charAt(from));
    if (first == 's'
        || first == 'a'
        || first == 'u'
        || first == 'l'
        || first == 'p'
        || first == 'c'
        || first == 'd') {
      if (begins(sql, from, HARMLESS)) {
        return false;
      }
      if (begins(sql, from, BEGINNINGS)) {
        return true;
      }
    }
    return sql.indexOf('_') >= 0 && holdsCall(sql);
  }

  private static boolean begins(String sql, int from, String[] words) {
    for (String word : words) {
      if (sql.regionMatches(true, from, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsCall(String sql) {
    String text = sql.substring(0, Math.min(sql.length(), LONGEST)).toLowerCase(Locale.ROOT);
    for (String call : CALLS) {
      int at = text.indexOf(call);
      if (at >= 0 && !text.startsWith("pg_advisory_xact", Math.max(0, at - 12))) {
        return true;
      }
    }
    return false;
  }

  /** Where the statement begins, behind white space and comments. */
  private static int beginning(String sql) {
    int at = 0;
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int line = sql.indexOf('\n', at);
        at = line < 0 ? sql.length() : line + 1;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else {
        break;
      }
    }
    return at;
  }
}
