package dev.hearth.http.contract.openfaas;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.Beside;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * OpenFaaS' contract in the watchdog's place: what the platform sees of a container is what of-watchdog in its mode {@code http} shows it
 * (of-watchdog, pkg/watchdog.go).
 *
 * <pre>
 * NEW -> ACCEPTING -> STOPPING      while STOPPING requests are still taken, but it says that it is not healthy
 * </pre>
 */
final class WatchdogContract implements Contract {

  private static final Duration METRICS_PATIENCE = Duration.ofMillis(500);
  private static final String DURATION = "X-Duration-Seconds";

  private final ContractHost host;
  private final OneFunction function;
  private final Duration execTimeout;
  private final Duration readTimeout;
  private final Duration writeTimeout;
  private final Duration interval;
  private final @Nullable String readyPath;
  private final LockFile lock;
  private final Limiter limiter;
  private final AccessLog log;
  private final Metrics metrics = new Metrics();
  private final WatchdogAnswers outcomes = new WatchdogAnswers();
  private final Listen metricsAt;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean accepting;

  WatchdogContract(ContractHost host, WatchdogSettings settings) {
    this.host = requireNonNull(host, "host");
    function = new OneFunction(host.hearth());
    execTimeout = settings.execTimeout();
    readTimeout = settings.readTimeout();
    writeTimeout = settings.writeTimeout();
    interval = settings.healthcheckInterval();
    readyPath = settings.readyPath();
    lock = new LockFile(settings.lock(), settings.suppressesLock());
    limiter = new Limiter(settings.maxInflight());
    log = new AccessLog(host.streams(), settings.logsCallId());
    metricsAt = settings.metrics();
  }

  @Override
  public String name() {
    return "openfaas";
  }

  @Override
  public Listen defaults() {
    return new Listen("0.0.0.0", WatchdogSettings.PORT);
  }

  @Override
  public void open() {
    function.requireOne();
    lock.write();
    log.open();
    accepting = true;
  }

  @Override
  public List<Beside> beside() {
    return List.of(new Beside(new MetricsPages(metrics, metricsAt), metricsAt, METRICS_PATIENCE));
  }

  @Override
  public @Nullable String notReady() {
    return host.hearth().functions().isEmpty() ? OneFunction.NONE : null;
  }

  /** Goes on for the interval in which the platform notices that the container is not healthy any more. */
  @Override
  public boolean stopping(Duration bound) {
    accepting = false;
    lock.remove();
    Duration wait = interval.compareTo(bound) < 0 ? interval : bound;
    log.say("stopping: no new connections in " + GoDuration.text(wait));
    try {
      if (!closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        log.say("no new connections, draining: " + metrics.inFlight() + " requests");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public void close() {
    accepting = false;
    lock.remove();
    closed.countDown();
    log.close();
  }

  @Override
  public void handle(HttpExchange exchange) {
    exchange.limitTime(readTimeout, writeTimeout);
    switch (exchange.request().path()) {
      case "/_/health" -> health(exchange);
      case "/_/ready" -> ready(exchange);
      default -> call(exchange);
    }
  }

  private void health(HttpExchange exchange) {
    if (isOther(exchange)) {
      return;
    }
    exchange.answer(isHealthy() ? Answer.text(200, "OK") : Answer.empty(503));
  }

  private void ready(HttpExchange exchange) {
    if (isOther(exchange)) {
      return;
    }
    FunctionHandle asked = function.get();
    if (!isHealthy() || asked == null) {
      exchange.answer(Answer.empty(503));
    } else if (limiter.isFull()) {
      exchange.answer(Answer.empty(429));
    } else if (readyPath == null) {
      exchange.answer(Answer.empty(200));
    } else {
      Duration limit = Calls.limit(exchange.request(), execTimeout);
      new ReadyCheck(exchange, asked, readyPath, limit, outcomes).begin();
    }
  }

  /** Answers what is no GET, as the watchdog does even HEAD. */
  private static boolean isOther(HttpExchange exchange) {
    boolean other = !exchange.request().method().equals("GET");
    if (other) {
      exchange.answer(Answer.empty(405).header("Allow", "GET"));
    }
    return other;
  }

  private boolean isHealthy() {
    return accepting && notReady() == null && lock.isThere();
  }

  private void call(HttpExchange exchange) {
    Request request = exchange.request();
    Limiter.Place place = limiter.enter();
    WatchedRequest watched = new WatchedRequest(request, metrics, log, place);
    exchange.follow(watched);
    FunctionHandle called = function.get();
    if (place.isRefused()) {
      exchange.answer(WatchdogAnswers.full(limiter.most()));
    } else if (called == null) {
      exchange.answer(WatchdogAnswers.noFunction());
    } else if (Calls.isStreaming(request)) {
      exchange.dispatch(List.of(called), Calls.details(request, Duration.ZERO), outcomes);
    } else {
      exchange.answerHeader(DURATION, watched);
      Duration limit = Calls.limit(request, execTimeout);
      exchange.dispatch(List.of(called), Calls.details(request, limit), outcomes);
    }
  }
}
