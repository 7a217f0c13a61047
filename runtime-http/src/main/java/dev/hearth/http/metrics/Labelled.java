package dev.hearth.http.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The series of one family, by the values of their labels. Each is kept for good, so what a label may say must be little.
 * Thread-safe.
 */
final class Labelled<T> {

  private final List<String> names;
  private final Maker<T> maker;
  private final ConcurrentMap<List<String>, T> known = new ConcurrentHashMap<>();

  /** Makes the numbers of a new series. */
  interface Maker<T> {
    T make();
  }

  /** One series: its labels, names and values in turn, and its numbers. */
  record Series<T>(List<String> labels, T numbers) {}

  Labelled(Maker<T> maker, String... names) {
    this.maker = maker;
    this.names = List.of(names);
  }

  T of(String... values) {
    List<String> key = List.of(values);
    T series = known.get(key);
    return series == null ? add(key) : series;
  }

  private T add(List<String> values) {
    if (values.size() != names.size()) {
      throw new IllegalArgumentException(
          "labels are " + values + "; there must be one for each of " + names);
    }
    T made = maker.make();
    T before = known.putIfAbsent(values, made);
    return before == null ? made : before;
  }

  /** All of them, in the order of their values. */
  List<Series<T>> all() {
    List<Map.Entry<List<String>, T>> sorted = new ArrayList<>(known.entrySet());
    sorted.sort((one, other) -> compare(one.getKey(), other.getKey()));
    List<Series<T>> all = new ArrayList<>();
    for (Map.Entry<List<String>, T> each : sorted) {
      all.add(new Series<>(labels(each.getKey()), each.getValue()));
    }
    return all;
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private List<String> labels(List<String> values) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      labels.add(names.get(i));
      labels.add(values.get(i));
    }
    return labels;
  }
}
