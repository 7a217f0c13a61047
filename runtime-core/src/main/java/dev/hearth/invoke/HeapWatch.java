package dev.hearth.invoke;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a host recovers after a call ran out of memory. What the call held is mostly garbage once it has failed; what stays in
 * statics is not, and a host without memory is neither alive nor dead: whoever owns the process is told, so that it can be ended.
 *
 * <p>After such a call the heap is collected and looked at each second, up to five times: with a tenth of it free, all is well again.
 * Nothing here needs memory but the line in the log, which may be lost. Thread-safe.
 */
public final class HeapWatch implements Watchdog.Timed {

  private static final int NEEDED = 10; // one part of so many
  private static final int LOOKS = 5;
  private static final int DEEPEST_CAUSE = 20;
  private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Watchdog watchdog;
  private final @Nullable Consumer<String> exhausted;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long nextNanos;
  private volatile String function = "";
  private int looks; // the watchdog's thread, but for the first, which precedes watching

  /**
   * @param exhausted told the function whose call ran out of memory when there is none left; on the watchdog's thread. Null for nobody
   */
  public HeapWatch(Watchdog watchdog, @Nullable Consumer<String> exhausted) {
    this.watchdog = watchdog;
    this.exhausted = exhausted;
  }

  /** Whether a call ran out of memory and it is not known yet that there is enough again. */
  public boolean isLooking() {
    return looking.get();
  }

  /** A function's call has failed with this. Needs no memory, and never throws. */
  void failed(String name, Throwable failure) {
    if (isOutOfMemory(failure) && looking.compareAndSet(false, true)) {
      function = name;
      looks = 0;
      nextNanos = System.nanoTime() + BETWEEN_NANOS;
      watchdog.watchWithoutMemory(this);
    }
  }

  /** Whether the heap was full, rather than one array too long for any. */
  static boolean isOutOfMemory(Throwable failure) {
    try {
      Throwable cause = failure;
      for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
        if (cause instanceof OutOfMemoryError) {
          return !"Requested array size exceeds VM limit".equals(cause.getMessage());
        }
        cause = cause.getCause();
      }
      return false;
    } catch (Throwable e) {
      return e
          instanceof
          OutOfMemoryError; // else a method of the function's own class of exception threw
    }
  }

  @Override
  public long deadlineNanos() {
    return nextNanos;
  }

  @Override
  @SuppressWarnings("SystemGc") // garbage must not be taken for what is in use
  public boolean expire(long now) {
    System.gc();
    if (isEnoughFree()) {
      looking.set(false);
      return true;
    }
    looks++;
    nextNanos = System.nanoTime() + BETWEEN_NANOS;
    if (looks < LOOKS) {
      return false;
    }
    looking.set(false); // a process that nobody ends looks again when the next call fails
    tell();
    return true;
  }

  private void tell() {
    try {
      LoggerFactory.getLogger(HeapWatch.class)
          .error(
              "the heap of {} MiB is full, and was after {} collections in {} s; a call of function '{}' ran out of memory: give"
                  + " the JVM more by -Xmx, or the function limits.allocation",
              Runtime.getRuntime().maxMemory() >> 20,
              LOOKS,
              LOOKS,
              function);
    } catch (OutOfMemoryError e) {
      // Then without a word.
    }
    if (exhausted != null) {
      exhausted.accept(function);
    }
  }

  private static boolean isEnoughFree() {
    Runtime heap = Runtime.getRuntime();
    long most = heap.maxMemory();
    long free = most - (heap.totalMemory() - heap.freeMemory());
    return free >= most / NEEDED;
  }
}
