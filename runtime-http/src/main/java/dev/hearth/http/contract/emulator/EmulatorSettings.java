package dev.hearth.http.contract.emulator;

import dev.hearth.gateway.EventFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the contract reads of the variables.
 *
 * @param timeout how long a call may run, unless a function's settings say otherwise
 * @param concurrency calls that one instance runs at once, 0 for what its signature promises
 * @param retries how often an event is tried again that failed
 * @param pauses before the first and the second of them
 * @param age how long an event is tried for that finds no room
 * @param queue events that may be under way at once
 * @param gateway what serves other paths; null for nothing
 * @param stage of the gateway
 * @param binaryTypes media types that a REST API hands on as bytes
 * @param gatewayLimit how long the gateway waits for a function
 * @param streamType of answers that stream and say nothing themselves
 */
record EmulatorSettings(
    Mode mode,
    String region,
    String account,
    int megabytes,
    Duration timeout,
    boolean saysTimeout,
    int concurrency,
    int retries,
    List<Duration> pauses,
    Duration age,
    int queue,
    @Nullable EventFormat gateway,
    String stage,
    List<String> binaryTypes,
    Duration gatewayLimit,
    String streamType,
    boolean json) {

  static final String TIMEOUT = "AWS_LAMBDA_FUNCTION_TIMEOUT";
  static final String CONCURRENCY = "AWS_LAMBDA_MAX_CONCURRENCY";
  static final String MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";
  static final String RETRIES = "HEARTH_LAMBDA_EVENT_RETRIES";
  static final String PAUSES = "HEARTH_LAMBDA_EVENT_PAUSES";
  static final String AGE = "HEARTH_LAMBDA_EVENT_AGE";
  static final String QUEUE = "HEARTH_LAMBDA_EVENT_QUEUE";
  static final String GATEWAY = "HEARTH_LAMBDA_GATEWAY";
  static final String STAGE = "HEARTH_LAMBDA_STAGE";
  static final String BINARY = "HEARTH_LAMBDA_BINARY_TYPES";
  static final String GATEWAY_TIMEOUT = "HEARTH_LAMBDA_GATEWAY_TIMEOUT";
  static final String STREAM_TYPE = "HEARTH_LAMBDA_CONTENT_TYPE";

  private static final int MOST_SECONDS = 900;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one makes no sense; the message names it and its value
   */
  static EmulatorSettings of(Map<String, String> environment) {
    String concurrency = environment.get(CONCURRENCY);
    Mode mode = Mode.of(environment.getOrDefault(Mode.VARIABLE, "api"));
    if (mode == Mode.CLASSIC && concurrency != null) {
      mode = Mode.CONCURRENT;
    }
    boolean classic = mode == Mode.CLASSIC;
    EventFormat gateway = gateway(environment.getOrDefault(GATEWAY, "none"));
    String stage = environment.get(STAGE);
    return new EmulatorSettings(
        mode,
        classic ? "us-east-1" : environment.getOrDefault("AWS_REGION", "us-east-1"),
        classic ? "012345678912" : environment.getOrDefault("AWS_ACCOUNT_ID", "123456789012"),
        number(environment, MEMORY, mode == Mode.API ? "128" : "3008", 1, 1 << 20),
        timeout(environment, mode),
        environment.containsKey(TIMEOUT),
        concurrency == null || mode == Mode.API
            ? 0
            : number(environment, CONCURRENCY, concurrency, 1, 10_000),
        number(environment, RETRIES, "2", 0, 2),
        pauses(environment.getOrDefault(PAUSES, "1m,2m")),
        Span.parse(AGE, environment.getOrDefault(AGE, "6h")),
        number(environment, QUEUE, "1000", 1, 100_000),
        gateway,
        stage != null ? stage : gateway == EventFormat.REST ? "Prod" : "$default",
        binaryTypes(environment.getOrDefault(BINARY, "")),
        Span.parse(
            GATEWAY_TIMEOUT,
            environment.getOrDefault(GATEWAY_TIMEOUT, gateway == EventFormat.REST ? "29s" : "30s")),
        environment.getOrDefault(STREAM_TYPE, "application/octet-stream"),
        environment.getOrDefault("AWS_LAMBDA_LOG_FORMAT", "").equalsIgnoreCase("JSON"));
  }

  private static Duration timeout(Map<String, String> environment, Mode mode) {
    String fallback = mode == Mode.API ? "3" : "300";
    return Duration.ofSeconds(number(environment, TIMEOUT, fallback, 1, MOST_SECONDS));
  }

  private static int number(
      Map<String, String> environment, String variable, String fallback, int least, int most) {
    String text = environment.getOrDefault(variable, fallback);
    long value = Span.digits(text.strip());
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          variable
              + " is '"
              + text
              + "'; it must be a whole number within "
              + least
              + " to "
              + most);
    }
    return (int) value;
  }

  private static List<String> binaryTypes(String text) {
    List<String> types = new ArrayList<>();
    for (String type : text.split(",", -1)) {
      if (!type.isBlank()) {
        types.add(type.strip().toLowerCase(Locale.ROOT));
      }
    }
    return types;
  }

  private static List<Duration> pauses(String text) {
    String[] parts = text.split(",", -1);
    Duration first = Span.parse(PAUSES, parts[0].strip());
    if (parts.length > 2) {
      throw new IllegalArgumentException(
          PAUSES + " is '" + text + "'; it must be one or two spans such as 1m,2m");
    }
    return List.of(first, parts.length == 1 ? first : Span.parse(PAUSES, parts[1].strip()));
  }

  private static @Nullable EventFormat gateway(String text) {
    return switch (text) {
      case "none" -> null;
      case "rest" -> EventFormat.REST;
      case "http-api" -> EventFormat.HTTP_API;
      case "http-api-1.0" -> EventFormat.HTTP_API_1;
      case "function-url" -> EventFormat.FUNCTION_URL;
      case "load-balancer" -> EventFormat.LOAD_BALANCER;
      default ->
          throw new IllegalArgumentException(
              GATEWAY
                  + " is '"
                  + text
                  + "'; it must be none, rest, http-api, http-api-1.0, function-url or load-balancer");
    };
  }

  /** The ARN of a function, with the qualifier it was asked for by. */
  String arn(String function, @Nullable String qualifier) {
    String arn = "arn:aws:lambda:" + region + ":" + account + ":function:" + function;
    return qualifier == null ? arn : arn + ":" + qualifier;
  }
}
