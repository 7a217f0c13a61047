package dev.hearth.http.contract.openfaas;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.ExchangeObserver;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.OutcomeAnswers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * OpenFaaS' contract behind a real watchdog, which does all that the platform sees: every request is the function's.
 *
 * <p>The watchdog passes SIGTERM on at once but forwards requests for {@code healthcheck_interval} more and waits for them for {@code
 * write_timeout}; it ends the container when its function ends before (of-watchdog, executor/http_runner.go). So requests are taken for
 * as long as that, or until no more can come.
 */
final class UpstreamContract implements Contract, ExchangeObserver {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Listen EXAMPLE = new Listen("127.0.0.1", 8082); // the official templates'

  private final ContractHost host;
  private final OneFunction function;
  private final Duration interval;
  private final Duration served; // after SIGTERM, at most
  private final Duration idle; // after the interval
  private final Listen listen;
  private final OutcomeAnswers outcomes = WatchdogAnswers.outcomes();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile long busyNanos; // when a request came or went last

  UpstreamContract(ContractHost host, WatchdogSettings settings) {
    this.host = requireNonNull(host, "host");
    function = new OneFunction(host.hearth());
    interval = settings.healthcheckInterval();
    served = interval.plus(settings.writeTimeout());
    idle = settings.buffersRequests() ? served : Duration.ofSeconds(2);
    Listen upstream = settings.upstream();
    listen = upstream == null ? EXAMPLE : upstream;
    busyNanos = System.nanoTime();
  }

  @Override
  public String name() {
    return "openfaas";
  }

  @Override
  public Listen defaults() {
    return listen;
  }

  @Override
  public void open() {
    function.requireOne();
  }

  @Override
  public @Nullable String notReady() {
    return host.hearth().functions().isEmpty() ? OneFunction.NONE : null;
  }

  @Override
  public boolean stopping(Duration bound) {
    long begin = System.nanoTime();
    long end = begin + Math.min(served.toNanos(), bound.toNanos());
    LoggerFactory.getLogger(UpstreamContract.class)
        .info("stopping: serving on for the watchdog, for {} at most", GoDuration.text(served));
    try {
      while (System.nanoTime() - end < 0 && !isDone(begin)) {
        if (closed.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Whether the watchdog takes no more requests and has none under way, as far as can be seen from here. */
  private boolean isDone(long begin) {
    long refusing = begin + interval.toNanos();
    long busy = busyNanos;
    long since = busy - refusing > 0 ? busy : refusing;
    return inFlight.get() == 0 && System.nanoTime() - since >= idle.toNanos();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  @Override
  public void handle(HttpExchange exchange) {
    inFlight.incrementAndGet();
    exchange.follow(this);
    FunctionHandle called = function.get();
    if (called == null) {
      exchange.answer(WatchdogAnswers.noFunction());
    } else {
      exchange.dispatch(
          List.of(called), Calls.details(exchange.request(), Duration.ZERO), outcomes);
    }
  }

  @Override
  public void over(int status, long bytes) {
    busyNanos = System.nanoTime();
    inFlight.decrementAndGet();
  }
}
