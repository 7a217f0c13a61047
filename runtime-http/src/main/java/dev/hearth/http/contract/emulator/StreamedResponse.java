package dev.hearth.http.contract.emulator;

import dev.hearth.function.Headers;
import dev.hearth.function.Response;
import dev.hearth.invoke.MemoryExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a function streams, on its way to the client in a form of the platform's. Each write of several bytes goes out at once, single
 * bytes when there are enough of them.
 *
 * <p>The lock is held while a writer waits for the client, so that parts stay in order; whoever ends the answer does not wait for it.
 * Parts are written whole into a client's response whose buffer is empty, so an end never comes into the middle of one.
 */
final class StreamedResponse implements Response {

  /** Makes parts of what a function writes. */
  interface Parts {
    /**
     * The bytes to send for some of the function's.
     *
     * @throws IOException if the function may not write them
     */
    byte[] part(byte[] data, int length) throws IOException;
  }

  private static final int PART_BYTES = 16 << 10;

  /** What the service takes. */
  private static final long MOST_BYTES = 200L << 20;

  private final Response client;
  private final Parts parts;
  private final Response head =
      new MemoryExchange(
              "POST", "/", "", java.util.Map.of(), java.io.InputStream.nullInputStream(), 0)
          .response();
  private final Body body = new Body();
  private final ReentrantLock lock = new ReentrantLock();
  private final byte[] held = new byte[PART_BYTES]; // guarded by lock
  private int length; // guarded by lock
  private long written; // guarded by lock

  StreamedResponse(Response client, Parts parts) {
    this.client = client;
    this.parts = parts;
  }

  @Override
  public Response status(int status) {
    head.status(status);
    return this;
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public Response header(String name, String value) {
    head.header(name, value);
    return this;
  }

  @Override
  public Response addHeader(String name, String value) {
    head.addHeader(name, value);
    return this;
  }

  @Override
  public Headers headers() {
    return head.headers();
  }

  @Override
  public OutputStream body() {
    return body;
  }

  @Override
  public boolean isCommitted() {
    return client.isCommitted();
  }

  /** After the call: what the function wrote and did not send, as a part; nothing where a writer has hung up. */
  byte[] rest() {
    if (!lock.tryLock()) {
      return new byte[0];
    }
    try {
      byte[] part = length == 0 ? new byte[0] : parts.part(held, length);
      length = 0;
      return part;
    } catch (IOException e) {
      return new byte[0];
    } finally {
      lock.unlock();
    }
  }

  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      lock.lock();
      try {
        held[length++] = (byte) b;
        if (length == held.length) {
          send();
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void write(byte[] data, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, data.length);
      lock.lock();
      try {
        int done = 0;
        while (done < count) {
          int part = Math.min(count - done, held.length - length);
          System.arraycopy(data, from + done, held, length, part);
          length += part;
          done += part;
          send();
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void flush() throws IOException {
      lock.lock();
      try {
        if (length > 0) {
          send();
        }
      } finally {
        lock.unlock();
      }
    }

    /** With the lock held. */
    private void send() throws IOException {
      written += length;
      if (written > MOST_BYTES) {
        throw new IOException(
            "the response is over " + MOST_BYTES + " bytes, which is the most for a stream");
      }
      byte[] part = parts.part(held, length);
      length = 0;
      if (part.length > 0) {
        client.body().write(part);
        client.body().flush();
      }
    }
  }
}
