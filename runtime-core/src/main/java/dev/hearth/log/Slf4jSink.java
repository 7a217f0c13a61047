package dev.hearth.log;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Hands lines to the SLF4J of the process, whose backend is the embedder's choice. Thread-safe.
 *
 * <p>The logger {@code acme.Resize} of function {@code resize} is {@code hearth.function.resize.acme.Resize} there, so that levels
 * can be set for all functions, for one, or for a part of one. While a line is written the MDC has the function's fields, and {@code
 * function}, {@code version}, {@code invocation} and {@code trace}, over what the thread has there already. A stack trace follows the
 * message, as text.
 */
public final class Slf4jSink implements LogSink {

  private static final String PREFIX = "hearth.function.";

  /** SLF4J keeps loggers for ever; a function that makes up names logs by its own name from then on. */
  private static final int MAX_LOGGERS = 1000;

  private static final int MAX_MESSAGE = 64 * 1024;

  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /** A sink for the SLF4J that this class sees. */
  public Slf4jSink() {}

  @Override
  public boolean isEnabled(Level level, String function, String logger) {
    Logger target = logger(function, logger);
    return switch (level) {
      case ALL, TRACE -> target.isTraceEnabled();
      case DEBUG -> target.isDebugEnabled();
      case INFO -> target.isInfoEnabled();
      case WARNING -> target.isWarnEnabled();
      case ERROR -> target.isErrorEnabled();
      case OFF -> false;
    };
  }

  @Override
  public void write(LogEvent event) {
    Logger target = logger(event.origin().function(), event.logger());
    List<String[]> before = new ArrayList<>();
    try {
      for (Map.Entry<String, @Nullable Object> field : event.fields().entrySet()) {
        put(field.getKey(), String.valueOf(field.getValue()), before);
      }
      Origin origin = event.origin();
      put("function", origin.function(), before);
      put("version", origin.version(), before);
      put("invocation", origin.invocation(), before);
      put("trace", origin.trace(), before);
      log(target, event.level(), text(event));
    } finally {
      for (int i = before.size() - 1; i >= 0; i--) {
        restore(before.get(i)[0], before.get(i)[1]);
      }
    }
  }

  private Logger logger(String function, String logger) {
    String name = PREFIX + function + "." + logger;
    if (!names.contains(name)) {
      if (logger.isEmpty() || names.size() >= MAX_LOGGERS) {
        return LoggerFactory.getLogger(PREFIX + function);
      }
      names.add(name);
    }
    return LoggerFactory.getLogger(name);
  }

  private static void put(String key, @Nullable String value, List<String[]> before) {
    before.add(new String[] {key, MDC.get(key)});
    restore(key, value);
  }

  private static void restore(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }

  private static String text(LogEvent event) {
    String message = event.message();
    if (message.length() > MAX_MESSAGE) {
      int cut = message.length() - MAX_MESSAGE;
      message = message.substring(0, MAX_MESSAGE) + "… (" + cut + " characters more)";
    }
    return event.error() == null ? message : message + System.lineSeparator() + event.error();
  }

  private static void log(Logger target, Level level, String text) {
    switch (level) {
      case ALL, TRACE -> target.trace(text);
      case DEBUG -> target.debug(text);
      case INFO -> target.info(text);
      case WARNING -> target.warn(text);
      case ERROR -> target.error(text);
      case OFF -> {}
    }
  }
}
