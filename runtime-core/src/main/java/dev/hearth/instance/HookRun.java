package dev.hearth.instance;

import dev.hearth.invoke.CallGuard;
import dev.hearth.invoke.Watchdog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a version's hooks: on a thread of the host's, with the function's context class loader, and within a bound that
 * counts from the start. What does not end in time is interrupted and no longer waited for.
 */
final class HookRun implements Runnable, Watchdog.Timed {

  /** What is run. */
  interface Body {
    void run() throws Exception;
  }

  private static final String REASON = "a hook took too long";

  private final String name;
  private final Body body;
  private final ClassLoader loader;
  private final CallGuard guard;
  private final long limitNanos;
  private final long deadlineNanos;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable Thread runner; // guarded by this
  private CallGuard.@Nullable Stop stopping; // guarded by this

  private HookRun(String name, Body body, ClassLoader loader, CallGuard guard, long limitNanos) {
    this.name = name;
    this.body = body;
    this.loader = loader;
    this.guard = guard;
    this.limitNanos = limitNanos;
    this.deadlineNanos = System.nanoTime() + limitNanos;
  }

  /**
   * Runs hooks.
   *
   * @param name the hook's, for messages
   * @return completed when they have run; exceptionally with what they threw, or a {@link TimeoutException}
   */
  static CompletionStage<Void> start(
      String name,
      Body body,
      ClassLoader loader,
      Executor executor,
      Watchdog watchdog,
      long limitNanos,
      CallGuard guard) {
    HookRun run = new HookRun(name, body, loader, guard, limitNanos);
    watchdog.watch(run);
    try {
      executor.execute(run);
    } catch (RejectedExecutionException e) {
      run.ended.completeExceptionally(e);
    }
    CompletionStage<Void> ended = run.ended;
    return ended.whenComplete((done, failure) -> watchdog.forget(run));
  }

  @Override
  public void run() {
    Thread thread = Thread.currentThread();
    synchronized (this) {
      if (ended.isDone()) {
        return; // it came too late to be started
      }
      runner = thread;
    }
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    Throwable failure = null;
    try {
      body.run();
    } catch (Throwable e) {
      failure = e;
    } finally {
      CallGuard.Stop stopped;
      synchronized (this) {
        runner = null;
        stopped = stopping;
      }
      if (stopped != null) {
        stopped.over();
      }
      Thread.interrupted(); // one that came after the hook had ended is nobody's
      thread.setContextClassLoader(before);
    }
    if (failure == null) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(failure);
    }
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public boolean expire(long now) {
    ended.completeExceptionally(
        new TimeoutException(
            "hook "
                + name
                + " did not end within "
                + limitNanos / 1_000_000
                + " ms; it was interrupted and is not waited for"));
    synchronized (this) {
      if (runner != null) {
        runner.interrupt();
        stopping = guard.stop(runner, REASON, null);
      }
    }
    return true;
  }
}
