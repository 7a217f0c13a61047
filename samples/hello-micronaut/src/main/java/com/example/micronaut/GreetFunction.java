package com.example.micronaut;

import io.micronaut.function.FunctionBean;
import java.util.function.Function;

/** Takes and gives JSON; reached as {@code /greet-function}, after its class. */
@FunctionBean
public class GreetFunction implements Function<GreetFunction.Person, GreetFunction.Greeting> {

  /** Somebody to be greeted. */
  public record Person(String name) {}

  /** How. */
  public record Greeting(String text, int calls) {}

  private final java.util.concurrent.atomic.AtomicInteger calls =
      new java.util.concurrent.atomic.AtomicInteger();

  @Override
  public Greeting apply(Person person) {
    return new Greeting("Hello, " + person.name() + "!", calls.incrementAndGet());
  }
}
