package dev.hearth.signature.fission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One item of a header that lists what a client takes (RFC 9110, section 12.4.2). */
record Weighted(String item, double weight) {

  /** The items without their weights, most wanted first; those not wanted are left out. */
  static List<String> of(@Nullable String header) {
    List<Weighted> all = new ArrayList<>();
    if (header != null) {
      for (String part : header.split(",")) {
        Weighted item = parse(part);
        if (!item.item.isEmpty() && item.weight > 0) {
          all.add(item);
        }
      }
    }
    all.sort(Comparator.comparingDouble(Weighted::weight).reversed());
    return all.stream().map(Weighted::item).toList();
  }

  private static Weighted parse(String part) {
    StringBuilder item = new StringBuilder();
    double weight = 1;
    for (String parameter : part.split(";")) {
      String text = parameter.strip();
      if (text.startsWith("q=") && item.length() > 0) {
        weight = number(text.substring(2));
      } else {
        item.append(item.length() == 0 ? "" : ";").append(text);
      }
    }
    return new Weighted(item.toString(), weight);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
