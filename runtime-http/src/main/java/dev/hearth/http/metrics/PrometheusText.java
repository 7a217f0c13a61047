package dev.hearth.http.metrics;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes numbers as Prometheus reads them. Not thread-safe; made for one answer. */
public final class PrometheusText {

  /** The media type. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private final Set<String> wanted;
  private String family = "";
  private boolean written; // whether the present family is wanted

  /** What a family's numbers mean. */
  public enum Kind {
    /** Only grows. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** How many observations were within each bound. */
    HISTOGRAM
  }

  /** For every family. */
  public PrometheusText() {
    this(Set.of());
  }

  /**
   * For some families.
   *
   * @param wanted their names; empty for all
   */
  public PrometheusText(Set<String> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  /**
   * Begins a family, once for each name.
   *
   * @param name letters, digits, {@code _} and {@code :}, not beginning with a digit
   * @param help one line for people; may hold anything
   */
  public PrometheusText family(String name, String help, Kind kind) {
    requireName(name);
    family = name;
    written = wanted.isEmpty() || wanted.contains(name);
    if (written) {
      text.append("# HELP ").append(name).append(' ');
      escape(help, false);
      text.append("\n# TYPE ")
          .append(name)
          .append(' ')
          .append(kind.name().toLowerCase(Locale.ROOT))
          .append('\n');
    }
    return this;
  }

  /**
   * Writes one number of the family that was begun.
   *
   * @param suffix of its name, such as {@code _bucket}; empty for the family's own
   * @param labels names and values in turn; values may hold anything
   */
  public PrometheusText sample(String suffix, double value, String... labels) {
    return sample(suffix, value, List.of(labels));
  }

  /** The same of a count. */
  public PrometheusText sample(String suffix, long value, String... labels) {
    return sample(suffix, (double) value, List.of(labels));
  }

  /** As {@link #sample(String, long, String...)}. */
  public PrometheusText sample(String suffix, long value, List<String> labels) {
    return sample(suffix, (double) value, labels);
  }

  /** As {@link #sample(String, double, String...)}. */
  public PrometheusText sample(String suffix, double value, List<String> labels) {
    if (family.isEmpty() || labels.size() % 2 != 0) {
      throw new IllegalStateException(
          "family is '" + family + "', labels are " + labels + "; begin a family, give pairs");
    }
    if (written) {
      text.append(family).append(suffix);
      labels(labels);
      text.append(' ').append(number(value)).append('\n');
    }
    return this;
  }

  private void labels(List<String> labels) {
    for (int i = 0; i < labels.size(); i += 2) {
      requireName(labels.get(i));
      text.append(i == 0 ? '{' : ',').append(labels.get(i)).append("=\"");
      escape(labels.get(i + 1), true);
      text.append('"');
    }
    if (!labels.isEmpty()) {
      text.append('}');
    }
  }

  /** How a number, or a bound, is written. */
  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private void escape(String value, boolean quoted) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || (quoted && c == '"')) {
        text.append('\\').append(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else {
        text.append(c);
      }
    }
  }

  private static void requireName(String name) {
    boolean valid = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
      valid &= letter || (i > 0 && c >= '0' && c <= '9');
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a metric; use letters, digits, '_' and ':'");
    }
  }

  /** What was written, in UTF-8. */
  public byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
