package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Keeps a number of connections busy from one thread: each has one request under way, and sends the next when its answer is
 * whole and correct. Closed loop: a server that stalls is asked less, so compare throughput and latency together.
 */
final class LoadGenerator {

  /** Shares of answers whose times are told: the median, the tail, and what is between for a chart. */
  static final List<Double> SHARES = List.of(0.5, 0.75, 0.9, 0.99, 0.999, 0.9999);

  private static final long SILENCE_NANOS = 20_000_000_000L;

  private final SocketAddress address;
  private final List<byte[]> requests;
  private final AnswerCheck check;
  private final Latencies latencies = new Latencies();

  private LoadGenerator(SocketAddress address, List<byte[]> requests, String expected) {
    this.address = address;
    this.requests = requests;
    check = new AnswerCheck(expected.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What a server did under load.
   *
   * @param perSecond correct answers
   * @param micros a time for each of {@link #SHARES}: that share of the answers came within it
   */
  record Result(double perSecond, List<Double> micros) {}

  /**
   * Loads a server.
   *
   * @param requests sent in turn by each connection
   * @param expected the body of each answer
   * @param warmup how long before measuring
   * @throws IOException if an answer is wrong, a connection breaks, or nothing is answered for 20 s
   */
  static Result run(
      SocketAddress address,
      List<byte[]> requests,
      String expected,
      int connections,
      Duration warmup,
      Duration measured)
      throws IOException {
    LoadGenerator generator = new LoadGenerator(address, requests, expected);
    return generator.run(connections, warmup, measured);
  }

  private Result run(int connections, Duration warmup, Duration measured) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        new Connection(selector, i);
      }
      try {
        drive(selector, System.nanoTime() + warmup.toNanos());
        latencies.clear();
        long start = System.nanoTime();
        drive(selector, start + measured.toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        return latencies.result(seconds);
      } finally {
        for (SelectionKey key : selector.keys()) {
          key.channel().close();
        }
      }
    }
  }

  private void drive(Selector selector, long endNanos) throws IOException {
    long lastAnswer = System.nanoTime();
    long before = latencies.count();
    while (System.nanoTime() - endNanos < 0) {
      selector.select(1000);
      if (latencies.count() != before) {
        before = latencies.count();
        lastAnswer = System.nanoTime();
      } else if (System.nanoTime() - lastAnswer > SILENCE_NANOS) {
        throw new IOException("no answer for 20 s under load");
      }
      for (SelectionKey key : selector.selectedKeys()) {
        ((Connection) key.attachment()).read();
      }
      selector.selectedKeys().clear();
    }
  }

  /** One caller. Servers may close a connection between two answers, as Tomcat does after a hundred; then it opens another. */
  private final class Connection {
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocate(check.room());
    private SocketChannel channel;
    private int number;
    private int answered; // on this channel
    private long sentNanos;

    Connection(Selector selector, int number) throws IOException {
      this.selector = selector;
      this.number = number;
      channel = open();
      send();
    }

    private SocketChannel open() throws IOException {
      SocketChannel opened = SocketChannel.open(address);
      if (address instanceof InetSocketAddress) {
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      opened.configureBlocking(false);
      opened.register(selector, SelectionKey.OP_READ, this);
      answered = 0;
      return opened;
    }

    private void send() throws IOException {
      ByteBuffer out = ByteBuffer.wrap(requests.get(number % requests.size()));
      sentNanos = System.nanoTime();
      try {
        while (out.hasRemaining()) {
          channel.write(out); // a request fits the socket's buffer
        }
      } catch (IOException e) {
        again(e);
      }
    }

    void read() throws IOException {
      try {
        if (channel.read(in) < 0) {
          throw new IOException("the server closed a connection under load");
        }
      } catch (IOException e) {
        again(e);
        return;
      }
      if (!check.whole(in.array(), in.position())) {
        return;
      }
      latencies.add(System.nanoTime() - sentNanos);
      in.clear();
      answered++;
      number = (number + 1) % requests.size();
      send();
    }

    /** The same request on another connection; only if this one had answers, and nothing of the next. */
    private void again(IOException cause) throws IOException {
      if (answered == 0 || in.position() > 0) {
        throw cause;
      }
      channel.close();
      channel = open();
      send();
    }
  }
}
