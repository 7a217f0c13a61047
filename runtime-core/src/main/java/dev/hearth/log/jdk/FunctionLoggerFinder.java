package dev.hearth.log.jdk;

import dev.hearth.function.Log;
import java.lang.System.Logger;
import java.text.MessageFormat;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Gives code its {@link System.Logger} by whose class asks: a function's lines go to its own log, whatever thread writes them, those of
 * the JDK and of the process to SLF4J. Keeps no logger. Thread-safe.
 */
public final class FunctionLoggerFinder extends System.LoggerFinder {

  /** For the JDK, which finds it as a service. */
  public FunctionLoggerFinder() {}

  @Override
  public Logger getLogger(String name, Module module) {
    Log log = Owner.log(Owner.of(module.getClassLoader()));
    return log == null ? new OfHost(name) : new OfFunction(name, log);
  }

  /** What both have in common: how text is made. */
  private abstract static class Texts implements Logger {
    private final String name;

    Texts(String name) {
      this.name = name;
    }

    abstract void write(Level level, @Nullable String text, @Nullable Throwable error);

    @Override
    public String getName() {
      return name;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable error) {
      if (isLoggable(level)) {
        write(level, translated(bundle, message), error);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        write(level, formatted(translated(bundle, format), parameters), null);
      }
    }

    private static @Nullable String translated(
        @Nullable ResourceBundle bundle, @Nullable String key) {
      if (bundle == null || key == null) {
        return key;
      }
      try {
        return bundle.getString(key);
      } catch (MissingResourceException | ClassCastException e) {
        return key;
      }
    }

    private static @Nullable String formatted(
        @Nullable String format, @Nullable Object @Nullable [] parameters) {
      if (format == null || parameters == null || parameters.length == 0) {
        return format;
      }
      try {
        return MessageFormat.format(format, parameters);
      } catch (IllegalArgumentException e) {
        return format; // logging never fails a call
      }
    }
  }

  private static final class OfFunction extends Texts {
    private final Log log;

    OfFunction(String name, Log log) {
      super(name);
      this.log = log;
    }

    @Override
    public boolean isLoggable(Level level) {
      return log.isEnabled(level, getName());
    }

    @Override
    void write(Level level, @Nullable String text, @Nullable Throwable error) {
      log.write(level, getName(), text, error, Map.of());
    }
  }

  private static final class OfHost extends Texts {
    private final org.slf4j.Logger logger;

    OfHost(String name) {
      super(name);
      this.logger = LoggerFactory.getLogger(name);
    }

    @Override
    public boolean isLoggable(Level level) {
      return HostLogger.isEnabled(logger, level);
    }

    @Override
    void write(Level level, @Nullable String text, @Nullable Throwable error) {
      HostLogger.write(logger, level, String.valueOf(text), error);
    }
  }
}
