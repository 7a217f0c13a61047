package dev.hearth.signature.spring;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Spring Cloud Function, by their dotted names; from a function's variables, in which {@code
 * spring.cloud.function.web.path} is {@code SPRING_CLOUD_FUNCTION_WEB_PATH}, or from an application's environment.
 */
interface Settings {

  String PREFIX = "spring.cloud.function.";

  /** A setting, or null. */
  @Nullable String get(String name);

  /** The settings among variables. */
  static Settings of(Map<String, String> variables) {
    return new OfVariables(variables);
  }

  /** Whether there is any among variables, so that plain functions are to be served Spring's way. */
  static boolean areThere(Map<String, String> variables) {
    for (String name : variables.keySet()) {
      if (name.equals("FUNCTION_CLASS")
          || name.startsWith("SPRING_CLOUD_FUNCTION_")
          || name.startsWith(PREFIX)) {
        return true;
      }
    }
    return false;
  }

  /** Which function is meant where a request names none. */
  static @Nullable String definition(Map<String, String> variables) {
    return of(variables).get(PREFIX + "definition");
  }

  /** The classes that are the functions. */
  static @Nullable String functionClass(Map<String, String> variables) {
    String classes = variables.get("FUNCTION_CLASS");
    return classes == null ? of(variables).get(PREFIX + "function-class") : classes;
  }

  /** Settings among variables, under their dotted name or that of a variable. */
  record OfVariables(Map<String, String> variables) implements Settings {
    @Override
    public @Nullable String get(String name) {
      String value = variables.get(name);
      if (value == null) {
        String variable = name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
        value = variables.get(variable);
      }
      if (value == null) {
        value = variables.get(name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));
      }
      return value == null || value.isBlank() ? null : value.strip();
    }
  }
}
