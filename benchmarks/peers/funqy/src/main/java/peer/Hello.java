package peer;

import io.quarkus.funqy.Funq;

/** The function, in the API of Funqy, with an event that it reads from JSON. */
public class Hello {

  /** What it is sent. */
  public static class Event {
    public String name;
  }

  @Funq
  public String hello(Event event) {
    return "Hello, " + event.name + "!";
  }
}
