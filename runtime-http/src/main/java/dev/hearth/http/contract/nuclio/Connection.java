package dev.hearth.http.contract.nuclio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to the processor. Belongs to one thread; only {@link #wakeUp}, {@link #stopIdle} and {@link #stop} may be
 * called by others.
 *
 * <p>The channel does not block, so that no interrupt closes it and every wait can be ended; waiting is the selector's.
 */
final class Connection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int BUFFER_BYTES = 64 << 10;

  /** A longer line's memory is let go of behind it. */
  private static final int KEPT_LINE_BYTES = 1 << 20;

  private static final long PROBE_MILLIS = 100;
  private static final byte[] NO_LINE = {'\n'};

  private final String name;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip(); // what is not read
  private final int longest;
  private byte[] line = new byte[1024]; // what has been read of the line that has not ended
  private int length;
  private @Nullable String skipped; // why the line is not kept
  private boolean ended; // the processor sends no more

  private volatile boolean stoppedIdle;
  private volatile boolean stopped;

  private Connection(String name, SocketChannel channel, int longest) throws IOException {
    this.name = name;
    this.channel = channel;
    this.longest = longest;
    this.selector = Selector.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects.
   *
   * @param longest the longest line that is kept
   * @throws IOException if it cannot; the message says where to
   */
  static Connection open(String host, int port, int longest) throws IOException {
    String name = host + ":" + port;
    IOException failure = new UnknownHostException("no address");
    for (InetAddress address : InetAddress.getAllByName(host)) {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.socket().connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
        return new Connection(name, channel, longest);
      } catch (IOException e) {
        failure = e;
        channel.close();
      }
    }
    throw failure;
  }

  /** Has whatever it waits for looked at again. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Ends a wait for an event, now and later; one that has arrived is worked on. */
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
   * Waits for the next line, and sends what others log meanwhile.
   *
   * @return whether there is one; false when the processor has ended the connection
   * @throws StoppedException if the wait was ended
   */
  boolean next(LogLines logged) throws IOException {
    forgetLine();
    while (!takeLine()) {
      if (ended) {
        return false;
      }
      requireGoing();
      if (stoppedIdle) {
        throw new StoppedException();
      }
      send(logged);
      if (fill() == 0) {
        select(SelectionKey.OP_READ, 0);
      }
    }
    return true;
  }

  private void forgetLine() {
    length = 0;
    skipped = null;
    if (line.length > KEPT_LINE_BYTES) {
      line = new byte[1024];
    }
  }

  /** The line that {@link #next} found, without its end; the first {@link #length} bytes count, until the next one. */
  byte[] line() {
    return line;
  }

  int length() {
    return length;
  }

  /** Why there is nothing of the line, although it was read to its end; null when it is there. */
  @Nullable String skipped() {
    return skipped;
  }

  /** Moves what was read to the line; whether it has ended. */
  private boolean takeLine() {
    byte[] bytes = in.array();
    int from = in.position();
    for (int i = from; i < in.limit(); i++) {
      if (bytes[i] == '\n') {
        append(bytes, from, i - from);
        in.position(i + 1);
        return true;
      }
    }
    append(bytes, from, in.remaining());
    in.position(in.limit());
    return false;
  }

  private void append(byte[] bytes, int from, int count) {
    if (skipped != null) {
      return;
    }
    if (count > longest - length) {
      skip(
          "the event line is over "
              + longest
              + " bytes; "
              + NuclioSettings.LINE_BYTES
              + " allows more");
      return;
    }
    try {
      makeRoom(length + count);
    } catch (OutOfMemoryError e) {
      skip("there is no memory for an event line of this length");
      return;
    }
    System.arraycopy(bytes, from, line, length, count);
    length += count;
  }

  private void makeRoom(int bytes) {
    if (bytes > line.length) {
      line = Arrays.copyOf(line, Math.max(bytes, (int) Math.min(longest, line.length * 2L)));
    }
  }

  private void skip(String why) {
    skipped = why;
    length = 0;
    line = new byte[1024];
  }

  /** Reads what is there without waiting, where there is room for it; the number of bytes, -1 at the end. */
  private int fill() {
    in.compact();
    try {
      int count = channel.read(in);
      ended |= count < 0;
      return count;
    } catch (IOException e) {
      ended = true; // reset: the processor is gone
      return -1;
    } finally {
      in.flip();
    }
  }

  /**
   * Waits until a call has ended, and sends what it logs meanwhile. A processor that sends no more may still read: lines without
   * anything, which it ignores, find out.
   *
   * @throws IOException if the processor is gone, or the wait was ended
   */
  void await(EventCall call, LogLines logged) throws IOException {
    while (!call.isEnded()) {
      requireGoing();
      send(logged);
      boolean room = !ended && in.remaining() < in.capacity();
      if (room && fill() > 0) {
        continue;
      }
      if (ended) {
        write(NO_LINE, NO_LINE.length);
      }
      select(ended || !room ? 0 : SelectionKey.OP_READ, ended ? PROBE_MILLIS : 0);
    }
  }

  /** Sends what was logged by now. */
  void send(LogLines logged) throws IOException {
    byte[] lines = logged.take();
    if (lines.length > 0) {
      write(lines, lines.length);
    }
  }

  /** Sends bytes, waiting while the processor does not take them. */
  void write(byte[] bytes, int count) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes, 0, count);
    while (out.hasRemaining()) {
      requireGoing();
      if (channel.write(out) == 0) {
        select(SelectionKey.OP_WRITE, 0);
      }
    }
  }

  private void select(int operations, long millis) throws IOException {
    key.interestOps(operations);
    selector.select(millis);
    selector.selectedKeys().clear();
    Thread.interrupted(); // of a function's; it would keep the selector from waiting
  }

  private void requireGoing() throws StoppedException {
    if (stopped) {
      throw new StoppedException();
    }
  }

  @Override
  public void close() {
    try (Selector last = selector) {
      channel.close();
      last.selectNow(); // until then the system keeps the socket
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
