package dev.hearth.http.contract.openfaas;

import dev.hearth.function.Request;
import dev.hearth.http.contract.ExchangeObserver;
import dev.hearth.http.contract.LateValue;

/** One request on its way through: counted, timed, and noted when it is over. */
final class WatchedRequest implements ExchangeObserver, LateValue {

  /** Stands for the status of a request that nobody answered, because its client left or its time was up. */
  static final int UNANSWERED = 499;

  private final Request request;
  private final Metrics metrics;
  private final AccessLog log;
  private final Limiter.Place place;
  private final long begin = System.nanoTime();
  private volatile long headNanos = -1; // until the head of the answer went out

  /**
   * @param place what it holds of what is allowed at once
   */
  WatchedRequest(Request request, Metrics metrics, AccessLog log, Limiter.Place place) {
    this.request = request;
    this.metrics = metrics;
    this.log = log;
    this.place = place;
    metrics.begun();
  }

  /** The value of {@code X-Duration-Seconds}. */
  @Override
  public String value() {
    long nanos = System.nanoTime() - begin;
    headNanos = nanos;
    return Seconds.text(nanos, 6);
  }

  @Override
  public void over(int status, long bytes) {
    place.leave();
    long whole = System.nanoTime() - begin;
    int told = status == 0 ? UNANSWERED : status;
    metrics.ended(told, request.method(), whole);
    log.answered(request, told, bytes, headNanos < 0 ? whole : headNanos);
  }
}
