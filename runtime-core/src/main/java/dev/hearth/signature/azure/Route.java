package dev.hearth.signature.azure;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route template as {@code @HttpTrigger} has it: literal segments, <code>{id}</code>, <code>{id?}</code>, <code>{id=7}</code>,
 * <code>{id:int}</code> and <code>{*rest}</code>, a parameter perhaps with text around it. Constraints are the Azure host's to check and
 * are looked at only where they tell one route from another; a segment with two parameters fits no path. Immutable.
 *
 * <p>Used by a function, for its parameters, and by a contract, to find the function.
 */
public final class Route {

  private final List<Segment> segments;

  private Route(List<Segment> segments) {
    this.segments = segments;
  }

  /**
   * A part of a template between slashes.
   *
   * @param before text before the parameter; all of it where there is none
   * @param parameter name of the parameter, or null
   * @param after text behind the parameter
   * @param isRest whether the parameter takes all that is left
   * @param otherwise what it is where the path ends before; null if the path must not
   * @param isOptional whether the path may end before it
   * @param constraint what the parameter must be, such as {@code int}; empty for anything
   */
  private record Segment(
      String before,
      @Nullable String parameter,
      String after,
      boolean isRest,
      @Nullable String otherwise,
      boolean isOptional,
      String constraint) {

    static Segment of(String text) {
      int open = text.indexOf('{');
      int close = close(text, open);
      if (open < 0 || close < open || text.indexOf('{', close) >= 0) {
        return new Segment(text, null, "", false, null, false, "");
      }
      String name = text.substring(open + 1, close);
      boolean isRest = name.startsWith("*");
      while (name.startsWith("*")) {
        name = name.substring(1);
      }
      boolean isOptional = name.endsWith("?") || isRest;
      name = name.endsWith("?") ? name.substring(0, name.length() - 1) : name;
      int equals = name.indexOf('=');
      String otherwise = equals < 0 ? null : name.substring(equals + 1);
      name = equals < 0 ? name : name.substring(0, equals);
      int colon = name.indexOf(':');
      return new Segment(
          text.substring(0, open),
          colon < 0 ? name : name.substring(0, colon),
          text.substring(close + 1),
          isRest,
          otherwise,
          isOptional || otherwise != null,
          colon < 0 ? "" : name.substring(colon + 1));
    }

    /** Its place among those that a part of a path fits, as ASP.NET's routing has it: what says more goes first. */
    char rank() {
      if (isRest) {
        return '5';
      }
      boolean isWhole = before.isEmpty() && after.isEmpty();
      return parameter == null ? '1' : !isWhole || !constraint.isEmpty() ? '2' : '3';
    }

    /** Where the parameter ends that begins at an index; braces of a constraint are doubled. */
    private static int close(String text, int open) {
      int close = text.indexOf('}', open + 1);
      while (close >= 0 && text.startsWith("}}", close)) {
        close = text.indexOf('}', close + 2);
      }
      return close;
    }

    /** The parameter's value in a part of a path; null if the part does not fit. */
    @Nullable String in(String part) {
      int end = part.length() - after.length();
      boolean fits =
          end >= before.length()
              && part.regionMatches(true, 0, before, 0, before.length())
              && part.regionMatches(true, end, after, 0, after.length());
      return fits ? part.substring(before.length(), end) : null;
    }
  }

  /** A template. */
  public static Route of(String template) {
    List<Segment> segments = new ArrayList<>();
    for (String text : parts(template)) {
      segments.add(Segment.of(text));
    }
    return new Route(List.copyOf(segments));
  }

  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    int at = path.startsWith("/") ? 1 : 0;
    while (at < path.length()) {
      int end = path.indexOf('/', at);
      end = end < 0 ? path.length() : end;
      parts.add(path.substring(at, end));
      at = end + 1;
    }
    return parts;
  }

  /**
   * The parameters in a path, decoded.
   *
   * @param path as sent
   * @param before what may stand before the route, such as {@code api}: the first of these that leaves a path that fits
   * @return empty if the path does not fit
   */
  public Map<String, String> parameters(String path, String... before) {
    List<String> parts = parts(path);
    for (String prefix : before) {
      List<String> leading = parts(prefix);
      Map<String, String> found =
          beginsWith(parts, leading) ? match(parts.subList(leading.size(), parts.size())) : null;
      if (found != null) {
        return found;
      }
    }
    Map<String, String> found = match(parts);
    return found == null ? Map.of() : found;
  }

  /**
   * Whether a path fits, constraints included: {@code int}, {@code long}, {@code bool}, {@code alpha} and {@code guid}; others are taken
   * to hold.
   *
   * @param path as sent
   * @param prefix what stands before the route, such as {@code api}; empty for nothing
   */
  public boolean fits(String path, String prefix) {
    List<String> parts = parts(path);
    List<String> leading = parts(prefix);
    if (!beginsWith(parts, leading)) {
      return false;
    }
    Map<String, String> found = match(parts.subList(leading.size(), parts.size()));
    if (found == null) {
      return false;
    }
    for (Segment segment : segments) {
      String value = segment.parameter == null ? null : found.get(segment.parameter);
      if (value != null && !Constraint.holds(segment.constraint, value)) {
        return false;
      }
    }
    return true;
  }

  /** Sorts routes that one path fits: of two, the one with the lesser rank is meant. */
  public String rank() {
    StringBuilder rank = new StringBuilder();
    for (Segment segment : segments) {
      rank.append(segment.rank());
    }
    return rank.toString();
  }

  private static boolean beginsWith(List<String> parts, List<String> leading) {
    boolean begins = leading.size() <= parts.size();
    for (int i = 0; begins && i < leading.size(); i++) {
      begins = leading.get(i).equalsIgnoreCase(parts.get(i));
    }
    return begins;
  }

  private @Nullable Map<String, String> match(List<String> parts) {
    Map<String, String> found = new LinkedHashMap<>();
    int at = 0;
    for (Segment segment : segments) {
      if (segment.isRest) {
        put(
            found,
            segment,
            String.join("/", parts.subList(Math.min(at, parts.size()), parts.size())));
        return found;
      }
      if (at >= parts.size()) {
        if (!segment.isOptional) {
          return null;
        }
        put(found, segment, segment.otherwise);
      } else {
        String value = segment.in(parts.get(at));
        boolean isWhole = segment.parameter != null || "".equals(value);
        if (value == null || !isWhole) {
          return null;
        }
        put(found, segment, value);
      }
      at++;
    }
    return at < parts.size() ? null : found;
  }

  private static void put(Map<String, String> found, Segment segment, @Nullable String value) {
    if (segment.parameter != null && value != null && !(segment.isRest && value.isEmpty())) {
      found.put(segment.parameter, decoded(value));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a percent sign that begins no escape
    }
  }
}
