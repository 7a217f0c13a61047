package dev.hearth.unload;

import dev.hearth.invoke.Watchdog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Threads of a version that is over: interrupted again and again until they end, and named if they do not. */
final class Leftovers implements Watchdog.Timed {

  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After which they are left alone: the version is held then, and shown so. */
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String function;
  private final String version;
  private final List<Thread> threads;
  private final Watchdog watchdog;
  private final long begunNanos = System.nanoTime();
  private volatile long nextNanos = begunNanos + AGAIN_NANOS;

  Leftovers(String function, String version, List<Thread> threads, Watchdog watchdog) {
    this.function = function;
    this.version = version;
    this.threads = new ArrayList<>(threads);
    this.watchdog = watchdog;
  }

  void watch() {
    if (!threads.isEmpty()) {
      watchdog.watch(this);
    }
  }

  @Override
  public long deadlineNanos() {
    return nextNanos;
  }

  @Override
  public boolean expire(long now) {
    threads.removeIf(thread -> !thread.isAlive());
    if (threads.isEmpty()) {
      return true;
    }
    if (now - begunNanos >= GIVE_UP_NANOS) {
      report();
      return true;
    }
    for (Thread thread : threads) {
      thread.interrupt();
    }
    nextNanos = now + AGAIN_NANOS;
    return false;
  }

  private void report() {
    for (Thread thread : threads) {
      StackTraceElement[] stack = thread.getStackTrace();
      LoggerFactory.getLogger(Leftovers.class)
          .warn(
              "function '{}' version {} is retired, but its thread {} does not end although it is interrupted; it is at {}"
                  + " and keeps the version in memory",
              function,
              version,
              thread.getName(),
              stack.length == 0 ? "no place that is known" : stack[0]);
    }
  }
}
