package dev.hearth.benchmarks.function;

import java.util.function.Function;

/** {@code {"name":"x"}} becomes {@code Hello, x!}; what every peer is asked to do. */
public final class Hello implements Function<String, String> {

  @Override
  public String apply(String event) {
    int start = event.indexOf(':') + 2;
    return "Hello, " + event.substring(start, event.indexOf('"', start)) + "!";
  }
}
