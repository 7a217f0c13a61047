package shapes;

import java.util.Map;
import java.util.function.BiFunction;

/** Takes the request and its headers, whose names are in lower case. */
public class Greet implements BiFunction<String, Map<String, String>, String> {
  @Override
  public String apply(String name, Map<String, String> headers) {
    return headers.getOrDefault("x-greeting", "Hello") + ", " + name + "!";
  }
}
