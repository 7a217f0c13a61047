package com.example.google;

import com.google.cloud.functions.TypedFunction;
import java.util.List;

/** Typed: JSON in, JSON out, by the framework's wire format. */
public class Sum implements TypedFunction<Sum.Numbers, Sum.Total> {

  /** What to add up. */
  public static class Numbers {
    public List<Integer> values = List.of();
  }

  /** The sum. */
  public static class Total {
    public int total;

    Total(int total) {
      this.total = total;
    }
  }

  @Override
  public Total apply(Numbers numbers) {
    if (numbers.values.isEmpty()) {
      throw new IllegalArgumentException("nothing to add up");
    }
    return new Total(numbers.values.stream().mapToInt(Integer::intValue).sum());
  }
}
