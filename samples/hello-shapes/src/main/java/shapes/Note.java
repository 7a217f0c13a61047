package shapes;

import java.util.function.Consumer;

/** Takes something, gives nothing; what it prints is a line of the function's log. */
public class Note implements Consumer<String> {
  @Override
  public void accept(String text) {
    System.out.println("noted: " + text);
  }
}
