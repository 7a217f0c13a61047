package dev.hearth.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server's threads for the little that blocks, such as loading a function. Made at its first use. */
final class HostTasks implements Executor, AutoCloseable {

  private static final int THREADS = 2;
  private static final int WAITING = 64;

  private final String prefix;
  private @Nullable ThreadPoolExecutor pool; // guarded by this
  private boolean closed; // guarded by this

  HostTasks(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Runs it soon.
   *
   * @throws RejectedExecutionException if too much is waiting, or the server is closed
   */
  @Override
  public void execute(Runnable task) {
    pool().execute(task);
  }

  private synchronized ThreadPoolExecutor pool() {
    if (closed) {
      throw new RejectedExecutionException("the server is closed");
    }
    ThreadPoolExecutor made = pool;
    if (made == null) {
      made =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              10,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(WAITING),
              new HostThreads(prefix));
      made.allowCoreThreadTimeOut(true);
      pool = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.shutdownNow();
    }
  }

  private static final class HostThreads implements ThreadFactory {
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    HostThreads(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(null, task, prefix + count.incrementAndGet(), 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(HostTasks.class.getClassLoader());
      return thread;
    }
  }
}
