package dev.hearth.http.contract;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a platform's lines on a thread of its own, because requests are answered on threads that must not wait for whoever reads
 * the lines. When there are too many, lines are left out and counted. Thread-safe.
 */
public final class LineWriter implements AutoCloseable {

  private static final int MOST_WAITING = 4096;
  private static final long CLOSE_MILLIS = 1000;

  private final Target target;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread writer; // from open() on
  private volatile boolean closed;

  /** A line that is yet to be put in words, which happens on the writer's thread. */
  @FunctionalInterface
  public interface Line {
    /** Its text, without an end. */
    String text();
  }

  /** Where lines go. */
  @FunctionalInterface
  public interface Target {
    /** Writes a line; may block. */
    void write(String line);
  }

  /**
   * @param thread what its thread is called
   */
  public LineWriter(String thread, Target target) {
    this.target = requireNonNull(target, "target");
    writer = new Thread(null, this::write, thread, 0, false);
    writer.setDaemon(true);
    writer.setContextClassLoader(LineWriter.class.getClassLoader());
  }

  /** Starts to write. */
  public void open() {
    writer.start();
  }

  /** Has a line written; never waits. */
  public void add(Line line) {
    if (!waiting.offer(line)) {
      leftOut.incrementAndGet();
    }
  }

  private void write() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Line line = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (line != null) {
          target.write(line.text());
        }
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
          target.write(missing + " requests left out");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is waiting, unless that takes too long. Twice is once. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
