package dev.hearth.cli.config;

import dev.hearth.Hearth;
import dev.hearth.route.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code routes}: names, each with the functions it leads to and their weights, such as {@code resize: {stable: 95, canary: 5}}.
 * Where {@code sticky} has a text, it is the header that decides.
 */
final class RoutesReader {

  private static final String STICKY = "sticky";

  private final Problems problems;

  RoutesReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * The routes of a file.
   *
   * @param functions those that it declares
   */
  Map<String, Route> read(Section root, Map<String, Tree.Entry> functions) {
    Tree tree = root.tree("routes");
    return tree == null ? Map.of() : read(tree, functions);
  }

  /**
   * The routes of a text that has nothing else.
   *
   * @param functions null when nobody knows which there will be
   */
  Map<String, Route> read(Tree tree, @Nullable Map<String, Tree.Entry> functions) {
    Map<String, Route> routes = new LinkedHashMap<>();
    Tree.Mapping all = Section.mapping("routes", tree, problems);
    if (all == null) {
      return routes;
    }
    all.entries()
        .forEach(
            (name, entry) -> {
              Route route = Hearth.isName(name) ? route(name, entry.value(), functions) : null;
              if (!Hearth.isName(name)) {
                problems.add(entry.keyAt(), "routes: name '" + shown(name) + "' is not allowed");
              } else if (route != null) {
                requireVisible(name, route, entry.keyAt(), functions);
                routes.put(name, route);
              }
            });
    return routes;
  }

  private void requireVisible(
      String name, Route route, Position at, @Nullable Map<String, Tree.Entry> functions) {
    if (functions != null && functions.containsKey(name) && !route.leadsTo(name)) {
      problems.add(
          at,
          "routes."
              + name
              + " hides the function of that name; name it among the targets, or the route otherwise");
    }
  }

  private @Nullable Route route(
      String name, Tree tree, @Nullable Map<String, Tree.Entry> functions) {
    String path = "routes." + name;
    Tree.Mapping targets = Section.mapping(path, tree, problems);
    if (targets == null) {
      return null;
    }
    Map<String, Integer> weights = new LinkedHashMap<>();
    String sticky = null;
    boolean good = true;
    for (Map.Entry<String, Tree.Entry> target : targets.entries().entrySet()) {
      String key = target.getKey();
      Tree value = target.getValue().value();
      if (key.equals(STICKY) && value instanceof Tree.Scalar text && !isNumber(text.text())) {
        sticky = header(path, text);
        good &= sticky != null;
        continue;
      }
      Integer weight = weight(path + "." + shown(key), value);
      boolean known = isKnown(path, key, target.getValue().keyAt(), functions);
      good &= weight != null && known;
      weights.put(key, weight == null ? 1 : weight);
    }
    return good ? made(path, tree, weights, sticky) : null;
  }

  private @Nullable Route made(
      String path, Tree tree, Map<String, Integer> weights, @Nullable String sticky) {
    try {
      return Route.of(weights).stickyBy(sticky);
    } catch (IllegalArgumentException e) {
      problems.add(tree.at(), path + ": " + e.getMessage());
      return null;
    }
  }

  private boolean isKnown(
      String path, String function, Position at, @Nullable Map<String, Tree.Entry> functions) {
    if (functions == null || functions.containsKey(function)) {
      return true;
    }
    problems.add(
        at,
        path
            + " leads to function '"
            + shown(function)
            + "', which is not under functions; "
            + (functions.isEmpty()
                ? "none is declared"
                : Suggestions.hint(function, functions.keySet())));
    return false;
  }

  private @Nullable Integer weight(String path, Tree value) {
    String expected = "a weight: a whole number within 0 to " + Route.MOST_WEIGHT;
    String text = value instanceof Tree.Scalar scalar && scalar.plain() ? scalar.text() : null;
    if (text != null && isNumber(text) && text.length() <= 5) {
      int weight = Integer.parseInt(text);
      if (weight <= Route.MOST_WEIGHT) {
        return weight;
      }
    }
    String found = text == null ? value.kind() : "'" + shown(text) + "'";
    problems.add(value.at(), path + " is " + found + "; expected " + expected);
    return null;
  }

  private static boolean isNumber(String text) {
    boolean number = !text.isEmpty() && (text.length() == 1 || text.charAt(0) != '0');
    for (int i = 0; i < text.length(); i++) {
      number &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return number;
  }

  private @Nullable String header(String path, Tree.Scalar text) {
    String name = text.text();
    boolean token = !name.isEmpty() && name.length() <= 100;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      token &=
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
    }
    // A weight that is out of range or a word where a number is meant ends here, too.
    if (!token || !Character.isLetter(name.charAt(0))) {
      problems.add(
          text.at(),
          path + ".sticky is '" + shown(name) + "'; expected the name of a header, such as X-User");
      return null;
    }
    return name;
  }

  private static String shown(String text) {
    return Suggestions.shortened(text);
  }
}
