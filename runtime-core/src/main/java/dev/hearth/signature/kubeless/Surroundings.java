package dev.hearth.signature.kubeless;

import io.kubeless.Context;
import java.util.Map;

/** What a function is told about itself; the same for all its calls. */
record Surroundings(String function, String timeout, String runtime, String memoryLimit) {

  /**
   * Reads them from the function's variables.
   *
   * @param method the function's name where no variable has it
   */
  static Surroundings of(Map<String, String> variables, String method) {
    String old = variables.getOrDefault("FUNC_HANDLER", method);
    return new Surroundings(
        variables.getOrDefault("HANDLER_FUNC_NAME", old),
        variables.getOrDefault("FUNC_TIMEOUT", "180"),
        variables.getOrDefault("FUNC_RUNTIME", "java" + Runtime.version().feature()),
        variables.getOrDefault("FUNC_MEMORY_LIMIT", "0"));
  }

  /** A context for one call, which may write on it. */
  Context context() {
    return new Context(function, timeout, runtime, memoryLimit);
  }
}
