package dev.hearth.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Headers;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.LateValue;
import dev.hearth.http.contract.RefusedResponseException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The response of one exchange.
 *
 * <pre>
 * HELD -> COMMITTED -> ENDED      HELD may go straight to ENDED; never backwards
 * </pre>
 *
 * While HELD everything can change, and what the function writes is kept. A full buffer or a flush makes it COMMITTED:
 * head and chunks go out, and the writer waits while the client is slower. ENDED comes with the end of the call, after
 * which the function's writes fail; the event loop then sends the rest. Writers are the function's threads, whatever
 * their number; the lock is never held while waiting.
 */
final class ServerResponse implements Response {

  private static final int HELD_BYTES = 32 << 10;
  private static final int FIRST_BYTES = 64;
  private static final byte[] NOTHING = {};

  private enum State {
    HELD,
    COMMITTED,
    ENDED
  }

  private final Carrier carrier;
  private final RequestHead request;
  private final ReentrantLock lock = new ReentrantLock();
  private final Body body = new Body();

  @GuardedBy("lock")
  private @Nullable Condition moved; // made for the first writer that waits

  @GuardedBy("lock")
  private final HeaderLines headers = new HeaderLines();

  @GuardedBy("lock")
  private State state = State.HELD;

  @GuardedBy("lock")
  private int status;

  @GuardedBy("lock")
  private byte[] buffer = NOTHING;

  @GuardedBy("lock")
  private int length;

  @GuardedBy("lock")
  private boolean committed;

  @GuardedBy("lock")
  private boolean closeAfter; // what the committed head promised

  @GuardedBy("lock")
  private String lateName = "";

  @GuardedBy("lock")
  private @Nullable LateValue late; // until the head goes out

  private final HeaderLines always = new HeaderLines(); // set on the event loop before the call

  ServerResponse(Carrier carrier, RequestHead request) {
    this.carrier = carrier;
    this.request = request;
  }

  // What the contract asks for, on the event loop.

  void always(String name, String value) {
    always.set(name, value);
  }

  /** As {@link #always(String, String)}, with a value that is asked for when the head goes out. */
  void always(String name, LateValue value) {
    lock.lock();
    try {
      if (late != null) {
        throw new IllegalStateException("header " + lateName + " is waiting for its value already");
      }
      always.set(name, ""); // what is wrong with the name shows here
      lateName = name;
      late = value;
    } finally {
      lock.unlock();
    }
  }

  // What the function sees, on its threads.

