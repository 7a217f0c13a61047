package peer;

/** The function, in the API of Fn. */
public final class Hello {
  public String handle(String event) {
    int start = event.indexOf(':') + 2;
    return "Hello, " + event.substring(start, event.indexOf('"', start)) + "!";
  }
}
