package dev.hearth.cli;

import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.http.contract.Start;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts what a platform's variables say about its function in the place of what nobody else says. */
final class PlatformSettings {

  private PlatformSettings() {}

  /**
   * Fills in a single function; of several, a platform's variables cannot mean one.
   *
   * @param origins noted here, by {@code name.key}
   */
  static Map<String, FunctionSettings> apply(
      Start start, Map<String, FunctionSettings> functions, Map<String, String> origins) {
    if (functions.size() != 1) {
      return functions;
    }
    FunctionSettings function = functions.values().iterator().next();
    String name = function.name();
    Start.Said<String> handler = start.handler();
    if (handler != null && function.handler() == null) {
      function = function.withHandler(handler.value());
      origins.put(name + ".handler", "environment " + handler.variable());
    }
    if (start.runTimeout() != null && function.timeout().run() == null) {
      function = function.withTimeout(function.timeout().withRun(start.runTimeout().value()));
      origins.put(name + ".timeout.run", "environment " + start.runTimeout().variable());
    }
    if (start.concurrency() != null && function.instances().concurrency() == null) {
      function =
          function.withInstances(function.instances().withConcurrency(start.concurrency().value()));
      origins.put(name + ".instances.concurrency", "environment " + start.concurrency().variable());
    }
    if (!start.variables().isEmpty()) {
      for (String variable : start.variables().keySet()) {
        if (!function.env().containsKey(variable)) {
          origins.put(name + ".env." + variable, "environment " + variable);
        }
      }
      Map<String, String> variables = new HashMap<>(start.variables());
      variables.putAll(function.env());
      function = function.withEnv(variables);
    }
    Map<String, FunctionSettings> filled = new LinkedHashMap<>();
    filled.put(name, function);
    return filled;
  }
}
