package dev.hearth.invoke;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes virtual threads with numbered names. Thread locals are not inherited: one set by a function would hold that function's loader.
 *
 * <p>The API is newer than the one this is compiled for, and reflection is a slow way to it: for each shape of call the JDK spins a
 * class, which together is much of what a fresh process spends on its first function. So the calls are in a {@linkplain
 * VirtualThreadCalls class written as bytes}.
 */
final class VirtualThreads implements ThreadFactory {

  /** What needs JDK 21. */
  abstract static class Calls {
    /** Makes unnamed virtual threads that inherit no thread locals. */
    abstract ThreadFactory factory();

    /** Starts a thread of the factory for each task. */
    abstract ExecutorService executor(ThreadFactory factory);
  }

  /** Set by the initialiser of the written class. */
  static volatile @Nullable Calls calls;

  private final String prefix;
  private final ThreadFactory unnamed;
  private final AtomicLong count = new AtomicLong();

  private VirtualThreads(String prefix, ThreadFactory unnamed) {
    this.prefix = prefix;
    this.unnamed = unnamed;
  }

  /**
   * An executor with a new virtual thread for each task.
   *
   * @param prefix the first part of the threads' names; a number from 0 on follows
   * @throws IllegalStateException if the JDK has no virtual threads
   */
  static ExecutorService executor(String prefix) {
    try {
      Calls known = calls();
      return known.executor(new VirtualThreads(prefix, known.factory()));
    } catch (IllegalAccessException | LinkageError e) {
      throw new IllegalStateException(
          "virtual threads need JDK 21 or newer; this is " + Runtime.version().feature(), e);
    }
  }

  private static synchronized Calls calls() throws IllegalAccessException {
    if (calls == null) {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      lookup.ensureInitialized(lookup.defineClass(VirtualThreadCalls.bytes()));
    }
    return requireNonNull(calls);
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = unnamed.newThread(task);
    // Not by the JDK's own counting factory: how it joins name and number has classes spun.
    thread.setName(prefix.concat(Long.toString(count.getAndIncrement())));
    return thread;
  }
}
