package dev.hearth.http.contract.emulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aliases as a function's property declares them: {@code live=1, canary=1+2:0.25}. */
final class DeclaredAliases {

  private DeclaredAliases() {}

  /**
   * Reads them.
   *
   * @param text null for none
   * @throws IllegalArgumentException if it is anything else
   */
  static List<Alias> read(String function, @Nullable String text) {
    List<Alias> aliases = new ArrayList<>();
    if (text == null || text.isBlank()) {
      return aliases;
    }
    for (String part : text.split(",", -1)) {
      Alias alias = alias(part.strip());
      if (alias == null) {
        throw new IllegalArgumentException(
            "function '"
                + function
                + "': "
                + Published.ALIASES
                + " has '"
                + part.strip()
                + "'; expected name=version, or name=version+other:share with a share within 0 to 1");
      }
      aliases.add(alias);
    }
    return aliases;
  }

  private static @Nullable Alias alias(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || !Alias.isName(text.substring(0, equals))) {
      return null;
    }
    String name = text.substring(0, equals);
    String versions = text.substring(equals + 1);
    int plus = versions.indexOf('+');
    if (plus < 0) {
      boolean known = versions.equals(Alias.LATEST) || Span.digits(versions) > 0;
      return known ? Alias.of(name, versions, "") : null;
    }
    int colon = versions.indexOf(':', plus);
    String first = versions.substring(0, plus);
    String second = colon < 0 ? "" : versions.substring(plus + 1, colon);
    double share = colon < 0 ? -1 : share(versions.substring(colon + 1));
    boolean fits = Span.digits(first) > 0 && Span.digits(second) > 0 && share >= 0 && share <= 1;
    return fits ? Alias.of(name, first, "").weighted(second, share) : null;
  }

  private static double share(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