  @Override
  public Response status(int status) {
    if (status < 200 || status > 999) {
      throw new RefusedResponseException("status is " + status + "; it must be within 200 to 999");
    }
    lock.lock();
    try {
      requireHeld();
      this.status = status;
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int status() {
    lock.lock();
    try {
      return status;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Response header(String name, String value) {
    lock.lock();
    try {
      requireHeld();
      headers.set(name, value);
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
      headers.add(name, value);
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Headers headers() {
    lock.lock();
    try {
      return headers;
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

  // What the exchange does, on any thread.

  /**
   * Ends what the function can do.
   *
   * @return whether this call ended it, and no earlier one
   */
  boolean end() {
    lock.lock();
    try {
      boolean first = state != State.ENDED;
      state = State.ENDED;
      wake();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** The same behind a last part, unless it has ended before. */
  void end(byte[] last) {
    lock.lock();
    try {
      if (state != State.ENDED) {
        int begun = length;
        buffer = Arrays.copyOf(buffer, begun + last.length);
        System.arraycopy(last, 0, buffer, begun, last.length);
        length = begun + last.length;
        end();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes writers that wait for the client. */
  void writabilityChanged() {
    lock.lock();
    try {
      wake();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void wake() {
    if (moved != null) {
      moved.signalAll();
    }
  }

  @GuardedBy("lock")
  private Condition moved() {
    Condition condition = moved;
    if (condition == null) {
      condition = lock.newCondition();
      moved = condition;
    }
    return condition;
  }

  // What the event loop does after end().

  /** Whether the committed head said that the connection ends behind this response. */
  boolean closesAfter() {
    lock.lock();
    try {
      return closeAfter;
    } finally {
      lock.unlock();
    }
  }

  /** About how many bytes are left to send. */
  int left() {
    lock.lock();
    try {
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** The status that is sent. */
  int sentStatus() {
    int set = status();
    return set == 0 ? 200 : set;
  }

  /** What is left to send of a committed response. */
  Object rest() {
    lock.lock();
    try {
      return carrier.framing().end(head(), buffer, length);
    } finally {
      lock.unlock();
    }
  }

  /** The whole of a response that was not committed, or of the answer that replaces it. */
  Object whole(@Nullable Answer answer, boolean keepAlive) {
    lock.lock();
    try {
      if (answer != null) {
        replace(answer);
      }
      return carrier.framing().whole(head(), buffer, length, keepAlive);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void replace(Answer answer) {
    headers.clear();
    for (Answer.Line line : answer.headers()) {
      headers.add(line.name(), line.value());
    }
    status = answer.status();
    buffer = answer.body();
    length = buffer.length;
  }

  @GuardedBy("lock")
  private ResponseHead head() {
    LateValue value = late;
    if (value != null) {
      late = null;
      always.set(lateName, value.value());
    }
    return new ResponseHead(
        status == 0 ? 200 : status, headers, always, request.isHead(), request.http10());
  }

  /** Sends what is held, the head before it if that is still here. */
  @GuardedBy("lock")
  private void send() {
    ResponseHead head = head();
    Object message;
    if (committed) {
      message = carrier.framing().part(head, buffer, length);
    } else {
      committed = true;
      state = State.COMMITTED;
      // Without chunks the end of the connection is the end of the body; a 205 without a length is
      // ambiguous too.
      closeAfter =
          !carrier.mayKeepAlive(request)
              || (request.http10() && !head.isBodyless())
              || head.status() == 205;
      message = carrier.framing().begin(head, buffer, length, !closeAfter);
    }
    length = 0;
    carrier.wire().send(message);
  }

  /** Waits while the client is slower than the function. */
  @GuardedBy("lock")
  private void awaitClient() throws IOException {
    long left = carrier.writeStallNanos();
    while (!carrier.wire().mayWrite()) {
      requireWritable();
      if (left <= 0) {
        String reason = "the client has taken nothing of the response for too long";
        carrier.cut(reason);
        throw new IOException(reason);
      }
      try {
        left = moved().awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while writing the response");
      }
    }
  }

  @GuardedBy("lock")
  private void requireWritable() throws IOException {
    if (state == State.ENDED) {
      throw new IOException("the call has ended; nothing more can be written to its response");
    }
    if (!carrier.wire().isOpen()) {
      throw new IOException("the client left");
    }
  }

  /** The body as the function writes it. */
  private final class Body extends OutputStream {

    private boolean closed; // guarded by lock

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, data.length);
      lock.lock();
      try {
        int done = 0;
        while (done < count) {
          requireUsable();
          done += keep(data, from + done, count - done);
          if (length == HELD_BYTES && done < count) {
            send();
            awaitClient();
          }
        }
      } finally {
        lock.unlock();
      }
    }

    @GuardedBy("ServerResponse.this.lock")
    private int keep(byte[] data, int from, int count) {
      int kept = Math.min(count, HELD_BYTES - length);
      if (length + kept > buffer.length) {
        int size = Math.max(length + kept, Math.min(HELD_BYTES, buffer.length * 2));
        buffer = Arrays.copyOf(buffer, Math.max(size, FIRST_BYTES));
      }
      System.arraycopy(data, from, buffer, length, kept);
      length += kept;
      return kept;
    }

    @Override
    public void flush() throws IOException {
      lock.lock();
      try {
        requireUsable();
        if (length > 0 || !committed) {
          send();
          awaitClient();
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

    @GuardedBy("ServerResponse.this.lock")
    private void requireUsable() throws IOException {
      requireWritable();
      if (closed) {
        throw new IOException("the response body is closed; nothing more can be written to it");
      }
    }
  }
}
