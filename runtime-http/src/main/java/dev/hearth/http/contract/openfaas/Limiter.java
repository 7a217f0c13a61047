package dev.hearth.http.contract.openfaas;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests may be under way at once (faas-middleware, concurrency-limiter). Thread-safe. */
final class Limiter {

  private final int most; // 0 for any number
  private final AtomicInteger taken = new AtomicInteger();

  Limiter(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }

  /** Whether the next one would be refused. */
  boolean isFull() {
    return most > 0 && taken.get() >= most;
  }

  /** A place, which is {@link Place#isRefused} when there was none left. */
  Place enter() {
    if (most > 0 && taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      return new Place(false);
    }
    return new Place(true);
  }

  /** What one request holds. Left once, by the event loop that took it. */
  final class Place {
    private final boolean held;

    private Place(boolean held) {
      this.held = held;
    }

    boolean isRefused() {
      return !held;
    }

    void leave() {
      if (held && most > 0) {
        taken.decrementAndGet();
      }
    }
  }
}
