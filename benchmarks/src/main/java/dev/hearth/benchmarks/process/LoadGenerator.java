package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Keeps a number of connections busy from one thread: each has one request under way, and sends the next when its answer is
 * whole and correct. Closed loop: a server that stalls is asked less, so compare throughput and latency together.
 */
final class LoadGenerator {

  private static final int LONGEST_MICROS = 1_000_000;

  private final int port;
  private final byte[] request;
  private final byte[] expected;
  private final long[] latencies = new long[LONGEST_MICROS + 1]; // by whole microseconds
  private long answers;

  private LoadGenerator(int port, byte[] request, String expected) {
    this.port = port;
    this.request = request;
    this.expected = expected.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What a server did under load.
   *
   * @param perSecond correct answers
   * @param p50Micros half were answered within
   * @param p99Micros all but a hundredth were answered within
   */
  record Result(double perSecond, double p50Micros, double p99Micros) {}

  /**
   * Loads a server.
   *
   * @param warmup how long before measuring
   * @throws IOException if an answer is wrong, or a connection breaks
   */
  static Result run(
      int port,
      byte[] request,
      String expected,
      int connections,
      Duration warmup,
      Duration measured)
      throws IOException {
    LoadGenerator generator = new LoadGenerator(port, request, expected);
    return generator.run(connections, warmup, measured);
  }

  private Result run(int connections, Duration warmup, Duration measured) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        connect(selector);
      }
      try {
        drive(selector, System.nanoTime() + warmup.toNanos());
        Arrays.fill(latencies, 0);
        answers = 0;
        long start = System.nanoTime();
        drive(selector, start + measured.toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(answers / seconds, percentile(0.50), percentile(0.99));
      } finally {
        for (SelectionKey key : selector.keys()) {
          key.channel().close();
        }
      }
    }
  }

  private void connect(Selector selector) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Connection connection = new Connection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    connection.send();
  }

  private void drive(Selector selector, long endNanos) throws IOException {
    while (System.nanoTime() < endNanos) {
      selector.select(1000);
      for (SelectionKey key : selector.selectedKeys()) {
        ((Connection) key.attachment()).read();
      }
      selector.selectedKeys().clear();
    }
  }

  private double percentile(double share) {
    long left = (long) Math.ceil(answers * share);
    for (int micros = 0; micros <= LONGEST_MICROS; micros++) {
      left -= latencies[micros];
      if (left <= 0) {
        return micros;
      }
    }
    return LONGEST_MICROS;
  }

  private final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.wrap(request);
    private final ByteBuffer in = ByteBuffer.allocate(8192);
    private long sentNanos;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void send() throws IOException {
      out.rewind();
      sentNanos = System.nanoTime();
      while (out.hasRemaining()) {
        channel.write(out); // a request fits the socket's buffer
      }
    }

    void read() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the server closed a connection under load");
      }
      int head = endOfHead();
      if (head < 0 || in.position() < head + expected.length) {
        return;
      }
      check(head);
      long micros = (System.nanoTime() - sentNanos) / 1000;
      latencies[(int) Math.min(micros, LONGEST_MICROS)]++;
      answers++;
      in.clear();
      send();
    }

    private int endOfHead() {
      byte[] bytes = in.array();
      for (int i = 3; i < in.position(); i++) {
        if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
          return i + 1;
        }
      }
      return -1;
    }

    private void check(int head) throws IOException {
      boolean correct = in.position() == head + expected.length && in.get(9) == '2';
      for (int i = 0; correct && i < expected.length; i++) {
        correct = in.get(head + i) == expected[i];
      }
      if (!correct) {
        throw new IOException(
            "wrong answer under load: "
                + new String(in.array(), 0, in.position(), StandardCharsets.UTF_8));
      }
    }
  }
}
