package dev.hearth.http.contract.openfaas;

import dev.hearth.http.contract.Answer;
import dev.hearth.http.metrics.Counters;
import dev.hearth.http.metrics.Histogram;
import dev.hearth.http.metrics.PrometheusText;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of requests, under the watchdog's names (of-watchdog, metrics/http.go). Thread-safe. */
final class Metrics {

  private final Counters requests =
      new Counters("http_requests_total", "Requests that were answered", "code", "method");
  private final Histogram durations =
      Histogram.ofSeconds(
          "http_request_duration_seconds", "Seconds that requests took", "code", "method");
  private final AtomicInteger inFlight = new AtomicInteger();

  /** A request has come. */
  void begun() {
    inFlight.incrementAndGet();
  }

  /** It has been dealt with. */
  void ended(int status, String method, long nanos) {
    String code = Integer.toString(status);
    String lower = method.toLowerCase(Locale.ROOT);
    requests.add(code, lower);
    durations.record(nanos, code, lower);
    inFlight.decrementAndGet();
  }

  /** Requests under way. */
  int inFlight() {
    return inFlight.get();
  }

  /** The page. */
  Answer page() {
    PrometheusText text = new PrometheusText();
    requests.write(text);
    durations.write(text);
    text.family("http_requests_in_flight", "Requests that are under way", PrometheusText.Kind.GAUGE)
        .sample("", inFlight.get());
    return Answer.bytes(200, text.bytes()).header("Content-Type", PrometheusText.CONTENT_TYPE);
  }
}
