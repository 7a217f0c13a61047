package dev.hearth.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Headers;
import dev.hearth.function.Response;
import dev.hearth.http.contract.KeptResponse;
import dev.hearth.http.contract.RefusedResponseException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** A response in memory, bounded. */
final class KeptAnswer implements KeptResponse {

  private static final byte[] NOTHING = {};

  private final int most;
  private final Body body = new Body();
  private final HeaderLines headers = new HeaderLines(); // guarded by this

  @GuardedBy("this")
  private int status;

  @GuardedBy("this")
  private byte[] buffer = NOTHING;

  @GuardedBy("this")
  private int length;

  @GuardedBy("this")
  private boolean ended;

  KeptAnswer(int most) {
    this.most = most;
  }

  @Override
  public synchronized Response status(int status) {
    if (status < 200 || status > 999) {
      throw new RefusedResponseException("status is " + status + "; it must be within 200 to 999");
    }
    requireOpen();
    this.status = status;
    return this;
  }

  @Override
  public synchronized int status() {
    return status;
  }

  @Override
  public synchronized Response header(String name, String value) {
    requireOpen();
    headers.set(name, value);
    return this;
  }

  @Override
  public synchronized Response addHeader(String name, String value) {
    requireOpen();
    headers.add(name, value);
    return this;
  }

  @Override
  public Headers headers() {
    return headers;
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

  private synchronized void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the call has ended; its response can no longer change");
    }
  }

  private synchronized void keep(byte[] data, int from, int count) throws IOException {
    if (ended) {
      throw new IOException("the call has ended; nothing more can be written to its response");
    }
    if (count > most - length) {
      throw new IOException("the answer is over " + most + " bytes, which is the most for it");
    }
    if (length + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + count, Math.min(most, buffer.length * 2)));
    }
    System.arraycopy(data, from, buffer, length, count);
    length += count;
  }

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
