package dev.hearth.cli.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.log.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole lines, one at a time. Thread-safe.
 *
 * <p>The lock is fair: when one function floods, a line of another waits for at most one line of each
 * thread before it. What the reader of the stream does not take holds all writers back, as a pipe does.
 */
final class Sink {

  private final OutputStream out;
  private final Layout layout;
  private final ReentrantLock lock;

  @GuardedBy("lock")
  private final Bytes line;

  private volatile @Nullable LineBudgets budgets;

  Sink(OutputStream out, Layout layout) {
    this(out, layout, new ReentrantLock(true), new Bytes());
  }

  private Sink(OutputStream out, Layout layout, ReentrantLock lock, Bytes line) {
    this.out = out;
    this.layout = layout;
    this.lock = lock;
    this.line = line;
  }

  /** The same stream and lock with another layout. */
  @SuppressWarnings("GuardedBy") // it is handed on, not used
  Sink with(Layout other) {
    Sink same = new Sink(out, other, lock, line);
    same.budgets = budgets;
    return same;
  }

  /** Has lines of functions left out that are more than their budget allows. */
  void limitBy(LineBudgets each) {
    budgets = each;
  }

  void write(Entry entry) {
    LineBudgets limits = budgets;
    Origin origin = entry.origin;
    if (limits != null && origin != null) {
      LineBudget.Verdict verdict = limits.take(origin.function(), entry.size());
      String notice = verdict.notice();
      if (notice != null) {
        writeNow(Entry.logged("WARN", Sink.class.getName(), notice, null, null));
      }
      if (!verdict.admitted()) {
        return;
      }
    }
    writeNow(entry);
  }

  private void writeNow(Entry entry) {
    lock.lock();
    try {
      line.clear();
      if (entry.raw) {
        line.add(entry.text, 0, entry.length);
        if (entry.ended) {
          line.add('\n');
        }
      } else {
        layout.write(line, entry);
      }
      line.writeTo(out);
    } catch (IOException e) {
      // There is no other place to say that this one is gone; serving goes on.
    } finally {
      lock.unlock();
    }
  }
}
