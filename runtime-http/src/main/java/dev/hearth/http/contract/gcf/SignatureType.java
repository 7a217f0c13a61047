package dev.hearth.http.contract.gcf;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the platform calls a function: the value of {@code FUNCTION_SIGNATURE_TYPE}. */
enum SignatureType {
  HTTP,
  TYPED,
  EVENT,
  CLOUDEVENT;

  static final String VARIABLE = "FUNCTION_SIGNATURE_TYPE";

  /**
   * What the variable says; null when it is not set.
   *
   * @throws IllegalArgumentException if it is none of the values there are
   */
  static @Nullable SignatureType of(Map<String, String> variables) {
    String value = variables.get(VARIABLE);
    if (value == null || value.isEmpty()) {
      return null;
    }
    return switch (value) {
      case "http" -> HTTP;
      case "typed" -> TYPED;
      case "event" -> EVENT;
      case "cloudevent" -> CLOUDEVENT;
      default ->
          throw new IllegalArgumentException(
              VARIABLE + " is '" + value + "'; it must be http, typed, event or cloudevent");
    };
  }

  /** Whether requests are events; the vendor's runtime treats both kinds alike. */
  boolean isEvent() {
    return this == EVENT || this == CLOUDEVENT;
  }
}
