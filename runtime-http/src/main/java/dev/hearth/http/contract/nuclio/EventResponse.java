package dev.hearth.http.contract.nuclio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Headers;
import dev.hearth.function.Response;
import dev.hearth.http.contract.KeptResponse;
import dev.hearth.invoke.MemoryExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** What a function answers, kept until the call has ended. */
final class EventResponse implements KeptResponse {

  private static final byte[] NOTHING = {};

  private final int most;
  private final Body body = new Body();

  @GuardedBy("this")
  private final Response head =
      new MemoryExchange("POST", "/", "", Map.of(), InputStream.nullInputStream(), 0).response();

  @GuardedBy("this")
  private byte[] buffer = NOTHING;

  @GuardedBy("this")
  private int length;

  @GuardedBy("this")
  private boolean ended;

  /**
   * @param most the longest body, in bytes
   */
  EventResponse(int most) {
    this.most = most;
  }

  @Override
  public synchronized Response status(int status) {
    requireOpen();
    head.status(status);
    return this;
  }

  @Override
  public synchronized int status() {
    return head.status();
  }

  @Override
  public synchronized Response header(String name, String value) {
    requireOpen();
    head.header(name, value);
    return this;
  }

  @Override
  public synchronized Response addHeader(String name, String value) {
    requireOpen();
    head.addHeader(name, value);
    return this;
  }

  @Override
  public synchronized Headers headers() {
    return head.headers();
  }

  @Override
  public OutputStream body() {
    return body;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public synchronized byte[] written() {
    ended = true;
    return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
  }

  /** Ends the writing. */
  synchronized void end() {
    ended = true;
  }

  @GuardedBy("this")
  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the call has ended; its response can no longer change");
    }
  }

  private synchronized void keep(byte[] data, int from, int count) throws IOException {
    if (ended) {
      throw new IOException("the call has ended; nothing more can be written to its response");
    }
    if (count > most - length) {
      throw new IOException(
          "the answer is over "
              + most
              + " bytes, which is the most for it; "
              + NuclioSettings.LINE_BYTES
              + " allows more");
    }
    if (length + count > buffer.length) {
      int twice = (int) Math.min(most, buffer.length * 2L);
      buffer = Arrays.copyOf(buffer, Math.max(length + count, twice));
    }
    System.arraycopy(data, from, buffer, length, count);
    length += count;
  }

  /** The body as the function writes it. */
  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      keep(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, data.length);
      keep(data, from, count);
    }
  }
}
