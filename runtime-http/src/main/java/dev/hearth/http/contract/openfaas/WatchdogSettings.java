package dev.hearth.http.contract.openfaas;

import dev.hearth.http.contract.Listen;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the watchdog's variables say (of-watchdog, config/config.go). As there, a duration or switch that makes no sense counts as not
 * set; other than there, a number that makes none is refused, as it would quietly turn a limit off.
 */
final class WatchdogSettings {

  static final int PORT = 8080;

  private static final int METRICS_PORT = 8081;
  private static final String METRICS_PORT_VARIABLE = "HEARTH_METRICS_PORT";
  private static final Duration USUAL = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final String UPSTREAM = "upstream_url";
  private static final String HTTP_UPSTREAM = "http_upstream_url";

  private final Map<String, String> environment;
  private final Duration writeTimeout;

  /**
   * @throws IllegalArgumentException if a variable asks for what cannot be had
   */
  WatchdogSettings(Map<String, String> environment) {
    this.environment = environment;
    this.writeTimeout = duration("write_timeout", USUAL);
    if (writeTimeout.isZero()) {
      throw new IllegalArgumentException(
          "write_timeout is '"
              + environment.get("write_timeout")
              + "'; it must be longer than zero, as no answer could be sent");
    }
    String mode = text("mode");
    if (mode != null && !mode.equals("http")) {
      throw new IllegalArgumentException(
          "mode is '" + mode + "'; it must be 'http', the only one in which a server is talked to");
    }
    if (!isUpstream() && isOn("jwt_auth")) {
      throw new IllegalArgumentException(
          "jwt_auth is on, but nothing here checks the gateway's tokens; put of-watchdog in front,"
              + " or turn it off");
    }
    port();
    maxInflight();
    metrics();
    upstream();
  }

  /** Whether a watchdog stands in front: it is told where to forward to, and passes its variables on. */
  boolean isUpstream() {
    return upstreamUrl() != null;
  }

  /** The variable that says where the watchdog forwards to. */
  String upstreamVariable() {
    return text(HTTP_UPSTREAM) == null ? UPSTREAM : HTTP_UPSTREAM;
  }

  private @Nullable String upstreamUrl() {
    return text(upstreamVariable());
  }

  /** Where the watchdog forwards to; null without one. */
  @Nullable Listen upstream() {
    String url = upstreamUrl();
    return url == null ? null : UpstreamUrl.listen(upstreamVariable(), url);
  }

  /** The port that callers know. */
  int port() {
    return number("port", PORT, 65_535);
  }

  /** Where the numbers are. */
  Listen metrics() {
    String host = text("HEARTH_METRICS_HOST");
    return new Listen(
        host == null ? "0.0.0.0" : host, number(METRICS_PORT_VARIABLE, METRICS_PORT, 65_535));
  }

  /** How long a function may run; zero for no limit. */
  Duration execTimeout() {
    return duration("exec_timeout", USUAL);
  }

  /** How long a request may take to arrive; zero for no limit. */
  Duration readTimeout() {
    return duration("read_timeout", USUAL);
  }

  /** How long from the head of a request to the end of its answer; also what calls are given to end when it stops. */
  Duration writeTimeout() {
    return writeTimeout;
  }

  /** How long requests are still taken when it stops. */
  Duration healthcheckInterval() {
    return duration("healthcheck_interval", writeTimeout);
  }

  /** Requests at once; 0 for no limit. */
  int maxInflight() {
    return number("max_inflight", 0, Integer.MAX_VALUE);
  }

  /** The function's path that is asked whether it is ready; null for none. */
  @Nullable String readyPath() {
    return text("ready_path");
  }

  boolean suppressesLock() {
    return isOn("suppress_lock");
  }

  /** Whether the watchdog reads requests whole before it forwards them. */
  boolean buffersRequests() {
    return isOn("buffer_http") || isOn("http_buffer_req_body");
  }

  boolean prefixesLogs() {
    return parsed("prefix_logs", true);
  }

  boolean logsCallId() {
    return parsed("log_callid", false);
  }

  /** The file that is there while it is healthy. */
  Path lock() {
    String directory = text("TMPDIR");
    try {
      return Path.of(directory == null ? "/tmp" : directory, ".lock");
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("TMPDIR is no path: " + e.getMessage(), e);
    }
  }

  private @Nullable String text(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Whole seconds, or as Go writes durations. */
  private Duration duration(String name, Duration usual) {
    String text = text(name);
    if (text == null) {
      return usual;
    }
    long seconds = digits(text, LONGEST.toSeconds());
    Duration value = seconds >= 0 ? Duration.ofSeconds(seconds) : GoDuration.parse(text);
    if (value == null || value.isNegative()) {
      return usual;
    }
    return value.compareTo(LONGEST) > 0 ? LONGEST : value;
  }

  private int number(String name, int usual, int most) {
    String text = text(name);
    if (text == null) {
      return usual;
    }
    long value = digits(text, 1L << 40);
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          name + " is '" + text + "'; it must be a whole number within 0 to " + most);
    }
    return (int) value;
  }

  /** A whole number, no more than the most; -1 when it is none. */
  private static long digits(String text, long most) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = Math.min(value * 10 + (c - '0'), most);
    }
    return value;
  }

  private boolean isOn(String name) {
    String value = environment.get(name);
    return value != null && (value.equals("true") || value.equals("1"));
  }

  /** As Go reads switches (package strconv, ParseBool). */
  private boolean parsed(String name, boolean usual) {
    String value = text(name);
    if (value == null) {
      return usual;
    }
    return switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> usual;
    };
  }
}
