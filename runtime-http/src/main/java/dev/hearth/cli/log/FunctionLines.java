package dev.hearth.cli.log;

import dev.hearth.log.LogEvent;
import dev.hearth.log.LogSink;
import java.lang.System.Logger.Level;

/** Writes what functions log to the process's sink. Thread-safe. */
final class FunctionLines implements LogSink {

  private final Sink sink;
  private final Level least;

  private FunctionLines(Sink sink, Level least) {
    this.sink = sink;
    this.least = least;
  }

  /**
   * Lines to a sink.
   *
   * @param threshold the least level that is written, as in {@link org.slf4j.event.Level#toInt}
   */
  static LogSink to(Sink sink, int threshold) {
    return new FunctionLines(
        sink,
        switch (org.slf4j.event.Level.intToLevel(threshold)) {
          case TRACE -> Level.TRACE;
          case DEBUG -> Level.DEBUG;
          case INFO -> Level.INFO;
          case WARN -> Level.WARNING;
          case ERROR -> Level.ERROR;
        });
  }

  @Override
  public boolean isEnabled(Level level, String function, String logger) {
    return level.compareTo(least) >= 0;
  }

  @Override
  public void write(LogEvent event) {
    sink.write(Entry.logged(event));
  }
}
