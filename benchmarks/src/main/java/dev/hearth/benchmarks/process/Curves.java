package dev.hearth.benchmarks.process;

import java.util.ArrayList;
import java.util.List;

/** A chart of several series over common steps; the vertical axis, and if told the horizontal one, are logarithmic. */
final class Curves {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;
  private static final int LEFT = 64;
  private static final int RIGHT = 190;
  private static final int TOP = 40;
  private static final int BOTTOM = 44;

  private final String title;
  private final String across;
  private final String up;
  private final List<String> steps;
  private final List<Series> all = new ArrayList<>();

  /**
   * One line.
   *
   * @param values one for each step; NaN where there is none
   */
  private record Series(String name, List<Double> values) {}

  /**
   * Without any series yet.
   *
   * @param across what the steps are
   * @param up what the values are, with their unit
   * @param steps labels, at even distances
   */
  Curves(String title, String across, String up, List<String> steps) {
    this.title = title;
    this.across = across;
    this.up = up;
    this.steps = List.copyOf(steps);
  }

  /** Adds a line; values that are not positive are left out. */
  void add(String name, List<Double> values) {
    all.add(new Series(name, List.copyOf(values)));
  }

  boolean isEmpty() {
    return all.isEmpty() || steps.size() < 2;
  }

  String document() {
    double low = Double.MAX_VALUE;
    double high = Double.MIN_NORMAL;
    for (Series series : all) {
      for (double value : series.values) {
        if (value > 0) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    int first = (int) Math.floor(Math.log10(low));
    int last = Math.max((int) Math.ceil(Math.log10(high)), first + 1);
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    svg.text(8, TOP - 4, "s", "start", up);
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "s", "middle", across);
    for (int power = first; power <= last; power++) {
      double y = y(Math.pow(10, power), first, last);
      svg.line(LEFT, y, WIDTH - RIGHT, y, "g");
      svg.text(LEFT - 6, y + 4, "s", "end", label(Math.pow(10, power)));
    }
    for (int i = 0; i < steps.size(); i++) {
      svg.text(x(i), HEIGHT - BOTTOM + 18, "s", "middle", steps.get(i));
    }
    for (int i = 0; i < all.size(); i++) {
      draw(all.get(i), i % Svg.COLOURS, i, first, last, svg);
    }
    return svg.document();
  }

  private void draw(Series series, int colour, int number, int first, int last, Svg svg) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (series.values.get(i) > 0) {
        points.add(new double[] {x(i), y(series.values.get(i), first, last)});
      }
    }
    svg.curve(points.toArray(new double[0][]), colour);
    double y = TOP + 16.0 * number;
    svg.box(WIDTH - RIGHT + 14, y, 10, 10, colour);
    svg.text(WIDTH - RIGHT + 30, y + 9, "s", "start", series.name);
  }

  private double x(int step) {
    return LEFT + 16 + (WIDTH - RIGHT - LEFT - 32.0) * step / (steps.size() - 1);
  }

  private static double y(double value, int first, int last) {
    double share = (Math.log10(value) - first) / (last - first);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP - 6);
  }

  private static String label(double value) {
    return value >= 1 ? String.valueOf((long) value) : String.valueOf(value);
  }
}
