package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.hearth.function.Environment;
import dev.hearth.signature.spi.BindingException;
import java.util.Map;

/**
 * What a function's variables say, with defaults for those that are not set.
 *
 * @param platformReadsOutput whether there is a platform that takes what Lambda's runtime prints for its log: it names the group, or
 *     the format
 */
record Settings(
    String functionName,
    String functionVersion,
    String logGroup,
    String logStream,
    int memoryMegabytes,
    String arn,
    LogLevel logLevel,
    LogFormat logFormat,
    boolean platformReadsOutput) {

  /**
   * Reads them.
   *
   * @throws BindingException if one has a value that cannot be used
   */
  static Settings of(Environment environment) {
    Map<String, String> variables = environment.variables();
    String name = variables.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", environment.function());
    String region = variables.getOrDefault("AWS_REGION", "us-east-1");
    return new Settings(
        name,
        variables.getOrDefault("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        variables.getOrDefault("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name),
        variables.getOrDefault("AWS_LAMBDA_LOG_STREAM_NAME", environment.version()),
        memory(variables.getOrDefault("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")),
        "arn:aws:lambda:" + region + ":000000000000:function:" + name,
        level(variables.getOrDefault("AWS_LAMBDA_LOG_LEVEL", "UNDEFINED")),
        format(variables.getOrDefault("AWS_LAMBDA_LOG_FORMAT", "TEXT")),
        variables.containsKey("AWS_LAMBDA_LOG_GROUP_NAME")
            || variables.containsKey("AWS_LAMBDA_LOG_FORMAT"));
  }

  private static int memory(String value) {
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new BindingException(
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE is '" + value + "'; it must be a number of megabytes",
          e);
    }
  }

  private static LogLevel level(String value) {
    try {
      return LogLevel.fromString(value);
    } catch (IllegalArgumentException e) {
      throw new BindingException("AWS_LAMBDA_LOG_LEVEL: " + e.getMessage(), e);
    }
  }

  private static LogFormat format(String value) {
    try {
      return LogFormat.fromString(value);
    } catch (IllegalArgumentException e) {
      throw new BindingException("AWS_LAMBDA_LOG_FORMAT: " + e.getMessage(), e);
    }
  }
}
