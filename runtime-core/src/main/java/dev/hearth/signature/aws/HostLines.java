package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.hearth.function.Log;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines to the host's log, whose level and request id are facts rather than text. */
final class HostLines implements Logger.Lines {

  private static final String LOGGER = "LambdaLogger";

  private final Log log;

  HostLines(Log log) {
    this.log = log;
  }

  @Override
  public void write(String message, LogLevel level, @Nullable LambdaContext context) {
    Log to = context == null ? log : context.log();
    to.write(level(level), LOGGER, withoutEnd(message), null, fields(context));
  }

  @Override
  public void write(byte[] message, LogLevel level, @Nullable LambdaContext context) {
    write(new String(message, StandardCharsets.UTF_8), level, context);
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case TRACE -> Level.TRACE;
      case DEBUG -> Level.DEBUG;
      case UNDEFINED, INFO -> Level.INFO;
      case WARN -> Level.WARNING;
      case ERROR, FATAL -> Level.ERROR;
    };
  }

  /** Functions end their lines themselves, because Lambda does not. */
  private static String withoutEnd(String message) {
    int end = message.length();
    while (end > 0 && (message.charAt(end - 1) == '\n' || message.charAt(end - 1) == '\r')) {
      end--;
    }
    return message.substring(0, end);
  }

  private static Map<String, String> fields(@Nullable LambdaContext context) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (context != null) {
      fields.put("AWSRequestId", context.getAwsRequestId());
      String tenant = context.getTenantId();
      if (tenant != null) {
        fields.put("tenantId", tenant);
      }
    }
    return fields;
  }
}
