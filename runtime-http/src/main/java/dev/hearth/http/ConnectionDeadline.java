package dev.hearth.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection or a stream waits for, and until when; one thing at a time. Event loop only.
 *
 * <p>Setting it is two field writes for as long as the timer that runs is not too late: the timer looks, when it
 * fires, whether it is due, and goes on sleeping if not. A request costs no timer.
 */
final class ConnectionDeadline implements Runnable {

  /** What is waited for. */
  enum Wait {
    NOTHING,
    REQUEST,
    HEAD,
    BODY,
    WRITE,
    PROBE,
    LINGER
  }

  /** Who waits. */
  interface Expiring {
    /** What was waited for has not happened in time. */
    void expired(Wait missed);
  }

  private final EventLoop loop;
  private final Expiring waiting;
  private Wait wait = Wait.NOTHING;
  private long at; // as System.nanoTime
  private @Nullable ScheduledFuture<?> timer;
  private long timerAt;

  ConnectionDeadline(EventLoop loop, Expiring waiting) {
    this.loop = loop;
    this.waiting = waiting;
  }

  Wait waitsFor() {
    return wait;
  }

  /** Waits for this, from now on for so long. */
  void set(Wait wait, long nanos) {
    this.wait = wait;
    at = System.nanoTime() + nanos;
    if (timer != null && timerAt - at <= 0) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    schedule(nanos);
  }

  /** Waits for nothing; the timer is left to find out. */
  void clear() {
    wait = Wait.NOTHING;
  }

  /** Stops the timer. */
  void close() {
    clear();
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void schedule(long nanos) {
    timerAt = System.nanoTime() + nanos;
    timer = loop.schedule(this, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void run() {
    timer = null;
    if (wait == Wait.NOTHING) {
      return;
    }
    long left = at - System.nanoTime();
    if (left > 0) {
      schedule(left);
      return;
    }
    Wait missed = wait;
    wait = Wait.NOTHING;
    waiting.expired(missed);
  }
}
