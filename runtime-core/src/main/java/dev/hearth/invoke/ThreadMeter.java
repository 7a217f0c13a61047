package dev.hearth.invoke;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads what threads have used. Loaded apart, as the JDK's management takes tens of milliseconds to start: not before a host's first answers.
 * Thread-safe.
 */
final class ThreadMeter {

  private static volatile @Nullable ThreadMeter loaded;
  private static boolean begun; // guarded by the class

  private final ThreadMXBean threads;

  private ThreadMeter(ThreadMXBean threads) {
    this.threads = threads;
  }

  /** The meter, or null as long as it is not loaded. */
  static @Nullable ThreadMeter get() {
    return loaded;
  }

  /**
   * Loads it on the calling thread.
   *
   * @throws IllegalStateException if this JVM measures neither
   */
  static synchronized void load() {
    begun = true;
    if (loaded == null) {
      if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
        throw new IllegalStateException(
            "this JVM cannot tell what threads use; leave limits.cpu and limits.allocation out");
      }
      threads.setThreadCpuTimeEnabled(true);
      threads.setThreadAllocatedMemoryEnabled(true);
      loaded = new ThreadMeter(threads);
    }
  }

  /** Loads it on a thread of its own, if nobody has begun to. */
  static void loadLater() {
    synchronized (ThreadMeter.class) {
      if (begun) {
        return;
      }
      begun = true;
    }
    Thread loader = new Thread(null, new Load(), "hearth-meter", 0, false);
    loader.setDaemon(true);
    loader.setContextClassLoader(ThreadMeter.class.getClassLoader());
    loader.start();
  }

  private static final class Load implements Runnable {
    @Override
    public void run() {
      try {
        load();
      } catch (RuntimeException | LinkageError e) {
        LoggerFactory.getLogger(ThreadMeter.class)
            .warn("what calls use is not measured: {}", e.toString());
      }
    }
  }

  /** Heap memory the thread has allocated so far; {@link Timings#UNKNOWN} for a virtual one. */
  long allocatedBytes(Thread thread) {
    return threads.getThreadAllocatedBytes(thread.getId());
  }

  /** Processor time the thread has used so far; {@link Timings#UNKNOWN} for a virtual one. */
  long cpuNanos(Thread thread) {
    return threads.getThreadCpuTime(thread.getId());
  }
}
