package dev.hearth.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request body on its way from the event loop to the function that reads it.
 *
 * <p>The event loop {@link #offer offers} what arrives and stops reading from the socket while the pipe is full; the
 * reader says through {@code wanted} when there is room again. Holds copies, so that nothing has to be given back
 * when the reader loses interest.
 */
final class BodyPipe extends InputStream {

  private static final int FULL = 64 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Runnable wanted; // called by the reader, without the lock

  @GuardedBy("lock")
  private final Deque<byte[]> chunks = new ArrayDeque<>();

  @GuardedBy("lock")
  private int position; // within the first chunk

  @GuardedBy("lock")
  private int held;

  @GuardedBy("lock")
  private boolean complete;

  @GuardedBy("lock")
  private @Nullable String failure;

  BodyPipe(Runnable wanted) {
    this.wanted = wanted;
  }

  /** Adds what has arrived. */
  void offer(byte[] data) {
    lock.lock();
    try {
      if (failure == null && data.length > 0) {
        chunks.add(data);
        held += data.length;
        moved.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether no more should be offered before {@code wanted} is called. */
  boolean isFull() {
    lock.lock();
    try {
      return held >= FULL;
    } finally {
      lock.unlock();
    }
  }

  /** Says that the body has ended. */
  void complete() {
    lock.lock();
    try {
      complete = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says that no more will come; readers fail from now on, unless they have the whole body. */
  void fail(String reason) {
    lock.lock();
    try {
      if (failure == null && !(complete && chunks.isEmpty())) {
        failure = reason;
        chunks.clear();
        held = 0;
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    boolean hasRoom;
    int count;
    lock.lock();
    try {
      if (!awaitData()) {
        return -1;
      }
      boolean wasFull = held >= FULL;
      count = take(target, offset, length);
      hasRoom = wasFull && held < FULL;
    } finally {
      lock.unlock();
    }
    if (hasRoom) {
      wanted.run();
    }
    return count;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean awaitData() throws IOException {
    while (chunks.isEmpty() && failure == null && !complete) {
      try {
        moved.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the request body");
      }
    }
    if (failure != null) {
      throw new IOException(failure);
    }
    return !chunks.isEmpty();
  }

  @GuardedBy("lock")
  private int take(byte[] target, int offset, int length) {
    int taken = 0;
    byte[] chunk = chunks.peek();
    while (chunk != null && taken < length) {
      int count = Math.min(length - taken, chunk.length - position);
      System.arraycopy(chunk, position, target, offset + taken, count);
      taken += count;
      position += count;
      if (position == chunk.length) {
        chunks.remove();
        position = 0;
        chunk = chunks.peek();
      }
    }
    held -= taken;
    return taken;
  }
}
