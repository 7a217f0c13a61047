package dev.hearth.benchmarks.function;

/** A function whose method is called by its name, as it implements nothing. */
public final class Greeter {

  /** Gives back what it is given. */
  public String greet(String name) {
    return name;
  }
}
