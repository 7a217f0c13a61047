package dev.hearth.benchmarks.function;

import java.util.function.Function;

/** Answers with 1 MiB of text, whatever it is sent. */
public final class Megabyte implements Function<String, String> {

  /** The answer. */
  public static final String ANSWER = "0123456789abcdef".repeat(65_536);

  @Override
  public String apply(String event) {
    return ANSWER;
  }
}
