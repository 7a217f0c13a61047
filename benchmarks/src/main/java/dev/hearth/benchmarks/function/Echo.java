package dev.hearth.benchmarks.function;

import java.util.function.Function;

/** Gives back what it is given, so that what is left to measure is the way there. */
public final class Echo implements Function<String, String> {

  @Override
  public String apply(String input) {
    return input;
  }
}
