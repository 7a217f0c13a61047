package dev.hearth.slf4j;

import dev.hearth.function.Log;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/** The function's loggers by name. Thread-safe. */
public class HearthLoggers implements ILoggerFactory {

  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private final Log log = Log.of(HearthLoggers.class);

  /** For SLF4J. */
  public HearthLoggers() {}

  @Override
  public Logger getLogger(String name) {
    Logger known = loggers.get(name);
    if (known == null) {
      Logger made = make(name, log);
      Logger before = loggers.putIfAbsent(name, made);
      known = before == null ? made : before;
    }
    return known;
  }

  Logger make(String name, Log to) {
    return new HearthLogger(name, to);
  }
}
