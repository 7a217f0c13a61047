package dev.hearth.invoke;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.guard.Polls;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stops code of one version by stages: the interrupt its thread already had is given a moment, then its polls throw and it is
 * interrupted again and again, and what has not ended by then is quarantined: its thread is given up until it comes back by itself.
 */
public final class RunawayStopper implements CallGuard {

  /** For code that ends by itself when interrupted. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** For code that sleeps again after each interrupt. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** From the start to giving the thread up. */
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Where a call that is given up has its place. */
  public interface Places {
    /** The call's place is lost: what it holds is to be replaced. */
    void abandon(Invocation call);
  }

  private final String function;
  private final String version;
  private final @Nullable Polls polls;
  private final Watchdog watchdog;
  private final Quarantine quarantine;
  private volatile @Nullable Places places;

  /**
   * @param polls of the version's classes; null if they have none, so that interrupts alone are left
   */
  public RunawayStopper(
      String function,
      String version,
      @Nullable Polls polls,
      Watchdog watchdog,
      Quarantine quarantine) {
    this.function = function;
    this.version = version;
    this.polls = polls;
    this.watchdog = watchdog;
    this.quarantine = quarantine;
  }

  /** Sets who is told about calls that are given up. */
  public void places(Places told) {
    places = told;
  }

  @Override
  public Stop stop(Thread thread, String reason, @Nullable Invocation call) {
    Stopping stopping = new Stopping(thread, reason, call);
    watchdog.watch(stopping);
    return stopping;
  }

  private final class Stopping implements Stop, Watchdog.Timed {
    private final Thread thread;
    private final String reason;
    private final @Nullable Invocation call;
    private final long begunNanos = System.nanoTime();
    private volatile long nextNanos = begunNanos + GRACE_NANOS;

    @GuardedBy("this")
    private Polls.@Nullable Stop polled;

    @GuardedBy("this")
    private Quarantine.@Nullable Entry quarantined;

    @GuardedBy("this")
    private boolean over;

    Stopping(Thread thread, String reason, @Nullable Invocation call) {
      this.thread = thread;
      this.reason = reason;
      this.call = call;
    }

    @Override
    public long deadlineNanos() {
      return nextNanos;
    }

    @Override
    public boolean expire(long now) {
      synchronized (this) {
        if (over) {
          return true;
        }
        if (polled == null && polls != null) {
          polled = polls.stop(thread, reason);
        }
        if (now - begunNanos < GIVE_UP_NANOS) {
          thread.interrupt();
          nextNanos = now + AGAIN_NANOS;
          return false;
        }
        quarantined = quarantine.add(thread, function, version, reason);
      }
      Places told = places;
      if (call != null && told != null) {
        told.abandon(call);
      }
      return true;
    }

    @Override
    public void over() {
      Polls.Stop polling;
      Quarantine.Entry held;
      synchronized (this) {
        over = true;
        polling = polled;
        held = quarantined;
      }
      watchdog.forget(this);
      if (polling != null) {
        polling.over();
      }
      if (held != null) {
        quarantine.release(held);
      }
    }
  }
}
