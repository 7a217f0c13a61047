package dev.hearth.benchmarks.process;

/**
 * What became of a target with one JDK.
 *
 * @param target the target
 * @param feature the JDK's feature release
 * @param value the figure; NaN if there is none
 * @param detail the medians it is made of, with their range
 * @param n samples of the less often measured one
 * @param missing why there is none; empty if there is
 */
record Verdict(Target target, int feature, double value, String detail, int n, String missing) {

  boolean measured() {
    return missing.isEmpty();
  }

  boolean met() {
    return measured() && (target.atMost() ? value <= target.limit() : value >= target.limit());
  }

  /** In a word, or with the reason. */
  String word() {
    return met() ? "met" : measured() ? "**missed**" : "not measured: " + missing;
  }
}
