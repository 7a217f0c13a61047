package dev.hearth.http;

import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** Ends an exchange whose body, or whose answer, takes too long. Event loop only. */
final class ExchangeClock implements Runnable {

  private final ServerExchange exchange;
  private final Carrier carrier;
  private final long bodyNanos; // from the beginning; 0 for no bound
  private final long wholeNanos;
  private final long begin = System.nanoTime();
  private @Nullable ScheduledFuture<?> timer;

  ExchangeClock(ServerExchange exchange, Carrier carrier, long bodyNanos, long wholeNanos) {
    this.exchange = exchange;
    this.carrier = carrier;
    this.bodyNanos = bodyNanos;
    this.wholeNanos = wholeNanos;
  }

  void start() {
    if (bodyNanos > 0 && (wholeNanos <= 0 || bodyNanos < wholeNanos)) {
      timer = carrier.wire().schedule(this, bodyNanos);
    } else if (wholeNanos > 0) {
      timer = carrier.wire().schedule(this, wholeNanos);
    }
  }

  void stop() {
    ScheduledFuture<?> running = timer;
    timer = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  public void run() {
    timer = null;
    long left = wholeNanos - (System.nanoTime() - begin);
    if (wholeNanos > 0 && left <= 0) {
      end("the answer takes too long");
    } else if (!exchange.body().isComplete()) {
      end("the request body takes too long");
    } else if (wholeNanos > 0) {
      timer = carrier.wire().schedule(this, left);
    }
  }

  private void end(String reason) {
    if (exchange.response().isCommitted()) {
      carrier.cut(reason);
    } else {
      carrier.close(reason);
    }
  }
}
