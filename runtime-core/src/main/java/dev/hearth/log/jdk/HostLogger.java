package dev.hearth.log.jdk;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Writes lines of the process itself to its SLF4J. */
final class HostLogger {

  private HostLogger() {}

  static boolean isEnabled(Logger logger, Level level) {
    return switch (level) {
      case ALL, TRACE -> logger.isTraceEnabled();
      case DEBUG -> logger.isDebugEnabled();
      case INFO -> logger.isInfoEnabled();
      case WARNING -> logger.isWarnEnabled();
      case ERROR -> logger.isErrorEnabled();
      case OFF -> false;
    };
  }

  static void write(Logger logger, Level level, String text, @Nullable Throwable error) {
    switch (level) {
      case ALL, TRACE -> logger.trace(text, error);
      case DEBUG -> logger.debug(text, error);
      case INFO -> logger.info(text, error);
      case WARNING -> logger.warn(text, error);
      case ERROR -> logger.error(text, error);
      case OFF -> {}
    }
  }
}
