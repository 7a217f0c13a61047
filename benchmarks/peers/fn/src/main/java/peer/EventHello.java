package peer;

/** The function, in the API of Fn, with an event that the kit reads from JSON. */
public final class EventHello {

  /** What it is sent. */
  public static final class Event {
    public String name;
  }

  public String handle(Event event) {
    return "Hello, " + event.name + "!";
  }
}
