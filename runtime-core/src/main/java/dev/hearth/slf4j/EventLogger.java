package dev.hearth.slf4j;

import dev.hearth.function.Log;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** A logger that takes the events of SLF4J 2's fluent API as well; their pairs become fields. Thread-safe. */
final class EventLogger extends HearthLogger implements LoggingEventAware {

  private static final long serialVersionUID = 1L;

  EventLogger(String name, Log log) {
    super(name, log);
  }

  @Override
  public void log(LoggingEvent event) {
    Level level =
        switch (event.getLevel()) {
          case TRACE -> Level.TRACE;
          case DEBUG -> Level.DEBUG;
          case INFO -> Level.INFO;
          case WARN -> Level.WARNING;
          case ERROR -> Level.ERROR;
        };
    if (!log.isEnabled(level, getName())) {
      return;
    }
    FormattingTuple made =
        MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray());
    Throwable error = event.getThrowable() == null ? made.getThrowable() : event.getThrowable();
    log.write(level, getName(), made.getMessage(), error, fields(event.getKeyValuePairs()));
  }

  private static Map<String, @Nullable Object> fields(@Nullable List<KeyValuePair> pairs) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(fields());
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        fields.put(pair.key, pair.value);
      }
    }
    return fields;
  }
}
