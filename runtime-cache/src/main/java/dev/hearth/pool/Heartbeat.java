package dev.hearth.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the process stood still: was stopped, frozen or moved with its machine. A thread looks at both clocks every half second, as one
 * goes on during a {@code SIGSTOP} and the other alone during a suspension of the machine; whoever is about to rely on something that may have
 * died meanwhile looks, too, for it may run before that thread does. Thread-safe.
 */
final class Heartbeat implements AutoCloseable {

  /** Told after each standstill, before whoever noticed it goes on. Must not block. */
  interface Listener {
    void thawed(long nanos);

    /** Told every few seconds, on the heartbeat's thread. */
    void tick();
  }

  /** Reads both clocks. */
  interface Clocks {
    /** As {@link System#nanoTime}. */
    long nanos();

    /** As {@link System#currentTimeMillis}. */
    long millis();
  }

  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long TICK_BEATS = 4;

  /** A gap this long is a standstill; one of a busy machine or a collection that is taken for one costs a few connections. */
  static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Clocks clocks;
  private final HostThread host;

  @GuardedBy("this")
  private final List<Listener> listeners = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable Thread thread;

  private volatile long beatNanos;
  private volatile long beatMillis;
  private volatile boolean closed;

  Heartbeat(HostThread host, Clocks clocks) {
    this.host = host;
    this.clocks = clocks;
    note();
  }

  /** The JDK's. */
  static final class SystemClocks implements Clocks {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public long millis() {
      return System.currentTimeMillis();
    }
  }

  private void note() {
    beatMillis = clocks.millis();
    beatNanos = clocks.nanos();
  }

  /** Tells a listener from now on; the first has the thread started. */
  void listen(Listener listener) {
    synchronized (this) {
      listeners.add(listener);
      if (thread != null || closed) {
        return;
      }
      note();
      thread = host.threads("hearth-pool-heartbeat-").newThread(this::beat);
      thread.start();
    }
  }

  synchronized void forget(Listener listener) {
    listeners.remove(listener);
  }

  private void beat() {
    for (long beats = 1; !closed; beats++) {
      LockSupport.parkNanos(this, BEAT_NANOS);
      check();
      note();
      if (beats % TICK_BEATS == 0) {
        tick();
      }
    }
  }

  private void tick() {
    List<Listener> told;
    synchronized (this) {
      told = new ArrayList<>(listeners);
    }
    for (Listener each : told) {
      each.tick();
    }
  }

  /** Tells the listeners if the process stood still since the last beat. */
  void check() {
    long gap = clocks.nanos() - beatNanos;
    if (gap < BEAT_NANOS * 2) {
      long wall = TimeUnit.MILLISECONDS.toNanos(clocks.millis() - beatMillis);
      gap = Math.max(gap, wall); // the wall clock may be set, which is taken for a standstill
    }
    if (gap >= STANDSTILL_NANOS) {
      tell(gap);
    }
  }

  private void tell(long gap) {
    synchronized (this) {
      if (clocks.nanos() - beatNanos < STANDSTILL_NANOS
          && TimeUnit.MILLISECONDS.toNanos(clocks.millis() - beatMillis) < STANDSTILL_NANOS) {
        return; // another one noticed it first, and has told
      }
      note();
      for (Listener each : listeners) {
        each.thawed(gap);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread beating;
    synchronized (this) {
      beating = thread;
    }
    LockSupport.unpark(beating);
  }
}
