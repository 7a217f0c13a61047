package dev.hearth.http.contract.lambda;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Start;
import dev.hearth.http.lambda.TaskRoot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * AWS Lambda, by its variables: the code is in {@code LAMBDA_TASK_ROOT}, layers below {@code /opt}, the handler is {@code
 * _HANDLER}. All variables but Hearth's own are the function's.
 */
public final class LambdaPlatform implements Platform {

  /** The only variables that the function does not get are those that are not meant for it. */
  private static final String OWN = "HEARTH_";

  private static final Set<String> LOG_LEVELS =
      Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "UNDEFINED");

  /** The platform bounds a start by itself: with what a call may take, where it begins again within one. */
  private static final Duration START = Duration.ofMinutes(15);

  /** The platform kills what has not ended two seconds after it was told to, often sooner. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public boolean ownsProcess() {
    return true;
  }

  @Override
  public Start start(Map<String, String> environment) {
    LambdaSettings settings = LambdaSettings.of(environment);
    requireLog(environment);
    Start.Builder start =
        Start.builder()
            .variables(variables(environment))
            .initTimeout(START, ApiAddress.VARIABLE)
            .hookLimit(START, ApiAddress.VARIABLE)
            .drain(DRAIN, ApiAddress.VARIABLE);
    TaskRoot.sayArchive(environment, start);
    TaskRoot.sayHandler(environment, start);
    String name = environment.get("AWS_LAMBDA_FUNCTION_NAME");
    if (name != null && Hearth.isName(name)) {
      start.name(name, "AWS_LAMBDA_FUNCTION_NAME");
    }
    if (settings.isConcurrent()) {
      start.concurrency(settings.concurrency(), LambdaSettings.CONCURRENCY);
    }
    return start.behind(TaskRoot.layers(environment)).build();
  }

  private static Map<String, String> variables(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (!variable.getKey().startsWith(OWN)) {
        variables.put(variable.getKey(), variable.getValue());
      }
    }
    return variables;
  }

  /** A mistake in these ends a Lambda runtime before it asks for an event. */
  private static void requireLog(Map<String, String> environment) {
    String level = environment.get("AWS_LAMBDA_LOG_LEVEL");
    if (level != null && !LOG_LEVELS.contains(level.toUpperCase(java.util.Locale.ROOT))) {
      throw new IllegalArgumentException(
          "AWS_LAMBDA_LOG_LEVEL is '"
              + level
              + "'; it must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL");
    }
    String format = environment.get("AWS_LAMBDA_LOG_FORMAT");
    if (format != null && !format.equalsIgnoreCase("JSON") && !format.equalsIgnoreCase("TEXT")) {
      throw new IllegalArgumentException(
          "AWS_LAMBDA_LOG_FORMAT is '" + format + "'; it must be JSON or Text");
    }
  }

  @Override
  public Contract contract(ContractHost host) {
    return new LambdaContract(host);
  }
}
