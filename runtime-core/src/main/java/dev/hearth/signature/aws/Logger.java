package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The one logger of a version, both {@code context.getLogger()} and {@code LambdaRuntime.getLogger()}. Writes to standard output.
 * Thread-safe.
 *
 * <p>A line knows its call by the thread; on a thread of the function's own, by there being just one call.
 */
final class Logger implements LambdaLogger {

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final ThreadLocal<@Nullable LambdaContext> CURRENT = new ThreadLocal<>();

  private final LogLevel threshold;
  private final boolean json;

  @GuardedBy("this")
  private int running;

  @GuardedBy("this")
  private @Nullable LambdaContext only; // null while several run, and until none does

  Logger(LogLevel threshold, LogFormat format) {
    this.threshold = threshold;
    this.json = format == LogFormat.JSON;
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
      String text = message == null ? "null" : message;
      write((json ? line(text, level) : text(text, level)).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void log(byte @Nullable [] message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(byte @Nullable [] message, LogLevel level) {
    if (isLogged(level)) {
      write(message == null ? "null".getBytes(StandardCharsets.UTF_8) : message);
    }
  }

  private boolean isLogged(LogLevel level) {
    return level == LogLevel.UNDEFINED || level.compareTo(threshold) >= 0;
  }

  private static String text(String message, LogLevel level) {
    return level == LogLevel.UNDEFINED ? message : "[" + level + "] " + message;
  }

  private String line(String message, LogLevel level) {
    LambdaContext context = context();
    JsonObject line = new JsonObject();
    line.put("timestamp", MILLISECONDS.format(Instant.now()));
    line.put("message", message);
    line.put("level", level.name());
    line.put("AWSRequestId", context == null ? null : context.getAwsRequestId());
    line.put("tenantId", context == null ? null : context.getTenantId());
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

  @SuppressWarnings("SystemOut") // Lambda's log is the process's output
  private static void write(byte[] bytes) {
    PrintStream out = System.out;
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
