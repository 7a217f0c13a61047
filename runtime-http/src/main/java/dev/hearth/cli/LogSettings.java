package dev.hearth.cli;

import dev.hearth.cli.config.Sizes;
import dev.hearth.cli.config.Suggestions;
import dev.hearth.cli.log.CloudFields;
import dev.hearth.cli.log.ProcessLog;
import dev.hearth.http.contract.Start;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.Level;

/** How the log looks and how much it takes, by {@code HEARTH_LOG}, {@code HEARTH_LOG_LEVEL} and {@code HEARTH_LOG_RATE}. */
final class LogSettings {

  /** Set by the launcher where standard error is a terminal; asking the JDK would load its console. */
  private static final String TERMINAL = "hearth.terminal";

  private static final List<String> FORMATS = List.of("auto", "json", "text", "cloud");
  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  /** How much each function may log in a second. */
  private static final String RATE = "HEARTH_LOG_RATE";

  private static final long USUAL_RATE = 4 << 20;
  private static final long LEAST_RATE = 1024;
  private static final long NO_RATE = -1;

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
    long rate = rate(environment);
    ProcessLog log =
        format.equals("cloud")
            ? ProcessLog.install(CloudFields.from(environment), level)
            : install(format, level, level);
    return rate == NO_RATE ? log : log.limitFunctions(rate);
  }

  private static long rate(Map<String, String> environment) {
    String value = environment.get(RATE);
    if (value == null || value.isEmpty()) {
      return USUAL_RATE;
    }
    if (value.equals("off")) {
      return NO_RATE;
    }
    try {
      return Sizes.parse(value, LEAST_RATE);
    } catch (IllegalArgumentException e) {
      throw new UsageException(RATE + " " + e.getMessage() + ", or off", e);
    }
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
