package dev.hearth.http.contract.kubeless;

import dev.hearth.http.contract.Start.Said;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platforms' variables. Of those that mean the same the first that is set counts; an empty one is not set. */
final class Variables {

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What one of these says, or null. */
  @Nullable Said<String> text(String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return new Said<>(value.strip(), name);
      }
    }
    return null;
  }

  /**
   * What one of these says as a whole number, or null.
   *
   * @throws IllegalArgumentException if it is none, or out of its bounds
   */
  @Nullable Said<Long> number(long least, long most, String... names) {
    Said<String> text = text(names);
    if (text == null) {
      return null;
    }
    long value;
    try {
      value = Long.parseLong(text.value());
    } catch (NumberFormatException e) {
      value = least - 1;
    }
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          text.variable()
              + " is '"
              + text.value()
              + "'; it must be a whole number within "
              + least
              + " to "
              + most);
    }
    return new Said<>(value, text.variable());
  }

  /** Whether one of these is switched on. */
  boolean isOn(String... names) {
    Said<String> text = text(names);
    return text != null
        && !text.value().equalsIgnoreCase("false")
        && !text.value().equalsIgnoreCase("off")
        && !text.value().equals("0");
  }
}
