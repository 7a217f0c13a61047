package dev.hearth.http.lambda;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Headers;
import dev.hearth.function.Response;
import dev.hearth.invoke.MemoryExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a function answers to an event, on its way from the function's threads to whoever passes it on.
 *
 * <pre>
 * HELD -> COMMITTED -> ENDED      HELD may go straight to ENDED; never backwards
 * </pre>
 *
 * While HELD, what the function writes is kept. Where answers stream, a full buffer or a flush makes it COMMITTED: the taker then
 * takes what is there, and writers wait while it has more than it can send. Otherwise all is kept until the end, up to a bound
 * beyond which it is only counted. After ENDED the function's writes fail.
 */
public final class LambdaResponse implements Response {

  /** Where answers stream, this much is held before they begin to. */
  private static final int HELD_BYTES = 32 << 10;

  /** Where they do not, this much is kept: more than the platform takes, so that the platform says so. */
  public static final int KEPT_BYTES = 16 << 20;

  private static final byte[] NOTHING = {};

  private enum State {
    HELD,
    COMMITTED,
    ENDED
  }

  private final boolean streams;
  private final ReentrantLock lock = new ReentrantLock(); // never held while waiting for others
  private final Condition moved = lock.newCondition();
  private final Body body = new Body();

  @GuardedBy("lock")
  private final Response head =
      new MemoryExchange("POST", "/", "", Map.of(), java.io.InputStream.nullInputStream(), 0)
          .response();

  @GuardedBy("lock")
  private State state = State.HELD;

  @GuardedBy("lock")
  private byte[] buffer = NOTHING;

  @GuardedBy("lock")
  private int length;

  @GuardedBy("lock")
  private long written;

  @GuardedBy("lock")
  private boolean committed;

  @GuardedBy("lock")
  private @Nullable String broken; // why nobody takes what is written

  /**
   * @param streams whether what is written may go out before the end
   */
  public LambdaResponse(boolean streams) {
    this.streams = streams;
  }

  // What the function sees, on its threads.

  @Override
  public Response status(int status) {
    lock.lock();
    try {
      requireHeld();
      head.status(status);
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int status() {
    lock.lock();
    try {
      return head.status();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Response header(String name, String value) {
    lock.lock();
    try {
      requireHeld();
      head.header(name, value);
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Response addHeader(String name, String value) {
    lock.lock();
    try {
      requireHeld();
      head.addHeader(name, value);
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Headers headers() {
    lock.lock();
    try {
      return head.headers();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public OutputStream body() {
    return body;
  }

  @Override
  public boolean isCommitted() {
    lock.lock();
    try {
      return committed;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void requireHeld() {
    if (state != State.HELD) {
      throw new IllegalStateException(
          state == State.ENDED
              ? "the call has ended; its response can no longer change"
              : "the response is on its way; set status and headers before writing or flushing");
    }
  }

  // What the taker does.

  /**
   * Waits until the answer begins to go out, or the call has ended.
   *
   * @return whether it begins to go out
   */
  public boolean awaitCommit() throws InterruptedException {
    lock.lock();
    try {
      while (state == State.HELD) {
        moved.await();
      }
      return committed;
    } finally {
      lock.unlock();
    }
  }

  /** The next part of a committed answer, waiting for it; null at its end. */
  public byte @Nullable [] take() throws InterruptedException {
    lock.lock();
    try {
      while (length == 0 && state != State.ENDED) {
        moved.await();
      }
      if (length == 0) {
        return null;
      }
      byte[] part = Arrays.copyOf(buffer, length);
      length = 0;
      moved.signalAll();
      return part;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the function's writes fail: nobody takes them. */
  public void breakOff(String reason) {
    lock.lock();
    try {
      broken = reason;
      length = 0;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends what the function can do. */
  public void end() {
    lock.lock();
    try {
      state = State.ENDED;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** After the end: what was kept; the first {@link #length} bytes count. */
  public byte[] kept() {
    lock.lock();
    try {
      return buffer;
    } finally {
      lock.unlock();
    }
  }

  /** After the end: how much was kept. */
  public int length() {
    lock.lock();
    try {
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** How much was written. */
  public long written() {
    lock.lock();
    try {
      return written;
    } finally {
      lock.unlock();
    }
  }

  /** The body as the function writes it. */
  private final class Body extends OutputStream {

    @GuardedBy("LambdaResponse.this.lock")
    private boolean closed;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, data.length);
      lock.lock();
      try {
        requireUsable();
        written += count;
        if (!streams) {
          keep(data, from, Math.min(count, KEPT_BYTES - length), KEPT_BYTES);
          return;
        }
        int done = 0;
        while (done < count) {
          awaitRoom();
          done += keep(data, from + done, Math.min(count - done, HELD_BYTES - length), HELD_BYTES);
          if (length == HELD_BYTES) {
            commit();
          }
        }
      } finally {
        lock.unlock();
      }
    }

    @GuardedBy("LambdaResponse.this.lock")
    private int keep(byte[] data, int from, int count, int most) {
      if (length + count > buffer.length) {
        int size = Math.max(length + count, (int) Math.min(most, buffer.length * 2L));
        buffer = Arrays.copyOf(buffer, Math.max(size, 256));
      }
      System.arraycopy(data, from, buffer, length, count);
      length += count;
      return count;
    }

    @GuardedBy("LambdaResponse.this.lock")
    private void commit() {
      committed = true;
      state = State.COMMITTED;
      moved.signalAll();
    }

    /** Waits while the platform is slower than the function. */
    @GuardedBy("LambdaResponse.this.lock")
    private void awaitRoom() throws IOException {
      while (length == HELD_BYTES) {
        try {
          moved.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while writing the response");
        }
        requireUsable();
      }
    }

    @Override
    public void flush() throws IOException {
      lock.lock();
      try {
        requireUsable();
        if (streams) {
          commit();
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        closed = true;
      } finally {
        lock.unlock();
      }
    }

    @GuardedBy("LambdaResponse.this.lock")
    private void requireUsable() throws IOException {
      if (state == State.ENDED) {
        throw new IOException("the call has ended; nothing more can be written to its response");
      }
      if (broken != null) {
        throw new IOException(broken);
      }
      if (closed) {
        throw new IOException("the response body is closed; nothing more can be written to it");
      }
    }
  }
}
