package dev.hearth.pool;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thread of the host that does for functions what would otherwise leave a trace of them: opening pools, and
 * making the pools' threads.
 *
 * <p>A thread remembers who made it: its maker's context class loader, inheritable thread locals and, before
 * JDK 24, protection domains. A pool starts threads whenever it needs them, mostly while a function is
 * borrowing, and they outlive that function. Made here, they remember only the host.
 */
final class HostThread implements AutoCloseable {

  private final ClassLoader loader;
  private final ThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  private HostThread(String name, ClassLoader loader) {
    this.loader = loader;
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = make(task, name);
              thread = made;
              return made;
            });
  }

  /** Starts the thread, from the calling one. */
  static HostThread start(String name, ClassLoader loader) {
    HostThread host = new HostThread(name, loader);
    host.executor.prestartCoreThread();
    return host;
  }

  /** The context class loader of this thread and of all it makes. */
  ClassLoader loader() {
    return loader;
  }

  /**
   * Runs a task on this thread and waits for it. The task must not block.
   *
   * @throws ExecutionException with what the task threw
   * @throws RejectedExecutionException if this is closed
   */
  <T> T call(Callable<T> task) throws ExecutionException, InterruptedException {
    FutureTask<T> future = new FutureTask<>(task);
    if (Thread.currentThread() == thread) {
      future.run();
    } else {
      executor.execute(future);
    }
    return future.get();
  }

  /** Makes threads whose names begin with this prefix. */
  ThreadFactory threads(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> madeHere(task, prefix + count.incrementAndGet());
  }

  private Thread madeHere(Runnable task, String name) {
    if (Thread.currentThread() == thread) {
      return make(task, name);
    }
    Future<Thread> made = executor.submit(() -> make(task, name));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return made.get();
        } catch (InterruptedException e) {
          interrupted = true; // making a thread takes no time worth giving up for
        } catch (ExecutionException e) {
          throw new IllegalStateException("cannot make thread " + name, e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Thread make(Runnable task, String name) {
    Thread made = new Thread(null, task, name, 0, false);
    made.setDaemon(true);
    made.setContextClassLoader(loader);
    return made;
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
