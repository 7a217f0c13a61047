package dev.hearth.signature.json;

import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import org.jspecify.annotations.Nullable;

/** Words for what libraries refuse: one line, whatever they said. */
final class Failures {

  private static final int MAX = 300;

  private Failures() {}

  static InputException input(@Nullable String reason, @Nullable String where, Throwable cause) {
    return InputException.malformed(
        "the body is not the JSON that the function takes: " + oneLine(reason, cause) + at(where),
        cause);
  }

  static OutputException output(
      @Nullable Object value, @Nullable String reason, @Nullable String where, Throwable cause) {
    return new OutputException(
        "a result of "
            + (value == null ? "null" : value.getClass().getName())
            + " cannot be written as JSON: "
            + oneLine(reason, cause)
            + at(where),
        cause);
  }

  private static String at(@Nullable String where) {
    return where == null || where.isEmpty() ? "" : " (at " + where + ")";
  }

  private static String oneLine(@Nullable String reason, Throwable cause) {
    String text = reason == null || reason.isBlank() ? cause.getClass().getName() : reason.strip();
    int end = Math.min(text.length(), MAX);
    for (int i = 0; i < end; i++) {
      if (Character.isISOControl(text.charAt(i))) {
        end = i;
      }
    }
    return text.substring(0, end).strip();
  }
}
