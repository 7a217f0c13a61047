package io.nuclio;

/**
 * A function's log. The first four take a format and arguments as {@link String#format} does; the others
 * take a message and then names and values in turn.
 */
public interface Logger {

  void error(String format, Object... args);

  void warn(String format, Object... args);

  void info(String format, Object... args);

  void debug(String format, Object... args);

  void errorWith(String message, Object... vars);

  void warnWith(String message, Object... vars);

  void infoWith(String message, Object... vars);

  void debugWith(String message, Object... vars);
}
