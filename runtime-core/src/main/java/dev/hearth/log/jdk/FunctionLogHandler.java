package dev.hearth.log.jdk;

import dev.hearth.function.Log;
import java.lang.System.Logger;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes what {@code java.util.logging} is given to the log of the function that logs, and to SLF4J where none does. Thread-safe.
 */
public final class FunctionLogHandler extends Handler {

  private final @Nullable Log owner;

  /** Finds out for each record; for the JDK, which makes it by its name. */
  public FunctionLogHandler() {
    this(null);
  }

  /**
   * @param owner the log of the one function whose records come here; null to find out for each
   */
  FunctionLogHandler(@Nullable Log owner) {
    this.owner = owner;
    setFormatter(new Message());
  }

  @Override
  public void publish(@Nullable LogRecord record) {
    if (record == null || !isLoggable(record)) {
      return;
    }
    String logger = record.getLoggerName() == null ? "" : record.getLoggerName();
    Logger.Level level = level(record.getLevel());
    Log log = owner == null ? Owner.log() : owner;
    if (log == null) {
      HostLogger.write(
          LoggerFactory.getLogger(logger),
          level,
          getFormatter().format(record),
          record.getThrown());
    } else if (log.isEnabled(level, logger)) {
      log.write(level, logger, getFormatter().format(record), record.getThrown(), Map.of());
    }
  }

  /** Levels between two count as the lower, as {@link System.Logger} has it. */
  static Logger.Level level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return Logger.Level.ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return Logger.Level.WARNING;
    }
    if (value >= Level.INFO.intValue()) {
      return Logger.Level.INFO;
    }
    return value >= Level.FINE.intValue() ? Logger.Level.DEBUG : Logger.Level.TRACE;
  }

  @Override
  public void flush() {
    // Lines are written as they come.
  }

  @Override
  public void close() {
    // Whoever closes the handlers of a logger must not silence those who use it after him.
  }

  /** A record's text with its parameters, and nothing around it. */
  private static final class Message extends Formatter {
    @Override
    public String format(LogRecord record) {
      return String.valueOf(formatMessage(record));
    }
  }
}
