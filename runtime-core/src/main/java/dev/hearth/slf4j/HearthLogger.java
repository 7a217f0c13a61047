package dev.hearth.slf4j;

import dev.hearth.function.Log;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MarkerIgnoringBase;
import org.slf4j.helpers.MessageFormatter;

/** A logger that writes to the host's log; markers are not looked at. Thread-safe. */
@SuppressWarnings("deprecation") // the one base class that both versions of the API have
class HearthLogger extends MarkerIgnoringBase {

  private static final long serialVersionUID = 1L;

  final transient Log log;

  HearthLogger(String name, Log log) {
    this.name = name;
    this.log = log;
  }

  private boolean isEnabled(Level level) {
    return log.isEnabled(level, name);
  }

  private void plain(Level level, @Nullable String message, @Nullable Throwable error) {
    if (isEnabled(level)) {
      log.write(level, name, message, error, fields());
    }
  }

  private void format(Level level, @Nullable String format, @Nullable Object... arguments) {
    if (isEnabled(level)) {
      FormattingTuple made = MessageFormatter.arrayFormat(format, arguments);
      log.write(level, name, made.getMessage(), made.getThrowable(), fields());
    }
  }

  /** What the thread has in its MDC. */
  static Map<String, String> fields() {
    Map<String, String> fields = MDC.getCopyOfContextMap();
    return fields == null ? Map.of() : fields;
  }

  @Override
  public boolean isTraceEnabled() {
    return isEnabled(Level.TRACE);
  }

  @Override
  public void trace(@Nullable String message) {
    plain(Level.TRACE, message, null);
  }

  @Override
  public void trace(@Nullable String format, @Nullable Object argument) {
    format(Level.TRACE, format, argument);
  }

  @Override
  public void trace(@Nullable String format, @Nullable Object first, @Nullable Object second) {
    format(Level.TRACE, format, first, second);
  }

  @Override
  public void trace(@Nullable String format, @Nullable Object... arguments) {
    format(Level.TRACE, format, arguments);
  }

  @Override
  public void trace(@Nullable String message, @Nullable Throwable error) {
    plain(Level.TRACE, message, error);
  }

  @Override
  public boolean isDebugEnabled() {
    return isEnabled(Level.DEBUG);
  }

  @Override
  public void debug(@Nullable String message) {
    plain(Level.DEBUG, message, null);
  }

  @Override
  public void debug(@Nullable String format, @Nullable Object argument) {
    format(Level.DEBUG, format, argument);
  }

  @Override
  public void debug(@Nullable String format, @Nullable Object first, @Nullable Object second) {
    format(Level.DEBUG, format, first, second);
  }

  @Override
  public void debug(@Nullable String format, @Nullable Object... arguments) {
    format(Level.DEBUG, format, arguments);
  }

  @Override
  public void debug(@Nullable String message, @Nullable Throwable error) {
    plain(Level.DEBUG, message, error);
  }

  @Override
  public boolean isInfoEnabled() {
    return isEnabled(Level.INFO);
  }

  @Override
  public void info(@Nullable String message) {
    plain(Level.INFO, message, null);
  }

  @Override
  public void info(@Nullable String format, @Nullable Object argument) {
    format(Level.INFO, format, argument);
  }

  @Override
  public void info(@Nullable String format, @Nullable Object first, @Nullable Object second) {
    format(Level.INFO, format, first, second);
  }

  @Override
  public void info(@Nullable String format, @Nullable Object... arguments) {
    format(Level.INFO, format, arguments);
  }

  @Override
  public void info(@Nullable String message, @Nullable Throwable error) {
    plain(Level.INFO, message, error);
  }

  @Override
  public boolean isWarnEnabled() {
    return isEnabled(Level.WARNING);
  }

  @Override
  public void warn(@Nullable String message) {
    plain(Level.WARNING, message, null);
  }

  @Override
  public void warn(@Nullable String format, @Nullable Object argument) {
    format(Level.WARNING, format, argument);
  }

  @Override
  public void warn(@Nullable String format, @Nullable Object first, @Nullable Object second) {
    format(Level.WARNING, format, first, second);
  }

  @Override
  public void warn(@Nullable String format, @Nullable Object... arguments) {
    format(Level.WARNING, format, arguments);
  }

  @Override
  public void warn(@Nullable String message, @Nullable Throwable error) {
    plain(Level.WARNING, message, error);
  }

  @Override
  public boolean isErrorEnabled() {
    return isEnabled(Level.ERROR);
  }

  @Override
  public void error(@Nullable String message) {
    plain(Level.ERROR, message, null);
  }

  @Override
  public void error(@Nullable String format, @Nullable Object argument) {
    format(Level.ERROR, format, argument);
  }

  @Override
  public void error(@Nullable String format, @Nullable Object first, @Nullable Object second) {
    format(Level.ERROR, format, first, second);
  }

  @Override
  public void error(@Nullable String format, @Nullable Object... arguments) {
    format(Level.ERROR, format, arguments);
  }

  @Override
  public void error(@Nullable String message, @Nullable Throwable error) {
    plain(Level.ERROR, message, error);
  }
}
