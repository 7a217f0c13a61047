package dev.hearth.http.contract.emulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's route: {@code GET /pets/{id}}, {@code ANY /{proxy+}} or {@code $default}.
 *
 * @param method {@code ANY} for all
 * @param path the template, or {@code $default}
 * @param function whose it is
 */
record Route(String method, String path, String function) {

  static final String DEFAULT = "$default";
  static final String ANY = "ANY";

  private static final List<String> METHODS =
      List.of(ANY, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Reads one; null if it is none. */
  static @Nullable Route parse(String text, String function) {
    if (text.equals(DEFAULT)) {
      return new Route(ANY, DEFAULT, function);
    }
    int blank = text.indexOf(' ');
    String method = blank < 0 ? "" : text.substring(0, blank);
    String path = text.substring(blank + 1).strip();
    boolean greedyInside = path.contains("+}") && !path.endsWith("+}");
    return METHODS.contains(method) && path.startsWith("/") && !greedyInside
        ? new Route(method, path, function)
        : null;
  }

  boolean isDefault() {
    return path.equals(DEFAULT);
  }

  boolean isGreedy() {
    return path.endsWith("+}");
  }

  /** Segments that are not parameters. */
  int literals() {
    int literals = 0;
    for (String segment : path.split("/", -1)) {
      literals += segment.startsWith("{") ? 0 : 1;
    }
    return literals;
  }

  /** What its parameters match of a request; null if it does not match. */
  @Nullable Map<String, String> match(String asked, String requestPath) {
    if (!method.equals(ANY) && !method.equals(asked)) {
      return null;
    }
    if (isDefault()) {
      return Map.of();
    }
    String[] template = path.split("/", -1);
    String[] segments = requestPath.split("/", -1);
    boolean greedy = isGreedy();
    if (greedy ? segments.length < template.length : segments.length != template.length) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < template.length; i++) {
      String part = template[i];
      if (part.startsWith("{") && part.endsWith("+}")) {
        String rest = String.join("/", List.of(segments).subList(i, segments.length));
        parameters.put(part.substring(1, part.length() - 2), decoded(rest));
        return rest.isEmpty() ? null : parameters;
      }
      if (part.startsWith("{") && part.endsWith("}")) {
        if (segments[i].isEmpty()) {
          return null;
        }
        parameters.put(part.substring(1, part.length() - 1), decoded(segments[i]));
      } else if (!part.equals(decoded(segments[i]))) {
        return null;
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Whether it is to be preferred to another that matches as well. */
  boolean isBetterThan(@Nullable Route other) {
    if (other == null) {
      return true;
    }
    int own = isDefault() ? 2 : isGreedy() ? 1 : 0;
    int others = other.isDefault() ? 2 : other.isGreedy() ? 1 : 0;
    if (own != others) {
      return own < others;
    }
    if (literals() != other.literals()) {
      return literals() > other.literals();
    }
    return !method.equals(ANY) && other.method.equals(ANY);
  }

  /** As events name it, behind the method that a request had. */
  String named() {
    return method.equals(ANY) && !isDefault() ? "ANY " + path : path;
  }
}
