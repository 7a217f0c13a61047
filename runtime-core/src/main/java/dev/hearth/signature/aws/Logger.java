package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The one logger of a version, both {@code context.getLogger()} and {@code LambdaRuntime.getLogger()}. Thread-safe.
 *
 * <p>A line knows its call by the thread; on a thread of the function's own, by there being just one call.
 */
final class Logger implements LambdaLogger {

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final ThreadLocal<@Nullable LambdaContext> CURRENT = new ThreadLocal<>();

  private final LogLevel threshold;
  private final boolean json;
  private final LogOutput out;

  @GuardedBy("this")
  private int running;

  @GuardedBy("this")
  private @Nullable LambdaContext only; // null while several run, and until none does

  Logger(LogLevel threshold, LogFormat format, LogOutput out) {
    this.threshold = threshold;
    this.json = format == LogFormat.JSON;
    this.out = out;
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
      LambdaContext context = json ? context() : null;
      write(
          message == null ? "null" : message,
          level,
          context == null ? null : context.getAwsRequestId(),
          context == null ? null : context.getTenantId());
    }
  }

  @Override
  public void log(byte @Nullable [] message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(byte @Nullable [] message, LogLevel level) {
    if (isLogged(level)) {
      out.write(message == null ? "null".getBytes(StandardCharsets.UTF_8) : message, level);
    }
  }

  /** What the platform has about a call that failed; it may not have come as far as to have a context. */
  void failure(String text, String requestId, @Nullable String tenantId) {
    LogLevel level = json ? LogLevel.ERROR : LogLevel.UNDEFINED;
    if (isLogged(level)) {
      write(text, level, requestId, tenantId);
    }
  }

  private boolean isLogged(LogLevel level) {
    return level == LogLevel.UNDEFINED || level.compareTo(threshold) >= 0;
  }

  private void write(
      String message, LogLevel level, @Nullable String requestId, @Nullable String tenantId) {
    String text = json ? line(message, level, requestId, tenantId) : text(message, level);
    out.write(text.getBytes(StandardCharsets.UTF_8), level);
  }

  private static String text(String message, LogLevel level) {
    return level == LogLevel.UNDEFINED ? message : "[" + level + "] " + message;
  }

  private static String line(
      String message, LogLevel level, @Nullable String requestId, @Nullable String tenantId) {
    JsonObject line = new JsonObject();
    line.put("timestamp", MILLISECONDS.format(Instant.now()));
    line.put("message", message);
    line.put("level", level.name());
    line.put("AWSRequestId", requestId);
    line.put("tenantId", tenantId);
    return line.end() + "\n";
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
