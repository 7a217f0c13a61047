package dev.hearth.benchmarks.process;

import java.util.Locale;

/**
 * A small picture, readable on a light and on a dark page: it has no background, and its colours follow what the reader prefers.
 * Lengths are in pixels, from the upper left corner. Not thread-safe.
 */
final class Svg {

  /** Colours of series, beginning with Hearth's. */
  static final int COLOURS = 7;

  private static final String STYLE =
      """
      <style>
      text{font:12px system-ui,sans-serif;fill:#24292f}.s{font-size:11px;fill:#57606a}.t{font-size:14px;font-weight:600}
      .g{stroke:#8c959f;stroke-opacity:.35}.w{stroke:#24292f;stroke-width:1.5}.l{fill:none;stroke-width:2}
      .c0{fill:#d1570c;stroke:#d1570c}.c1{fill:#6e7781;stroke:#6e7781}.c2{fill:#0969da;stroke:#0969da}.c3{fill:#1a7f37;stroke:#1a7f37}
      .c4{fill:#8250df;stroke:#8250df}.c5{fill:#bf3989;stroke:#bf3989}.c6{fill:#9a6700;stroke:#9a6700}
      @media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}.w{stroke:#e6edf3}
      .c0{fill:#f78140;stroke:#f78140}.c1{fill:#8b949e;stroke:#8b949e}.c2{fill:#58a6ff;stroke:#58a6ff}.c3{fill:#3fb950;stroke:#3fb950}
      .c4{fill:#bc8cff;stroke:#bc8cff}.c5{fill:#f778ba;stroke:#f778ba}.c6{fill:#d29922;stroke:#d29922}}
      .l{fill:none}
      </style>
      """;

  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String title) {
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width);
    out.append(' ').append(height).append("\" width=\"").append(width).append("\" height=\"");
    out.append(height).append("\" role=\"img\">\n<title>").append(escaped(title));
    out.append("</title>\n").append(STYLE);
    text(8, 20, "t", "start", title);
  }

  /**
   * Text on a base line.
   *
   * @param kind a class of the style: {@code t} for titles, {@code s} for small, or empty
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  void text(double x, double y, String kind, String anchor, String text) {
    out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" class=\"").append(kind).append("\" text-anchor=\"").append(anchor);
    out.append("\">").append(escaped(text)).append("</text>\n");
  }

  /** A filled box. */
  void box(double x, double y, double width, double height, int colour) {
    out.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" width=\"").append(number(width)).append("\" height=\"").append(number(height));
    out.append("\" class=\"c").append(colour).append("\" stroke=\"none\"/>\n");
  }

  /**
   * A straight line.
   *
   * @param kind {@code g} for a grid, {@code w} for a whisker
   */
  void line(double x1, double y1, double x2, double y2, String kind) {
    out.append("<path class=\"").append(kind).append("\" d=\"M").append(number(x1)).append(' ');
    out.append(number(y1)).append('L').append(number(x2)).append(' ').append(number(y2));
    out.append("\"/>\n");
  }

  /** A line through points, each of x and y, with a dot at each. */
  void curve(double[][] points, int colour) {
    out.append("<polyline class=\"l c").append(colour).append("\" points=\"");
    for (double[] point : points) {
      out.append(number(point[0])).append(',').append(number(point[1])).append(' ');
    }
    out.append("\"/>\n");
    for (double[] point : points) {
      out.append("<circle class=\"c").append(colour).append("\" r=\"2.5\" cx=\"");
      out.append(number(point[0])).append("\" cy=\"").append(number(point[1])).append("\"/>\n");
    }
  }

  /** The whole document. */
  String document() {
    return out + "</svg>\n";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
