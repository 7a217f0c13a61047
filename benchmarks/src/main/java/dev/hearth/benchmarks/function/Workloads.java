package dev.hearth.benchmarks.function;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Code of the kinds that polls could slow: its input names which, and its answer depends on all the work done. */
public final class Workloads implements Function<String, String> {

  private static final int SIZE = 20_000;

  private final Map<Integer, Integer> map = new HashMap<>();
  private final int[] numbers = new int[SIZE];
  private final String text;
  private final String json;

  /** Prepares what the work is done on. */
  public Workloads() {
    StringBuilder characters = new StringBuilder();
    StringBuilder objects = new StringBuilder("[");
    for (int i = 0; i < SIZE; i++) {
      map.put(i * 31, i);
      numbers[i] = i * 17;
      characters.append((char) ('a' + i % 26));
      if (i % 40 == 0) {
        objects.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append(",\"name\":\"n");
        objects.append(i).append("\",\"tags\":[1,2,3],\"ok\":true}");
      }
    }
    text = characters.toString();
    json = objects.append(']').toString();
  }

  @Override
  public String apply(String work) {
    return switch (work) {
      case "hash" -> String.valueOf(lookups());
      case "array" -> String.valueOf(sum());
      case "chars" -> String.valueOf(vowels());
      case "json" -> String.valueOf(new Scan(json).value());
      case "recursion" -> String.valueOf(fibonacci(20));
      default -> throw new IllegalArgumentException(work);
    };
  }

  private long lookups() {
    long sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      Integer found = map.get(numbers[i]);
      sum += found == null ? 1 : found;
    }
    return sum;
  }

  private long sum() {
    long sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    return sum;
  }

  private int vowels() {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u') {
        count++;
      }
    }
    return count;
  }

  private static int fibonacci(int n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  }

  /** A recursive reader of JSON that counts values. */
  private static final class Scan {
    private final String in;
    private int at;

    Scan(String in) {
      this.in = in;
    }

    int value() {
      char c = in.charAt(at);
      if (c == '[' || c == '{') {
        return nested(c == '[' ? ']' : '}');
      }
      if (c == '"') {
        text();
        return 1;
      }
      while (at < in.length() && ",]}".indexOf(in.charAt(at)) < 0) {
        at++;
      }
      return 1;
    }

    private int nested(char end) {
      int count = 1;
      at++;
      while (in.charAt(at) != end) {
        if (end == '}') {
          text();
          at++; // the colon
        }
        count += value();
        if (in.charAt(at) == ',') {
          at++;
        }
      }
      at++;
      return count;
    }

    private void text() {
      at++;
      while (in.charAt(at) != '"') {
        at++;
      }
      at++;
    }
  }
}
