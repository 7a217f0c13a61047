package dev.hearth.http.contract.emulator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that were accepted and have not come to their end, each tried until it succeeds, has failed too often, or is too old.
 * Bounded by number and bytes; lives in memory. Thread-safe; {@link #close} gives up what is left and says how much that was.
 */
final class EventQueue implements AutoCloseable {

  private static final long MOST_BYTES = 64L << 20;
  private static final long LONGEST_PAUSE_MILLIS = Duration.ofMinutes(5).toMillis();

  private final Shared shared;
  private final ScheduledThreadPoolExecutor clock;

  @GuardedBy("this")
  private int events;

  @GuardedBy("this")
  private long bytes;

  @GuardedBy("this")
  private boolean closed;

  EventQueue(Shared shared) {
    this.shared = shared;
    this.clock = new ScheduledThreadPoolExecutor(1, new Threads());
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static final class Threads implements ThreadFactory {
    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(null, task, "hearth-lambda-events", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(EventQueue.class.getClassLoader());
      return thread;
    }
  }

  /**
   * Accepts an event, which from then on runs by itself.
   *
   * @throws ApiException if there is no room
   */
  void accept(Target target, String id, byte[] payload, Map<String, String> attributes)
      throws ApiException {
    synchronized (this) {
      boolean full =
          closed || events >= shared.settings.queue() || bytes + payload.length > MOST_BYTES;
      if (full) {
        throw ApiException.throttled("ConcurrentInvocationLimitExceeded");
      }
      events++;
      bytes += payload.length;
    }
    run(new QueuedEvent(this, shared, target, id, payload, attributes), 0);
  }

  /** Has an event tried. */
  void run(QueuedEvent event, long pauseMillis) {
    try {
      schedule(event, pauseMillis);
    } catch (RejectedExecutionException e) {
      log().warn("event {} is given up: the host is closing", event.id());
      done(event);
    }
  }

  /** Runs something else of the contract's after a pause, unless it is closed before. */
  void later(Runnable task, long pauseMillis) {
    try {
      schedule(task, pauseMillis);
    } catch (RejectedExecutionException e) {
      log().debug("nothing is begun any more: the host is closing");
    }
  }

  private void schedule(Runnable task, long pauseMillis) {
    Future<?> unused = clock.schedule(new Told(task), pauseMillis, TimeUnit.MILLISECONDS);
  }

  /** A task whose failure is told, instead of being kept where nobody looks. */
  private record Told(Runnable task) implements Runnable {
    @Override
    public void run() {
      try {
        task.run();
      } catch (RuntimeException | LinkageError e) {
        log().error("what was due has failed", e);
      }
    }
  }

  /** How long to wait before an event is tried again that found no room so many times. */
  static long pauseMillis(int refusals) {
    return Math.min(LONGEST_PAUSE_MILLIS, 1000L << Math.min(refusals - 1, 20));
  }

  /** An event has come to its end. */
  synchronized void done(QueuedEvent event) {
    events--;
    bytes -= event.size();
  }

  /** Events that have not come to their end. */
  synchronized int size() {
    return events;
  }

  @Override
  public void close() {
    int left;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      left = events;
    }
    clock.shutdownNow();
    if (left > 0) {
      log().warn("{} accepted events have not come to their end and are given up", left);
    }
  }

  static Logger log() {
    return LoggerFactory.getLogger(EventQueue.class);
  }
}
