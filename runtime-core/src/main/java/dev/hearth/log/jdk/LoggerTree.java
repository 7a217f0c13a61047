package dev.hearth.log.jdk;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Log;
import dev.hearth.loader.FunctionLoader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One function's loggers of {@code java.util.logging}, with what is set on them. Thread-safe.
 *
 * <p>Loggers stay as long as the version; the JDK would forget those nobody holds, and their levels.
 */
final class LoggerTree {

  private final ClassLoader owner;
  private final @Nullable Log log;
  private final Logger root = new Root();

  @GuardedBy("this")
  private final Map<String, Logger> loggers = new LinkedHashMap<>();

  @GuardedBy("this")
  private Properties settings = new Properties();

  @GuardedBy("this")
  private final List<Runnable> listeners = new ArrayList<>();

  LoggerTree(FunctionLoader owner) {
    this.owner = owner;
    this.log = Owner.log(owner);
    loggers.put("", root);
    restoreRoot();
  }

  /** Its constructor is the JDK's for subclasses. */
  private static final class Root extends Logger {
    Root() {
      super("", null);
    }
  }

  synchronized @Nullable Logger get(String name) {
    return loggers.get(name);
  }

  synchronized Set<String> names() {
    return new HashSet<>(loggers.keySet());
  }

  synchronized @Nullable String property(String name) {
    return settings.getProperty(name);
  }

  /** Adds a logger below its nearest ancestor and above those it is the nearest of; false if there is one of its name. */
  synchronized boolean add(Logger logger) {
    String name = requireNonNull(logger.getName(), "name");
    if (loggers.putIfAbsent(name, logger) != null) {
      return false;
    }
    logger.setParent(ancestor(name));
    for (Map.Entry<String, Logger> each : loggers.entrySet()) {
      if (each.getKey().startsWith(name + ".") && ancestor(each.getKey()) == logger) {
        each.getValue().setParent(logger);
      }
    }
    configure(name, logger);
    return true;
  }

  @GuardedBy("this")
  private Logger ancestor(String name) {
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      Logger found = loggers.get(name.substring(0, dot));
      if (found != null) {
        return found;
      }
    }
    return root;
  }

  /** Takes everything that was set away, as {@link java.util.logging.LogManager#reset} says. */
  synchronized void reset() {
    settings = new Properties();
    for (Logger logger : loggers.values()) {
      for (Handler handler : logger.getHandlers()) {
        logger.removeHandler(handler);
        close(handler);
      }
      logger.setLevel(logger == root ? Level.INFO : null);
    }
  }

  private static void close(Handler handler) {
    try {
      handler.close();
    } catch (RuntimeException e) {
      // The others are closed all the same.
    }
  }

  /** As it was at first. */
  void restore() {
    reset();
    restoreRoot();
    tellListeners();
  }

  private void restoreRoot() {
    root.addHandler(new FunctionLogHandler(log));
    root.setLevel(leastEnabled());
  }

  private Level leastEnabled() {
    if (log == null || log.isEnabled(System.Logger.Level.TRACE, "")) {
      return log == null ? Level.INFO : Level.FINEST;
    }
    return log.isEnabled(System.Logger.Level.DEBUG, "") ? Level.FINE : Level.INFO;
  }

  /** Sets everything anew by properties as {@link java.util.logging.LogManager} describes them. */
  void read(InputStream from) throws IOException {
    Properties read = load(from);
    synchronized (this) {
      reset();
      settings = read;
      configureAll();
    }
    tellListeners();
  }

  /** Sets what a mapper makes of the properties there were and those read; those read where there is no mapper. */
  void update(
      InputStream from, @Nullable Function<String, BiFunction<String, String, String>> mapper)
      throws IOException {
    Properties read = load(from);
    synchronized (this) {
      Properties updated = mapper == null ? read : map(settings, read, mapper);
      reset();
      settings = updated;
      configureAll();
    }
    tellListeners();
  }

  private static Properties load(InputStream from) throws IOException {
    Properties read = new Properties();
    read.load(from);
    return read;
  }

  private static Properties map(
      Properties before,
      Properties read,
      Function<String, BiFunction<String, String, String>> mapper) {
    Set<String> keys = new HashSet<>(before.stringPropertyNames());
    keys.addAll(read.stringPropertyNames());
    Properties mapped = new Properties();
    for (String key : keys) {
      BiFunction<String, String, String> remap = mapper.apply(key);
      String value =
          remap == null
              ? read.getProperty(key)
              : remap.apply(before.getProperty(key), read.getProperty(key));
      if (value != null) {
        mapped.setProperty(key, value);
      }
    }
    return mapped;
  }

  @GuardedBy("this")
  private void configureAll() {
    for (Map.Entry<String, Logger> each : loggers.entrySet()) {
      configure(each.getKey(), each.getValue());
    }
  }

  @GuardedBy("this")
  private void configure(String name, Logger logger) {
    String level = settings.getProperty(name + ".level");
    if (level != null) {
      setLevel(logger, level.strip());
    }
    String handlers = settings.getProperty(name.isEmpty() ? "handlers" : name + ".handlers");
    if (handlers != null) {
      for (String className : handlers.strip().split("[\\s,]+")) {
        addHandler(logger, className);
      }
    }
    String useParent = settings.getProperty(name + ".useParentHandlers");
    if (useParent != null) {
      logger.setUseParentHandlers(!useParent.strip().equalsIgnoreCase("false"));
    }
  }

  private void setLevel(Logger logger, String level) {
    try {
      logger.setLevel(Level.parse(level));
    } catch (IllegalArgumentException e) {
      warn("level '" + level + "' of logger '" + logger.getName() + "' is not known", e);
    }
  }

  private void addHandler(Logger logger, String className) {
    if (className.isEmpty()) {
      return;
    }
    try {
      Object made = Class.forName(className, true, owner).getDeclaredConstructor().newInstance();
      logger.addHandler((Handler) made);
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      warn("handler '" + className + "' of logger '" + logger.getName() + "' cannot be made", e);
    }
  }

  private void warn(String message, Throwable cause) {
    if (log != null) {
      log.write(
          System.Logger.Level.WARNING,
          "java.util.logging",
          message + "; see the function's logging settings",
          cause,
          Map.of());
    }
  }

  synchronized void listen(Runnable listener) {
    listeners.add(requireNonNull(listener, "listener"));
  }

  synchronized void forget(Runnable listener) {
    listeners.remove(listener);
  }

  private void tellListeners() {
    List<Runnable> told;
    synchronized (this) {
      told = List.copyOf(listeners);
    }
    for (Runnable listener : told) {
      listener.run();
    }
  }
}
