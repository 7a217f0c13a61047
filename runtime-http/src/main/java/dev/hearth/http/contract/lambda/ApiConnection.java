package dev.hearth.http.contract.lambda;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the Runtime API that is made again when it has to be. Belongs to one thread; only {@link #stopIdle} and {@link
 * #stop} may be called by others.
 *
 * <p>The channel does not block, so that every step can have a bound and can be stopped; waiting is the selector's.
 */
final class ApiConnection implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 << 10;

  private final ApiAddress address;
  private final ApiBounds bounds;
  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).flip(); // what is not read
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES); // what is not sent
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;

  private volatile boolean stoppedIdle;
  private volatile boolean stopped;

  ApiConnection(ApiAddress address, ApiBounds bounds) throws IOException {
    this.address = address;
    this.bounds = bounds;
    this.selector = Selector.open();
  }

  /** Ends a wait for an event, now and later; an exchange that has begun goes on. */
  void stopIdle() {
    stoppedIdle = true;
    selector.wakeup();
  }

  /** Ends whatever it waits for, now and later. */
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  /**
   * Makes a connection unless there is one that seems to be alive.
   *
   * @return whether it has been used before
   */
  boolean open() throws IOException {
    Thread.interrupted(); // what a function's exception left behind must not close the channel
    if (channel != null) {
      if (isQuiet()) {
        return true;
      }
      disconnect();
    }
    connect();
    return false;
  }

  /** Whether the other side has neither closed it nor said something that nobody asked for. */
  private boolean isQuiet() {
    try {
      in.clear();
      boolean quiet = channel().read(in) == 0;
      in.clear().limit(0);
      return quiet;
    } catch (IOException e) {
      return false;
    }
  }

  private void connect() throws IOException {
    requireGoing(true);
    InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
    if (to.isUnresolved()) {
      throw new ApiException(address + ": its host is not known");
    }
    SocketChannel made = SocketChannel.open();
    channel = made;
    try {
      made.configureBlocking(false);
      made.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean connected = made.connect(to);
      key = made.register(selector, connected ? 0 : SelectionKey.OP_CONNECT);
      if (!connected) {
        await(SelectionKey.OP_CONNECT, bounds.connectNanos(), true);
        made.finishConnect();
      }
    } catch (StoppedException e) {
      throw e;
    } catch (IOException e) {
      disconnect();
      throw new ApiException(address + ": cannot be connected to: " + e.getMessage(), e, false);
    }
  }

  /** Lets go of the connection; the next {@link #open} makes another. */
  void disconnect() {
    SocketChannel open = channel;
    channel = null;
    key = null;
    in.clear().limit(0);
    out.clear();
    if (open != null) {
      try {
        open.close();
        selector.selectNow(); // until then the system keeps the socket
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }

  private SocketChannel channel() {
    SocketChannel open = channel;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    return open;
  }

  /**
   * Sends ASCII text, perhaps later.
   *
   * @return whether more is wanted, which it is not when the other side has answered already
   */
  boolean send(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      if (!out.hasRemaining() && !flush()) {
        return false;
      }
      out.put((byte) ascii.charAt(i));
    }
    return true;
  }

  /** Sends bytes, perhaps later; as {@link #send(String)}. */
  boolean send(byte[] bytes, int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (!out.hasRemaining() && !flush()) {
        return false;
      }
      int count = Math.min(length - done, out.remaining());
      out.put(bytes, from + done, count);
      done += count;
    }
    return true;
  }

  /** Sends what {@code send} has kept; as {@link #send(String)}. */
  boolean flush() throws IOException {
    out.flip();
    boolean wanted = true;
    while (wanted && out.hasRemaining()) {
      wanted = write();
    }
    out.clear();
    return wanted;
  }

  private boolean write() throws IOException {
    try {
      if (channel().write(out) > 0) {
        return true;
      }
    } catch (IOException e) {
      if (hasReply()) {
        return false; // it answered and closed before it had read all
      }
      throw lost(e);
    }
    int ready = await(SelectionKey.OP_WRITE | SelectionKey.OP_READ, bounds.stallNanos(), false);
    if ((ready & SelectionKey.OP_READ) == 0) {
      return true;
    }
    int count = fill();
    if (count < 0) {
      throw lost(new EOFException("it was closed while a request was sent"));
    }
    return count == 0;
  }

  private boolean hasReply() {
    try {
      return fill() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The next byte that arrives, waiting for it.
   *
   * @param nanos how long
   * @param idle whether {@link #stopIdle} ends the wait
   * @return -1 at the end of the connection
   */
  int read(long nanos, boolean idle) throws IOException {
    if (!in.hasRemaining() && !awaitBytes(nanos, idle)) {
      return -1;
    }
    return in.get() & 0xff;
  }

  /** The next bytes that arrive, at least one, waiting for them; -1 at the end of the connection. */
  int read(byte[] into, int from, int length) throws IOException {
    if (!in.hasRemaining() && !awaitBytes(bounds.stallNanos(), false)) {
      return -1;
    }
    int count = Math.min(length, in.remaining());
    in.get(into, from, count);
    return count;
  }

  private boolean awaitBytes(long nanos, boolean idle) throws IOException {
    while (true) {
      requireGoing(idle);
      int count;
      try {
        count = fill();
      } catch (IOException e) {
        throw lost(e);
      }
      if (count != 0) {
        return count > 0;
      }
      await(SelectionKey.OP_READ, nanos, idle);
    }
  }

  private int fill() throws IOException {
    in.clear();
    try {
      return channel().read(in);
    } finally {
      in.flip();
    }
  }

  private ApiException lost(IOException e) {
    return new ApiException(address + ": the connection was lost: " + e.getMessage(), e, true);
  }

  /**
   * Waits until the channel can do one of these.
   *
   * @return which
   */
  private int await(int operations, long nanos, boolean idle) throws IOException {
    SelectionKey waiting = key;
    if (waiting == null) {
      throw new IllegalStateException("not connected");
    }
    waiting.interestOps(operations);
    long end = nanos == ApiBounds.NEVER ? 0 : System.nanoTime() + nanos;
    boolean last = false;
    while (true) {
      requireGoing(idle);
      if (nanos == ApiBounds.NEVER) {
        selector.select();
      } else {
        long left = end - System.nanoTime();
        last = left <= 0;
        selector.select(last ? 1 : left / 1_000_000 + 1);
      }
      boolean selected = !selector.selectedKeys().isEmpty();
      selector.selectedKeys().clear();
      int ready = selected ? waiting.readyOps() & operations : 0;
      if (ready != 0) {
        waiting.interestOps(0);
        return ready;
      }
      Thread.interrupted();
      if (last) { // looked at once more after the time was up: the process may have been frozen
        throw new ApiException(
            address + ": nothing happened for " + nanos / 1_000_000 + " ms", null, false);
      }
    }
  }

  private void requireGoing(boolean idle) throws StoppedException {
    if (stopped || (idle && stoppedIdle)) {
      throw new StoppedException();
    }
  }

  @Override
  public void close() {
    disconnect();
    try {
      selector.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
