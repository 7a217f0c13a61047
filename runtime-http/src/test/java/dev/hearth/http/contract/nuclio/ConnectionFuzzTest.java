package dev.hearth.http.contract.nuclio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** How bytes of the processor become lines, however they arrive. */
class ConnectionFuzzTest {

  private static final int LONGEST = 50;

  @Provide
  Arbitrary<byte[]> streams() {
    List<byte[]> good =
        List.of(
            "{}\n{\"a\":1}\n\n".getBytes(StandardCharsets.UTF_8),
            "\n".getBytes(StandardCharsets.UTF_8));
    return Mutations.of(
        good, List.of("\n", "\r\n", "\n\n", "a".repeat(LONGEST), "b".repeat(LONGEST + 1)));
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(1, 60).list().ofMinSize(1).ofMaxSize(5);
  }

  @Property(tries = 300)
  void next_anyBytesInAnySteps_givesTheSameLines(
      @ForAll("streams") byte[] stream, @ForAll("steps") List<Integer> steps) throws Exception {
    assertThat(received(stream, steps)).isEqualTo(lines(stream));
  }

  /** What has no line end is no line; what is too long is one of which nothing is there. */
  private static List<String> lines(byte[] stream) {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte b : stream) {
      if (b == '\n') {
        lines.add(line.size() > LONGEST ? "skipped" : line.toString(StandardCharsets.ISO_8859_1));
        line.reset();
      } else {
        line.write(b);
      }
    }
    return lines;
  }

  private static List<String> received(byte[] stream, List<Integer> steps) throws Exception {
    try (ServerSocket processor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Connection connection = open(processor);
        Socket socket = processor.accept()) {
      socket.setTcpNoDelay(true);
      Thread writer = new Thread(() -> write(socket, stream, steps), "processor");
      writer.start();
      List<String> lines = new ArrayList<>();
      LogLines logged = new LogLines("w", Level.INFO, () -> {});
      while (connection.next(logged)) {
        lines.add(
            connection.skipped() != null
                ? "skipped"
                : new String(
                    connection.line(), 0, connection.length(), StandardCharsets.ISO_8859_1));
      }
      writer.join(10_000);
      return lines;
    }
  }

  private static Connection open(ServerSocket processor) throws IOException {
    return Connection.open(
        processor.getInetAddress().getHostAddress(), processor.getLocalPort(), LONGEST);
  }

  private static void write(Socket socket, byte[] stream, List<Integer> steps) {
    try {
      int at = 0;
      for (int i = 0; at < stream.length; i++) {
        int count = Math.min(steps.get(i % steps.size()), stream.length - at);
        socket.getOutputStream().write(stream, at, count);
        at += count;
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
