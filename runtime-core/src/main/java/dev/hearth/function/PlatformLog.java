package dev.hearth.function;

import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands for the host's log where there is no host. */
final class PlatformLog implements Log {

  private static final Log INSTANCE = new PlatformLog();

  private PlatformLog() {}

  static Log log() {
    return INSTANCE;
  }

  @Override
  public boolean isEnabled(Level level, String logger) {
    return System.getLogger(logger).isLoggable(level);
  }

  @Override
  public void write(
      Level level,
      String logger,
      @Nullable String message,
      @Nullable Throwable error,
      Map<String, ? extends @Nullable Object> fields) {
    String text = fields.isEmpty() ? String.valueOf(message) : message + " " + fields;
    System.getLogger(logger).log(level, text, error);
  }

  @Override
  public @Nullable Context call() {
    return null;
  }
}
