package dev.hearth.cli.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the file with a fixed set of keys. Each accessor gives the value, or the fallback after
 * noting the problem, so that reading goes on and every problem of a file is found at once.
 *
 * <p>Scalars are read by what the key wants, never by how they look: where text is wanted, {@code yes},
 * {@code 012} and {@code 12:30:00} are those characters; where a number is wanted, only decimal digits
 * without leading zero and without quotes are one.
 */
final class Section {

  private final String path;
  private final Tree.Mapping mapping;
  private final Problems problems;

  private Section(String path, Tree.Mapping mapping, Problems problems) {
    this.path = path;
    this.mapping = mapping;
    this.problems = problems;
  }

  /**
   * A section, its keys checked.
   *
   * @param path where it stands, such as {@code functions.resize}; empty for the whole file
   * @return null if it is no mapping, which is noted
   */
  static @Nullable Section of(String path, Tree tree, Keys keys, Problems problems) {
    Tree.Mapping mapping = mapping(path, tree, problems);
    if (mapping == null) {
      return null;
    }
    Section section = new Section(path, mapping, problems);
    mapping.entries().forEach((key, entry) -> section.checkKey(key, entry.keyAt(), keys));
    return section;
  }

  static Tree.@Nullable Mapping mapping(String path, Tree tree, Problems problems) {
    if (tree instanceof Tree.Mapping mapping) {
      return mapping;
    }
    problems.add(
        tree.at(),
        (path.isEmpty() ? "the file" : path) + " is " + tree.kind() + "; expected a mapping");
    return null;
  }

  private void checkKey(String key, Position at, Keys keys) {
    if (keys.later().contains(key)) {
      problems.add(at, "key '" + name(key) + "' is not supported yet; remove it");
    } else if (!keys.known().contains(key)) {
      problems.add(
          at,
          "unknown key '"
              + name(Suggestions.shortened(key))
              + "'; "
              + Suggestions.hint(key, keys.known()));
    }
  }

  /** The key with the path before it. */
  String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Position at() {
    return mapping.at();
  }

  /** The value's place; the section's when the key is absent. */
  Position at(String key) {
    Tree.Entry entry = mapping.entries().get(key);
    return entry == null ? mapping.at() : entry.value().at();
  }

  @Nullable Tree tree(String key) {
    Tree.Entry entry = mapping.entries().get(key);
    return entry == null ? null : entry.value();
  }

  void problem(String key, String message) {
    problems.add(at(key), name(key) + " " + message);
  }

  void missing(String key, String expected) {
    if (!mapping.entries().containsKey(key)) {
      problems.add(mapping.at(), name(key) + " is missing; expected " + expected);
    }
  }

  /** A section within; null if absent or refused. */
  @Nullable Section section(String key, Keys keys) {
    Tree tree = tree(key);
    return tree == null ? null : of(name(key), tree, keys, problems);
  }

  /** Text that is not empty; null if absent or refused. */
  @Nullable String text(String key) {
    String text = scalar(key, "text");
    if (text != null && text.isBlank()) {
      problem(key, "is empty; expected text");
      return null;
    }
    return text;
  }

  /** A whole number; null if absent or refused. */
  @Nullable Integer number(String key, int least, int most) {
    Tree tree = tree(key);
    String expected = "a whole number within " + least + " to " + most;
    String text = scalar(key, expected);
    if (text == null) {
      return null;
    }
    boolean quoted = tree instanceof Tree.Scalar scalar && !scalar.plain();
    if (quoted || !isPlainNumber(text)) {
      problem(
          key,
          "is "
              + (quoted ? "text in quotes" : "'" + Suggestions.shortened(text) + "'")
              + "; expected "
              + expected);
      return null;
    }
    long value = text.length() > 10 ? Long.MAX_VALUE : Long.parseLong(text);
    if (value < least || value > most) {
      problem(key, "is " + Suggestions.shortened(text) + "; expected " + expected);
      return null;
    }
    return (int) value;
  }

  private static boolean isPlainNumber(String text) {
    if (text.isEmpty() || (text.length() > 1 && text.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** A duration; null if absent or refused. */
  @Nullable Duration duration(String key, Duration least) {
    String text = scalar(key, Durations.FORM);
    if (text == null) {
      return null;
    }
    try {
      return Durations.parse(text, least);
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A size in bytes; null if absent or refused. */
  @Nullable Long size(String key, long least) {
    String text = scalar(key, Sizes.FORM);
    if (text == null) {
      return null;
    }
    try {
      return Sizes.parse(text, least);
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** One of a few words; null if absent or refused. */
  @Nullable String choice(String key, List<String> choices) {
    String text = scalar(key, "one of " + String.join(", ", choices));
    if (text == null || choices.contains(text)) {
      return text;
    }
    problem(key, "is '" + Suggestions.shortened(text) + "'; " + Suggestions.hint(text, choices));
    return null;
  }

  /** A list of texts; empty if absent. */
  List<String> texts(String key) {
    Tree tree = tree(key);
    List<String> texts = new ArrayList<>();
    if (tree instanceof Tree.Sequence sequence) {
      for (Tree item : sequence.items()) {
        String text = scalar(name(key) + "[" + texts.size() + "]", item, "text");
        if (text != null) {
          texts.add(text);
        }
      }
    } else if (tree != null) {
      problem(key, "is " + tree.kind() + "; expected a list, such as [a, b]");
    }
    return texts;
  }

  /** A mapping of texts; empty if absent. */
  Map<String, String> map(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    Tree tree = tree(key);
    Tree.Mapping values = tree == null ? null : mapping(name(key), tree, problems);
    if (values != null) {
      values
          .entries()
          .forEach(
              (each, entry) -> {
                String text = scalar(name(key) + "." + each, entry.value(), "text");
                if (text != null) {
                  texts.put(each, text);
                }
              });
    }
    return texts;
  }

  private @Nullable String scalar(String key, String expected) {
    Tree tree = tree(key);
    return tree == null ? null : scalar(name(key), tree, expected);
  }

  private @Nullable String scalar(String name, Tree tree, String expected) {
    if (tree instanceof Tree.Scalar scalar && !scalar.isNull()) {
      return scalar.text();
    }
    problems.add(
        tree.at(), Suggestions.shortened(name) + " is " + tree.kind() + "; expected " + expected);
    return null;
  }
}
