package dev.hearth.invoke;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The host's threads for user code: a bounded pool of platform threads, or a virtual thread per call.
 * Both are made at their first use.
 */
public final class Workers implements AutoCloseable {

  private static final long KEEP_ALIVE_SECONDS = 60;

  private final String name;
  private final int maxThreads;
  private int lost; // guarded by this
  private final List<ExecutorService> ending = new ArrayList<>(); // guarded by this
  private volatile @Nullable ExecutorService platform;
  private volatile @Nullable ExecutorService virtual;
  private volatile boolean closed;

  /**
   * @param name the first part of the threads' names
   * @param maxThreads the most platform threads that run user code at once
   */
  public Workers(String name, int maxThreads) {
    this.name = name;
    this.maxThreads = maxThreads;
  }

  /** Whether this JDK's virtual threads do not pin on monitors (JEP 491), so that any code may run on them. */
  public static boolean virtualThreadsFit() {
    return Runtime.version().feature() >= 24;
  }

  /** The executor for this kind of thread. */
  public ExecutorService executor(Threads threads) {
    return switch (threads) {
      case PLATFORM -> platform();
      case VIRTUAL -> virtual();
      case AUTO -> virtualThreadsFit() ? virtual() : platform();
      case EVENT_LOOP ->
          throw new IllegalArgumentException("event-loop calls run on their caller's thread");
    };
  }

  private ExecutorService platform() {
    ExecutorService pool = platform;
    return pool != null ? pool : makePlatform();
  }

  private ExecutorService virtual() {
    ExecutorService pool = virtual;
    return pool != null ? pool : makeVirtual();
  }

  private synchronized ExecutorService makePlatform() {
    ExecutorService pool = platform;
    if (pool == null) {
      requireOpen();
      pool = newPlatformPool();
      platform = pool;
    }
    return pool;
  }

  private synchronized ExecutorService makeVirtual() {
    ExecutorService pool = virtual;
    if (pool == null) {
      requireOpen();
      pool = VirtualThreads.executor(name + "-virtual-");
      virtual = pool;
    }
    return pool;
  }

  private void requireOpen() {
    if (closed) {
      throw new RejectedExecutionException("the host is closed");
    }
  }

  /**
   * Has the platform threads that are there end when they have done what they do, and others take their place: what a function left in
   * their thread locals goes with them.
   */
  public void renew() {
    ExecutorService before;
    synchronized (this) {
      before = platform;
      if (before == null || closed) {
        return;
      }
      ending.removeIf(ExecutorService::isTerminated);
      ending.add(before);
      platform = newPlatformPool();
    }
    before.shutdown();
  }

  /** Makes room for another thread in place of one that does not come back. Virtual ones need no room. */
  synchronized void lost(Thread thread) {
    if (thread instanceof Worker worker && worker.of == this) {
      lost++;
      resize();
    }
  }

  /** Takes the room back. */
  synchronized void regained(Thread thread) {
    if (thread instanceof Worker worker && worker.of == this) {
      lost--;
      resize();
    }
  }

  private synchronized void resize() {
    if (platform instanceof ThreadPoolExecutor pool) {
      pool.setMaximumPoolSize(maxThreads + lost);
    }
  }

  private synchronized ExecutorService newPlatformPool() {
    HandOff queue = new HandOff();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            0,
            maxThreads + lost,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            new NamedThreads(this, name + "-worker-"),
            new Overflow(this, queue));
    return pool;
  }

  /**
   * Stops taking work, interrupts what runs after the bound.
   *
   * @return whether every thread ended within the bound
   */
  public boolean close(Duration bound) {
    closed = true;
    long end = System.nanoTime() + bound.toNanos();
    boolean ended = true;
    for (ExecutorService pool : pools()) {
      ended &= stop(pool, end - System.nanoTime());
    }
    return ended;
  }

  private synchronized List<ExecutorService> pools() {
    List<ExecutorService> pools = new ArrayList<>(ending);
    for (ExecutorService pool : new ExecutorService[] {platform, virtual}) {
      if (pool != null) {
        pools.add(pool);
      }
    }
    return pools;
  }

  private static boolean stop(ExecutorService pool, long nanos) {
    pool.shutdown();
    try {
      if (pool.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
        return true;
      }
      pool.shutdownNow();
      return pool.awaitTermination(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Makes {@link ThreadPoolExecutor} prefer, in this order, an idle thread, a new thread, the queue. With a
   * plain queue it would start a thread for each of the first calls even while others are idle.
   */
  private static final class HandOff extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }

  /** Lets work wait when every thread is busy. */
  private static final class Overflow implements RejectedExecutionHandler {
    private final Workers of;
    private final HandOff queue;

    Overflow(Workers of, HandOff queue) {
      this.of = of;
      this.queue = queue;
    }

    @Override
    public void rejectedExecution(Runnable task, ThreadPoolExecutor executor) {
      if (!executor.isShutdown()) {
        queue.put(task);
        if (!executor.isShutdown() || !queue.remove(task)) {
          return;
        }
      }
      of.requireOpen();
      of.platform().execute(task); // it was taken just before its threads were renewed
    }
  }

  /** A thread of one host's pool. */
  private static final class Worker extends Thread {
    private final Workers of;

    Worker(Workers of, Runnable task, String name) {
      // Thread locals are not inherited: one set by a function would hold that function's loader.
      super(null, task, name, 0, false);
      this.of = of;
    }
  }

  private static final class NamedThreads implements ThreadFactory {
    private final Workers of;
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    NamedThreads(Workers of, String prefix) {
      this.of = of;
      this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Worker(of, task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(Workers.class.getClassLoader());
      return thread;
    }
  }
}
