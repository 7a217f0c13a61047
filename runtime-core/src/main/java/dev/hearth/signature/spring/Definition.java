package dev.hearth.signature.spring;

import java.util.ArrayList;
import java.util.List;

/** How functions are named and put together: {@code a}, {@code a|b} or {@code a,b} for a composition, {@code a;b} for a choice. */
final class Definition {

  /** The function that calls others by what a message says. */
  static final String ROUTER = "functionRouter";

  private Definition() {}

  /** Every name in a definition, whatever joins them; none where one is missing. */
  static List<String> parts(String definition) {
    return split(definition, "|,;");
  }

  /** The functions of a composition, in the order of their calls. */
  static List<String> composed(String definition) {
    return split(definition, "|,");
  }

  /** The definitions of a choice. */
  static List<String> choices(String definition) {
    return split(definition, ";");
  }

  private static List<String> split(String text, String separators) {
    List<String> parts = new ArrayList<>(1);
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
        String part = text.substring(from, i).strip();
        if (part.isEmpty()) {
          return List.of();
        }
        parts.add(part);
        from = i + 1;
      }
    }
    return parts;
  }

  /** The name of a class as a bean: its simple name with a small letter first, unless it begins with two capitals. */
  static String beanName(String className) {
    int cut = Math.max(className.lastIndexOf('.'), className.lastIndexOf('$'));
    String simple = className.substring(cut + 1);
    boolean capitals =
        simple.length() > 1
            && Character.isUpperCase(simple.charAt(0))
            && Character.isUpperCase(simple.charAt(1));
    return capitals || simple.isEmpty()
        ? simple
        : Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
  }
}
