package dev.hearth.instance;

import dev.hearth.function.Environment;
import dev.hearth.invoke.CallGuard;
import dev.hearth.invoke.Watchdog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a function wants done once its caller has been answered: in order, each attempted, within one bound, on a thread
 * that may run user code. The call's place in its instance is kept until then.
 */
final class AfterResponse implements Runnable, Watchdog.Timed {

  private static final String REASON = "what it wanted done after its response took too long";

  private final List<Runnable> tasks;
  private final Environment environment;
  private final ClassLoader loader;
  private final Watchdog watchdog;
  private final CallGuard guard;
  private final long limitNanos;
  private final Runnable whenDone;
  private volatile long deadlineNanos; // written before it is watched
  private @Nullable Thread runner; // guarded by this
  private CallGuard.@Nullable Stop stopping; // guarded by this

  /**
   * @param limitNanos for all of them together, from when the first begins
   * @param whenDone runs at the end, on the same thread
   */
  AfterResponse(
      List<Runnable> tasks,
      Environment environment,
      ClassLoader loader,
      Watchdog watchdog,
      CallGuard guard,
      long limitNanos,
      Runnable whenDone) {
    this.tasks = tasks;
    this.environment = environment;
    this.loader = loader;
    this.watchdog = watchdog;
    this.guard = guard;
    this.limitNanos = limitNanos;
    this.whenDone = whenDone;
  }

  @Override
  public void run() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    deadlineNanos = System.nanoTime() + limitNanos;
    synchronized (this) {
      runner = thread;
    }
    watchdog.watch(this);
    try {
      for (Runnable task : tasks) {
        attempt(task);
      }
    } finally {
      watchdog.forget(this);
      CallGuard.Stop stopped;
      synchronized (this) {
        runner = null;
        stopped = stopping;
      }
      if (stopped != null) {
        stopped.over();
      }
      Thread.interrupted(); // one that came after the last task is nobody's
      thread.setContextClassLoader(before);
      whenDone.run();
    }
  }

  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) { // a failed call would be no more of the host's business
      LoggerFactory.getLogger(AfterResponse.class)
          .warn(
              "function '{}': a task that it wanted done after its response failed",
              environment.function(),
              e);
    }
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public boolean expire(long now) {
    LoggerFactory.getLogger(AfterResponse.class)
        .warn(
            "function '{}': what it wanted done after its response is interrupted after {} ms",
            environment.function(),
            limitNanos / 1_000_000);
    synchronized (this) {
      if (runner != null) {
        runner.interrupt();
        stopping = guard.stop(runner, REASON, null);
      }
    }
    return true;
  }
}
