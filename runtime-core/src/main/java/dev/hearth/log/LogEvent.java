package dev.hearth.log;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line that a function logged; refers to nothing of the function.
 *
 * @param level from {@link Level#TRACE} to {@link Level#ERROR}
 * @param logger who logged, as the function calls it
 * @param error the stack trace of what went wrong, as text, or null
 * @param fields more facts by name, such as the function's MDC, in their order: text, truth values, numbers, null
 * @param origin whose line it is
 */
public record LogEvent(
    Level level,
    String logger,
    String message,
    @Nullable String error,
    Map<String, @Nullable Object> fields,
    Origin origin) {

  public LogEvent {
    requireNonNull(level, "level");
    requireNonNull(logger, "logger");
    requireNonNull(message, "message");
    requireNonNull(fields, "fields");
    requireNonNull(origin, "origin");
  }
}
