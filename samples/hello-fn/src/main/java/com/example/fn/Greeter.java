package com.example.fn;

import com.fnproject.fn.api.FnConfiguration;
import com.fnproject.fn.api.OutputEvent;
import com.fnproject.fn.api.RuntimeContext;
import com.fnproject.fn.api.httpgateway.HTTPGatewayContext;
import java.nio.charset.StandardCharsets;

/** Greets, in the words that its configuration has. Each public method but {@link #configure} is a function. */
public class Greeter {

  private String greeting = "Hello";

  /** What a caller sends, as JSON. */
  public record Visitor(String name, int visits) {}

  /** What it gets, as JSON. */
  public record Greeting(String text, boolean regular) {}

  /** Runs once, before the first call. */
  @FnConfiguration
  public void configure(RuntimeContext context) {
    greeting = context.getConfigurationByKey("GREETING").orElse(greeting);
  }

  /** {@code com.example.fn.Greeter::greet}: text in, text out. */
  public String greet(String name) {
    return greeting + ", " + (name.isEmpty() ? "world" : name) + "!";
  }

  /** {@code com.example.fn.Greeter::welcome}: typed; a visitor without a name is an error, which ends this call alone. */
  public Greeting welcome(Visitor visitor) {
    if (visitor.name() == null) {
      throw new IllegalArgumentException("a visitor has a name");
    }
    return new Greeting(greet(visitor.name()), visitor.visits() > 1);
  }

  /** {@code com.example.fn.Greeter::redirect}: behind an HTTP trigger, the way to a visitor's page. */
  public void redirect(HTTPGatewayContext http) {
    String name = http.getQueryParameters().get("name").orElse("world");
    http.setStatusCode(302);
    http.setResponseHeader("Location", "/people/" + name);
  }

  /** {@code com.example.fn.Greeter::refuse}: says itself that the call failed. */
  public OutputEvent refuse(RuntimeContext context) {
    String text = context.getFunctionName() + " greets nobody today";
    return OutputEvent.fromBytes(
        text.getBytes(StandardCharsets.UTF_8), OutputEvent.Status.FunctionError, "text/plain");
  }
}
