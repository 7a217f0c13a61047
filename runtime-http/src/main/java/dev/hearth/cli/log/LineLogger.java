package dev.hearth.cli.log;

import dev.hearth.invoke.InvocationTag;
import dev.hearth.log.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that writes to the process's sink. Thread-safe. */
final class LineLogger extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  private final transient Sink sink;
  private final int threshold;

  /**
   * @param threshold the least level that is written, as in {@link Level#toInt}
   */
  LineLogger(String name, Sink sink, int threshold) {
    this.name = name;
    this.sink = sink;
    this.threshold = threshold;
  }

  @Override
  public boolean isTraceEnabled() {
    return isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isEnabled(Level.ERROR);
  }

  private boolean isEnabled(Level level) {
    return level.toInt() >= threshold;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String message,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable error) {
    String text = MessageFormatter.basicArrayFormat(message, arguments);
    InvocationTag call = InvocationTag.current();
    Origin origin = call == null ? null : call.origin();
    sink.write(Entry.logged(level.toString(), getName(), String.valueOf(text), origin, error));
  }
}
