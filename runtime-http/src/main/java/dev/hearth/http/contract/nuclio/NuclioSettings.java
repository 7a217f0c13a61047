package dev.hearth.http.contract.nuclio;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the contract reads of the variables.
 *
 * @param host where the processor listens
 * @param port its port
 * @param worker the worker's id, for log records
 * @param lineBytes the longest event line that is read, and the longest body of an answer
 * @param librariesLevel the least level of log records that are sent for loggers other than Nuclio's own
 */
record NuclioSettings(String host, int port, String worker, int lineBytes, Level librariesLevel) {

  static final String HOST = "HEARTH_HOST";
  static final String PORT = "HEARTH_PORT";
  static final String WORKER = "HEARTH_NUCLIO_WORKER_ID";
  static final String LINE_BYTES = "HEARTH_NUCLIO_LINE_BYTES";

  /** The processor takes bodies of 4 MiB unless a trigger says otherwise. */
  static final int DEFAULT_LINE_BYTES = 64 << 20;

  private static final int LEAST_LINE_BYTES = 1024;
  private static final int MOST_LINE_BYTES = 1 << 30;
  private static final int MOST_PORT = 65535;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one is missing or makes no sense; the message names it and its value
   */
  static NuclioSettings of(Map<String, String> environment) {
    String port = environment.get(PORT);
    if (port == null || port.isEmpty()) {
      throw new IllegalArgumentException(
          PORT
              + " is not set; set it, or give --port: the port on which Nuclio's processor listens");
    }
    return new NuclioSettings(
        environment.getOrDefault(HOST, "localhost"),
        number(PORT, port, 1, MOST_PORT),
        environment.getOrDefault(WORKER, "0"),
        number(
            LINE_BYTES,
            environment.getOrDefault(LINE_BYTES, String.valueOf(DEFAULT_LINE_BYTES)),
            LEAST_LINE_BYTES,
            MOST_LINE_BYTES),
        level(environment.get("HEARTH_LOG_LEVEL")));
  }

  private static int number(String name, String text, int least, int most) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      number = -1;
    }
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          name + " is '" + text + "'; it must be a number within " + least + " to " + most);
    }
    return number;
  }

  /** A value that makes no sense is refused by the process's log. */
  private static Level level(@Nullable String text) {
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "trace", "debug" -> Level.DEBUG;
      case "warn" -> Level.WARNING;
      case "error" -> Level.ERROR;
      default -> Level.INFO;
    };
  }
}
