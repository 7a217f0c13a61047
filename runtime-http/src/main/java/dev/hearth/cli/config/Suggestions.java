package dev.hearth.cli.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody probably meant. */
public final class Suggestions {

  private static final int LONGEST = 64; // longer names are not typing mistakes

  private Suggestions() {}

  /**
   * The end of an error message: the nearest known name when one is near, else all of them.
   *
   * @param known what would have been right, in the order to list it
   */
  public static String hint(String given, Collection<String> known) {
    String nearest = nearest(given, known);
    return nearest != null
        ? "did you mean '" + nearest + "'?"
        : "known are " + String.join(", ", known);
  }

  /** The known name that is a typing mistake away, or null. */
  public static @Nullable String nearest(String given, Collection<String> known) {
    String wanted = given.toLowerCase(Locale.ROOT);
    if (wanted.length() > LONGEST) {
      return null;
    }
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best != null && bestDistance <= Math.max(1, best.length() / 3) ? best : null;
  }

  /** A user's text made fit for one line of a message. */
  public static String shortened(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() < LONGEST; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.length() > LONGEST ? line + "…" : line.toString();
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
