package dev.hearth.cli.train;

import java.util.Locale;
import java.util.function.Function;

/** What is served where no function is given. */
public final class SampleFunction implements Function<String, String> {

  /** For the host. */
  public SampleFunction() {}

  @Override
  public String apply(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
