package dev.hearth.signature.nuclio;

import dev.hearth.function.Log;
import io.nuclio.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.IllegalFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes each record to the host's log; its fields are the record's, and {@code worker_id}, as Nuclio's wrappers have it. Thread-safe.
 */
final class HostLogger implements Logger {

  private static final String NAME = "nuclio";
  private static final Object[] NOTHING = {};

  private final Log log;
  private final String worker;

  HostLogger(Log log, String worker) {
    this.log = log;
    this.worker = worker;
  }

  @Override
  public void error(String format, @Nullable Object... args) {
    format(Level.ERROR, format, args);
  }

  @Override
  public void warn(String format, @Nullable Object... args) {
    format(Level.WARNING, format, args);
  }

  @Override
  public void info(String format, @Nullable Object... args) {
    format(Level.INFO, format, args);
  }

  @Override
  public void debug(String format, @Nullable Object... args) {
    format(Level.DEBUG, format, args);
  }

  @Override
  public void errorWith(String message, @Nullable Object... vars) {
    log(Level.ERROR, message, vars);
  }

  @Override
  public void warnWith(String message, @Nullable Object... vars) {
    log(Level.WARNING, message, vars);
  }

  @Override
  public void infoWith(String message, @Nullable Object... vars) {
    log(Level.INFO, message, vars);
  }

  @Override
  public void debugWith(String message, @Nullable Object... vars) {
    log(Level.DEBUG, message, vars);
  }

  private void format(Level level, String format, @Nullable Object[] args) {
    if (log.isEnabled(level, NAME)) {
      log(level, formatted(format, args), NOTHING);
    }
  }

  /** A record that cannot be formatted says what it has: logging never fails a call. */
  private static String formatted(String format, @Nullable Object[] args) {
    try {
      return String.format(format, args);
    } catch (IllegalFormatException e) {
      return args.length == 0 ? format : format + " " + Arrays.toString(args);
    }
  }

  private void log(Level level, String message, @Nullable Object[] vars) {
    if (vars.length % 2 != 0) {
      log.write(
          Level.WARNING,
          NAME,
          "log record '" + message + "' has a name without value; its values are left out",
          null,
          Map.of());
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("worker_id", worker);
    if (vars.length % 2 == 0) {
      for (int i = 0; i < vars.length; i += 2) {
        fields.put(String.valueOf(vars[i]), vars[i + 1]);
      }
    }
    log.write(level, NAME, message, null, fields);
  }
}
