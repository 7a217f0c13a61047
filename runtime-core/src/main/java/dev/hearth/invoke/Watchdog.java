package dev.hearth.invoke;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One thread that tells things when their time is up.
 *
 * <p>Thread-safe. What is watched costs one set entry and nothing per tick but a comparison; while nothing
 * is watched the thread sleeps. Late by at most one tick plus what the machine adds.
 */
public final class Watchdog implements AutoCloseable {

  /** Something with a deadline. */
  public interface Timed {
    /** When, as a value of {@link System#nanoTime}; {@link Call#NO_DEADLINE} for never. May change. */
    long deadlineNanos();

    /**
     * Called after the deadline, on the watchdog's thread, which it must not block.
     *
     * @param now the watchdog's reading of {@link System#nanoTime}
     * @return whether it need not be watched any longer
     */
    boolean expire(long now);
  }

  private static final long TICK_NANOS = 10_000_000;

  private final Set<Timed> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile @Nullable Timed urgent;
  private volatile boolean asleep;
  private volatile boolean closed;

  private Watchdog(String name) {
    thread = new Thread(null, new Watch(), name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Watchdog.class.getClassLoader());
  }

  /** Starts the thread. */
  public static Watchdog start(String name) {
    Watchdog watchdog = new Watchdog(name);
    watchdog.thread.start();
    return watchdog;
  }

  /** Watches something until it is forgotten or has been told. */
  public void watch(Timed timed) {
    watched.add(timed);
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /** Watches one thing more, in place of the last such one; needs no memory. */
  void watchWithoutMemory(Timed timed) {
    urgent = timed;
    LockSupport.unpark(thread);
  }

  /** Stops watching something. */
  public void forget(Timed timed) {
    watched.remove(timed);
  }

  private void watch() {
    while (!closed) {
      asleep = true;
      // Watched after the flag is up, so that either the adder sees the flag or this sees the
      // entry.
      if (watched.isEmpty() && urgent == null && !closed) {
        LockSupport.park(this);
        continue;
      }
      asleep = false;
      LockSupport.parkNanos(this, TICK_NANOS);
      expireUrgent();
      expireDue();
    }
  }

  private void expireUrgent() {
    Timed timed = urgent;
    if (timed == null) {
      return;
    }
    long now = System.nanoTime();
    if (timed.deadlineNanos() - now <= 0) {
      urgent = null; // first, so that one that comes meanwhile is not lost
      if (!isDone(timed, now)) {
        urgent = timed;
      }
    }
  }

  private void expireDue() {
    try {
      long now = System.nanoTime();
      for (Iterator<Timed> all = watched.iterator(); all.hasNext(); ) {
        Timed timed = all.next();
        long deadline = timed.deadlineNanos();
        if (deadline != Call.NO_DEADLINE && deadline - now <= 0 && isDone(timed, now)) {
          all.remove();
        }
      }
    } catch (OutOfMemoryError e) {
      // At the next tick there may be some: without this thread no call would ever be late again.
    }
  }

  /** Whether one need not be watched any longer; one that fails is given up, and must not take the thread with it. */
  private static boolean isDone(Timed timed, long now) {
    try {
      return timed.expire(now);
    } catch (OutOfMemoryError e) {
      return false;
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(Watchdog.class).error("{} is not watched any more", timed, e);
      return true;
    }
  }

  /** What the thread does; a class, because this runs before the first answer and a lambda costs more. */
  private final class Watch implements Runnable {
    @Override
    public void run() {
      watch();
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
