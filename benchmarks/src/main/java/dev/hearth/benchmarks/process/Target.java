package dev.hearth.benchmarks.process;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a figure.
 *
 * @param id names it in {@code remarks.properties}
 * @param what is measured; targets of one kind have the same
 * @param feature the JDK's feature release it is about; 0 for each that was measured
 * @param kind how the figure is made of medians
 * @param of what it is about
 * @param to what that is compared with; null for a plain value
 * @param atMost whether less is better
 * @param limit the figure wanted
 * @param unit of a figure that is no ratio, with a blank before; else what the ratio is to
 * @param stretch whether it is more than what is promised
 */
record Target(
    String id,
    String what,
    int feature,
    Kind kind,
    Place of,
    @Nullable Place to,
    boolean atMost,
    double limit,
    String unit,
    boolean stretch) {

  /** How a figure is made. */
  enum Kind {
    RATIO,
    DIFFERENCE,
    VALUE
  }

  /**
   * Where a median is.
   *
   * @param table name
   * @param row name
   * @param column name
   */
  record Place(String table, String row, String column) {}

  /** The wish in words. */
  String wish() {
    String sign = atMost ? "≤ " : "≥ ";
    String figure = kind == Kind.RATIO ? plain(limit) + " × " + unit : plain(limit) + unit;
    return (stretch ? "stretch: " : "") + sign + figure;
  }

  /** What was measured of it with one JDK. */
  Verdict verdict(Results results, int jdkFeature) {
    Found found = find(results, jdkFeature, of);
    Place other = to;
    Found base = other == null ? found : find(results, jdkFeature, other);
    Samples samples = found.samples;
    Samples baseSamples = base.samples;
    if (samples == null || baseSamples == null) {
      return new Verdict(
          this, jdkFeature, Double.NaN, "", 0, samples == null ? found.reason : base.reason);
    }
    double value =
        switch (kind) {
          case RATIO -> ratio(samples, baseSamples, other);
          case DIFFERENCE -> samples.median() - baseSamples.median();
          case VALUE -> samples.median();
        };
    String detail = samples.text() + (other == null ? "" : " : " + baseSamples.text());
    return new Verdict(
        this, jdkFeature, value, detail, Math.min(samples.count(), baseSamples.count()), "");
  }

  /** In one table the n-th samples of two rows are of one round: the median of their quotients, which a slow minute of the machine leaves as it is. */
  private double ratio(Samples samples, Samples baseSamples, @Nullable Place other) {
    boolean rounds =
        other != null && other.table.equals(of.table) && !of.table.equals(Suites.TABLE);
    if (!rounds || samples.count() != baseSamples.count()) {
      return samples.median() / baseSamples.median();
    }
    Samples quotients = new Samples();
    for (int i = 0; i < samples.count(); i++) {
      quotients.add(samples.values().get(i) / baseSamples.values().get(i));
    }
    return quotients.median();
  }

  private record Found(@Nullable Samples samples, String reason) {}

  private static Found find(Results results, int feature, Place place) {
    Results.Table table = results.table(place.table, feature);
    if (table == null) {
      return new Found(null, "this run has no part '" + place.table + "'");
    }
    Row row = table.row(place.row);
    if (row == null) {
      return new Found(null, "this run has no row '" + place.row + "'");
    }
    Samples samples = row.get(place.column);
    if (samples == null) {
      String failure = row.failure();
      return new Found(null, failure == null ? "no column '" + place.column + "'" : failure);
    }
    return new Found(samples, "");
  }

  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("0$", "").replaceAll("\\.0$", "");
  }
}
