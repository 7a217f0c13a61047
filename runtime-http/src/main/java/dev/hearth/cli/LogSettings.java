package dev.hearth.cli;

import dev.hearth.cli.config.Suggestions;
import dev.hearth.cli.log.CloudFields;
import dev.hearth.cli.log.ProcessLog;
import dev.hearth.http.contract.Start;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.Level;

/** How the log looks, by {@code HEARTH_LOG} and {@code HEARTH_LOG_LEVEL}. */
final class LogSettings {

  /** Set by the launcher where standard error is a terminal; asking the JDK would load its console. */
  private static final String TERMINAL = "hearth.terminal";

  private static final List<String> FORMATS = List.of("auto", "json", "text", "cloud");
  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  private LogSettings() {}

  /**
   * Installs the log of a command for people: text, and of the host only what is wrong, unless asked otherwise. Standard output is the
   * command's, so that a format that belongs there is JSON on standard error instead.
   */
  static ProcessLog installQuiet(Map<String, String> environment) {
    return install(
        format(environment, "text"), level(environment, "warn"), level(environment, "info"));
  }

  /**
   * Installs the log of a host.
   *
   * @param start what the platform says, where the user does not
   * @throws UsageException if a variable has another value than those listed
   */
  static ProcessLog install(Map<String, String> environment, Start start) {
    Start.Said<String> platforms = start.log();
    String usual =
        platforms != null ? platforms.value() : Boolean.getBoolean(TERMINAL) ? "text" : "json";
    String format = format(environment, usual);
    Level level = level(environment, "info");
    return format.equals("cloud")
        ? ProcessLog.install(CloudFields.from(environment), level)
        : install(format, level, level);
  }

  private static ProcessLog install(String format, Level level, Level ofFunctions) {
    return ProcessLog.install(
        format.equals("text") ? ProcessLog.Format.TEXT : ProcessLog.Format.JSON,
        level,
        ofFunctions);
  }

  private static String format(Map<String, String> environment, String usual) {
    String asked = one(environment, "HEARTH_LOG", "auto", FORMATS);
    return asked.equals("auto") ? usual : asked;
  }

  private static Level level(Map<String, String> environment, String usual) {
    return Level.valueOf(
        one(environment, "HEARTH_LOG_LEVEL", usual, LEVELS).toUpperCase(Locale.ROOT));
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
