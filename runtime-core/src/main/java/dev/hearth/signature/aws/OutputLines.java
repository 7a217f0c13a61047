package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** The bytes that Lambda's own runtime writes, for a platform that reads them on standard output or where it says. */
final class OutputLines implements Logger.Lines {

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final boolean json;
  private final LogOutput out;

  OutputLines(LogFormat format, LogOutput out) {
    this.json = format == LogFormat.JSON;
    this.out = out;
  }

  @Override
  public void write(String message, LogLevel level, @Nullable LambdaContext context) {
    write(
        message,
        level,
        context == null ? null : context.getAwsRequestId(),
        context == null ? null : context.getTenantId());
  }

  @Override
  public void write(byte[] message, LogLevel level, @Nullable LambdaContext context) {
    out.write(message, level);
  }

  @Override
  public LogLevel failures() {
    return json ? LogLevel.ERROR : LogLevel.UNDEFINED;
  }

  @Override
  public void failure(String text, String requestId, @Nullable String tenantId) {
    write(text, failures(), requestId, tenantId);
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
}
