package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The one logger of a version, both {@code context.getLogger()} and {@code LambdaRuntime.getLogger()}. Thread-safe.
 *
 * <p>A line knows its call by the thread; on a thread of the function's own, by there being just one call.
 */
final class Logger implements LambdaLogger {

  private static final ThreadLocal<@Nullable LambdaContext> CURRENT = new ThreadLocal<>();

  private final LogLevel threshold;
  private final Lines lines;

  @GuardedBy("this")
  private int running;

  @GuardedBy("this")
  private @Nullable LambdaContext only; // null while several run, and until none does

  /** Where lines go, and how they look there. */
  interface Lines {
    /**
     * Writes a text.
     *
     * @param level {@link LogLevel#UNDEFINED} where the function gave none
     * @param context of the call, if it is known
     */
    void write(String message, LogLevel level, @Nullable LambdaContext context);

    /** Writes bytes as they are, or, where lines are text, as UTF-8. */
    void write(byte[] message, LogLevel level, @Nullable LambdaContext context);
  }

  Logger(LogLevel threshold, Lines lines) {
    this.threshold = threshold;
    this.lines = lines;
  }

  synchronized void enter(LambdaContext context) {
    CURRENT.set(context);
    only = running++ == 0 ? context : null;
  }

  synchronized void leave() {
    CURRENT.remove(); // a pooled thread must not keep the function's classes
    if (--running == 0) {
      only = null;
    }
  }

  @Override
  public void log(@Nullable String message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(@Nullable String message, LogLevel level) {
    if (isLogged(level)) {
      lines.write(message == null ? "null" : message, level, context());
    }
  }

  @Override
  public void log(byte @Nullable [] message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(byte @Nullable [] message, LogLevel level) {
    if (isLogged(level)) {
      byte[] bytes = message == null ? "null".getBytes(StandardCharsets.UTF_8) : message;
      lines.write(bytes, level, context());
    }
  }

  private boolean isLogged(LogLevel level) {
    return level == LogLevel.UNDEFINED || level.compareTo(threshold) >= 0;
  }

  private @Nullable LambdaContext context() {
    LambdaContext own = CURRENT.get();
    if (own != null) {
      return own;
    }
    synchronized (this) {
      return only;
    }
  }
}
