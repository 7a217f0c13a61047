package dev.hearth.invoke;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.function.Log;
import dev.hearth.log.ErrorText;
import dev.hearth.log.LogEvent;
import dev.hearth.log.LogSink;
import dev.hearth.log.Origin;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of one version. Thread-safe; holds nothing of the function.
 *
 * <p>A line belongs to the version that logs it, and to a call only where the thread runs one of this very version: a function that
 * is called by another one's thread does not write in its name.
 */
public final class FunctionLog implements Log {

  private static final int MAX_FIELDS = 100;
  private static final int MAX_VALUE = 8 * 1024; // characters

  private final Environment environment;
  private final LogSink sink;
  private final Origin outside;
  private final @Nullable Invocation only;

  /**
   * @param environment of the version
   * @param sink where lines go that no call takes for itself
   */
  public FunctionLog(Environment environment, LogSink sink) {
    this(environment, sink, null);
  }

  private FunctionLog(Environment environment, LogSink sink, @Nullable Invocation only) {
    this.environment = environment;
    this.sink = sink;
    this.only = only;
    this.outside = new Origin(environment.function(), environment.version(), null, null);
  }

  /** The same for one call, whatever thread writes. */
  Log of(Invocation call) {
    return new FunctionLog(environment, sink, call);
  }

  @Override
  public boolean isEnabled(Level level, String logger) {
    return level != Level.OFF && sink(running()).isEnabled(level, environment.function(), logger);
  }

  @Override
  public void write(
      Level level,
      String logger,
      @Nullable String message,
      @Nullable Throwable error,
      Map<String, ? extends @Nullable Object> fields) {
    Invocation call = running();
    LogSink to = sink(call);
    if (level == Level.OFF || !to.isEnabled(level, environment.function(), logger)) {
      return;
    }
    to.write(
        new LogEvent(
            level == Level.ALL ? Level.TRACE : level,
            logger,
            String.valueOf(message),
            error == null ? null : ErrorText.of(error),
            fields.isEmpty() ? Map.of() : plain(fields),
            call == null ? origin() : Invocation.origin(call)));
  }

  @Override
  public @Nullable Context call() {
    return running();
  }

  /** A thread that the function started works for the call that started it, until that has ended. */
  private Origin origin() {
    InvocationTag tag = InvocationTag.current();
    return tag != null && tag.version().equals(environment.version()) ? tag.origin() : outside;
  }

  private @Nullable Invocation running() {
    if (only != null) {
      return only;
    }
    Invocation current = Invocation.current();
    return current != null && current.environment() == environment ? current : null;
  }

  /** What a call takes for its answer it takes until it is answered. */
  private LogSink sink(@Nullable Invocation call) {
    LogSink calls = call == null || call.isEnded() ? null : call.call().log();
    return calls == null ? sink : calls;
  }

  private static Map<String, @Nullable Object> plain(
      Map<String, ? extends @Nullable Object> fields) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends @Nullable Object> field : fields.entrySet()) {
      if (plain.size() == MAX_FIELDS) {
        break;
      }
      plain.put(cut(String.valueOf(field.getKey())), plain(field.getValue()));
    }
    return plain;
  }

  /** Numbers of the JDK's plain types, and truth values, are what they are; the rest is text. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value == null
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || (value instanceof Double real && Double.isFinite(real))
        || (value instanceof Float real && Float.isFinite(real))) {
      return value;
    }
    try {
      return cut(String.valueOf(value));
    } catch (RuntimeException | StackOverflowError e) {
      return value.getClass().getName()
          + " (cannot be turned into text: "
          + e.getClass().getName()
          + ")";
    }
  }

  private static String cut(String text) {
    return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "…" : text;
  }
}
