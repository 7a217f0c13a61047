package dev.hearth.signature.fn;

import dev.hearth.function.Environment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a function is told about itself: its variables without those that Fn keeps for itself, and names where Fn's agent sets none.
 *
 * @param configuration the variables that are the function's, unmodifiable
 * @param deployedAs the name under which Hearth knows the function
 */
record Settings(Map<String, String> configuration, String deployedAs) {

  private static final Set<String> INTERNAL =
      Set.of("fn_path", "fn_method", "fn_request_url", "fn_format", "content-length", "fn_call_id");

  static Settings of(Environment environment) {
    Map<String, String> configuration = new LinkedHashMap<>();
    for (Map.Entry<String, String> variable : environment.variables().entrySet()) {
      String name = variable.getKey().toLowerCase(Locale.ROOT);
      if (!name.startsWith("header_") && !INTERNAL.contains(name)) {
        configuration.put(variable.getKey(), variable.getValue());
      }
    }
    return new Settings(Collections.unmodifiableMap(configuration), environment.function());
  }

  String appId() {
    return configuration.getOrDefault("FN_APP_ID", "");
  }

  String appName() {
    return configuration.getOrDefault("FN_APP_NAME", appId());
  }

  String functionId() {
    return configuration.getOrDefault("FN_FN_ID", "");
  }

  /** The name of either spelling, the id where there is none, and what Hearth calls it where there is no id. */
  String functionName() {
    String name = configuration.get("FN_FN_NAME");
    if (name == null) {
      name = configuration.get("FN_NAME");
    }
    return name == null ? configuration.getOrDefault("FN_FN_ID", deployedAs) : name;
  }
}
