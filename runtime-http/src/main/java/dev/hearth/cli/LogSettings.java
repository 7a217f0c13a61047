package dev.hearth.cli;

import dev.hearth.cli.config.Suggestions;
import dev.hearth.cli.log.ProcessLog;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.Level;

/** How the log looks, by {@code HEARTH_LOG} and {@code HEARTH_LOG_LEVEL}. */
final class LogSettings {

  /** Set by the launcher where standard error is a terminal; asking the JDK would load its console. */
  private static final String TERMINAL = "hearth.terminal";

  private static final List<String> FORMATS = List.of("auto", "json", "text");
  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  private LogSettings() {}

  /** Installs the log of a command for people: text, and of the host only what is wrong, unless asked otherwise. */
  static ProcessLog installQuiet(Map<String, String> environment) {
    return install(environment, "text", "warn");
  }

  /**
   * Installs the log of a host.
   *
   * @throws UsageException if a variable has another value than those listed
   */
  static ProcessLog install(Map<String, String> environment) {
    return install(environment, "auto", "info");
  }

  private static ProcessLog install(
      Map<String, String> environment, String usualFormat, String usualLevel) {
    String format = one(environment, "HEARTH_LOG", usualFormat, FORMATS);
    String level = one(environment, "HEARTH_LOG_LEVEL", usualLevel, LEVELS);
    String ofFunctions = one(environment, "HEARTH_LOG_LEVEL", "info", LEVELS);
    boolean text = format.equals("text") || (format.equals("auto") && Boolean.getBoolean(TERMINAL));
    return ProcessLog.install(
        text ? ProcessLog.Format.TEXT : ProcessLog.Format.JSON, level(level), level(ofFunctions));
  }

  private static Level level(String name) {
    return Level.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static String one(
      Map<String, String> environment, String variable, String fallback, List<String> choices) {
    String value = environment.get(variable);
    if (value == null || value.isEmpty()) {
      return fallback;
    }
    if (!choices.contains(value)) {
      throw new UsageException(
          variable
              + " is '"
              + Suggestions.shortened(value)
              + "'; expected one of "
              + String.join(", ", choices));
    }
    return value;
  }
}
