package dev.hearth.signature.fn;

import java.util.Map;

/** How a function is told that Fn runs it: by the variables that its agent sets for every container. */
final class Platform {

  private static final String LISTENER = "FN_LISTENER";
  private static final String FORMAT = "FN_FORMAT";

  private Platform() {}

  /** Whether Fn asks for the function that has these variables. */
  static boolean asks(Map<String, String> variables) {
    return variables.containsKey(LISTENER) || variables.containsKey(FORMAT);
  }
}
