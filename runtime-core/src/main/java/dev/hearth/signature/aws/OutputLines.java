package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** The bytes that Lambda's own runtime writes to standard output, for a platform that reads them there. */
final class OutputLines implements Logger.Lines {

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final boolean json;

  OutputLines(LogFormat format) {
    this.json = format == LogFormat.JSON;
  }

  @Override
  public void write(String message, LogLevel level, @Nullable LambdaContext context) {
    String text = json ? line(message, level, context) : text(message, level);
    print(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(byte[] message, LogLevel level, @Nullable LambdaContext context) {
    print(message);
  }

  private static String text(String message, LogLevel level) {
    return level == LogLevel.UNDEFINED ? message : "[" + level + "] " + message;
  }

  private static String line(String message, LogLevel level, @Nullable LambdaContext context) {
    JsonObject line = new JsonObject();
    line.put("timestamp", MILLISECONDS.format(Instant.now()));
    line.put("message", message);
    line.put("level", level.name());
    line.put("AWSRequestId", context == null ? null : context.getAwsRequestId());
    line.put("tenantId", context == null ? null : context.getTenantId());
    return line.end() + "\n";
  }

  @SuppressWarnings("SystemOut") // Lambda's log is the process's output
  private static void print(byte[] bytes) {
    PrintStream out = System.out;
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
