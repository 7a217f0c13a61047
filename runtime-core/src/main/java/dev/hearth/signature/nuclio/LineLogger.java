package dev.hearth.signature.nuclio;

import io.nuclio.Logger;
import java.time.Instant;
import java.util.Arrays;
import java.util.IllegalFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Writes each record as one line of JSON to standard output, with the names that Nuclio's processor knows:
 * {@code datetime}, {@code level}, {@code message}, {@code with}. Thread-safe.
 */
final class LineLogger implements Logger {

  private static final Object[] NOTHING = {};

  private final String worker;

  LineLogger(String worker) {
    this.worker = worker;
  }

  @Override
  public void error(String format, @Nullable Object... args) {
    log("error", formatted(format, args), NOTHING);
  }

  @Override
  public void warn(String format, @Nullable Object... args) {
    log("warning", formatted(format, args), NOTHING);
  }

  @Override
  public void info(String format, @Nullable Object... args) {
    log("info", formatted(format, args), NOTHING);
  }

  @Override
  public void debug(String format, @Nullable Object... args) {
    log("debug", formatted(format, args), NOTHING);
  }

  @Override
  public void errorWith(String message, @Nullable Object... vars) {
    log("error", message, vars);
  }

  @Override
  public void warnWith(String message, @Nullable Object... vars) {
    log("warning", message, vars);
  }

  @Override
  public void infoWith(String message, @Nullable Object... vars) {
    log("info", message, vars);
  }

  @Override
  public void debugWith(String message, @Nullable Object... vars) {
    log("debug", message, vars);
  }

  /** A record that cannot be formatted says what it has: logging never fails a call. */
  private static String formatted(String format, @Nullable Object[] args) {
    try {
      return String.format(format, args);
    } catch (IllegalFormatException e) {
      return args.length == 0 ? format : format + " " + Arrays.toString(args);
    }
  }

  private void log(String level, String message, @Nullable Object[] vars) {
    StringBuilder line = new StringBuilder(128).append('{');
    JsonLine.text(line, "datetime").append(':');
    JsonLine.text(line, Instant.now().toString()).append(',');
    JsonLine.text(line, "level").append(':');
    JsonLine.text(line, level).append(',');
    JsonLine.text(line, "message").append(':');
    JsonLine.text(line, message).append(',');
    JsonLine.text(line, "with").append(":{");
    JsonLine.text(line, "worker_id").append(':');
    JsonLine.text(line, worker);
    if (vars.length % 2 == 0) {
      for (int i = 0; i < vars.length; i += 2) {
        JsonLine.text(line.append(','), String.valueOf(vars[i])).append(':');
        JsonLine.value(line, vars[i + 1]);
      }
    } else {
      System.err.println(
          "log record '" + message + "' has a name without value; its values are left out");
    }
    System.out.println(line.append("}}"));
  }
}
