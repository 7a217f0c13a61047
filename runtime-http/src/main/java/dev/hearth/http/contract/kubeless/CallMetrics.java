package dev.hearth.http.contract.kubeless;

import dev.hearth.http.contract.Answer;
import dev.hearth.http.metrics.Counters;
import dev.hearth.http.metrics.Histogram;
import dev.hearth.http.metrics.PrometheusText;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Timings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What is counted of calls, under the names that both platforms' dashboards have. Thread-safe. */
final class CallMetrics {

  private static final String LABEL = "method";

  private final Counters calls =
      new Counters("function_calls_total", "Number of calls to the user function", LABEL);
  private final Counters failures =
      new Counters("function_failures_total", "Number of failed calls", LABEL);
  private final Histogram durations =
      Histogram.ofSeconds(
          "function_duration_seconds", "Duration of the user function in seconds", LABEL);

  /** A call that has ended, however it did. */
  void ended(String method, Outcome<?> outcome) {
    Timings timings = outcome.timings();
    calls.add(method);
    durations.record(timings.initNanos() + timings.runNanos(), method);
    if (outcome instanceof Outcome.Threw || outcome instanceof Outcome.TimedOut) {
      failures.add(method);
    }
  }

  /**
   * The page.
   *
   * @param query may name the families that are wanted, as {@code name[]}
   */
  Answer page(String query) {
    PrometheusText text = new PrometheusText(wanted(query));
    calls.write(text);
    failures.write(text);
    durations.write(text);
    return Answer.bytes(200, text.bytes()).header("Content-Type", PrometheusText.CONTENT_TYPE);
  }

  private static Set<String> wanted(String query) {
    Set<String> names = new HashSet<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals);
      if (name.equals("name[]") || name.equalsIgnoreCase("name%5B%5D")) {
        names.add(decoded(pair.substring(equals + 1)));
      }
    }
    return names;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value; // no family is called so
    }
  }
}
