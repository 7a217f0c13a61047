package dev.hearth.testing;

import dev.hearth.log.LogEvent;
import dev.hearth.log.LogSink;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Keeps what functions log. Thread-safe. */
public final class RecordingSink implements LogSink, Supplier<LogSink> {

  private final List<LogEvent> events = new CopyOnWriteArrayList<>();
  private final Level least;

  /** Keeps everything from a level on. */
  public RecordingSink(Level least) {
    this.least = least;
  }

  /** What was logged so far. */
  public List<LogEvent> events() {
    return List.copyOf(events);
  }

  /** The messages of one function, in order. */
  public List<String> messages(String function) {
    return events.stream()
        .filter(event -> event.origin().function().equals(function))
        .map(LogEvent::message)
        .toList();
  }

  @Override
  public boolean isEnabled(Level level, String function, String logger) {
    return level.compareTo(least) >= 0;
  }

  @Override
  public void write(LogEvent event) {
    events.add(event);
  }

  @Override
  public LogSink get() {
    return this;
  }
}
