package dev.hearth.http.contract.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.Mutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Replies of the Runtime API over a socket, however they arrive. */
class ReplyReaderFuzzTest {

  private static final int MOST = 100;
  private static final ApiBounds BOUNDS =
      new ApiBounds(TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(20), MOST);

  private static final List<byte[]> GOOD =
      List.of(
          bytes(
              "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a-1\r\nLambda-Runtime-Deadline-Ms: 1700000000000\r\nContent-Length: 5\r\n\r\nhello"),
          bytes(
              "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: u\r\n\r\n"),
          bytes("HTTP/1.0 400\r\nA:b\r\n\r\nuntil the end"),
          bytes("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n"));

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\r",
          "\n",
          "\0",
          " ",
          "\t",
          ":",
          "HTTP/1.1 ",
          "HTTP/1.1 101 X\r\n",
          "Content-Length: 3\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip\r\n",
          "7fffffff",
          "ffffffff",
          "0",
          ";",
          "\u00ff",
          "\r\n\r\n");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Provide
  Arbitrary<byte[]> replies() {
    return Mutations.of(GOOD, PIECES);
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(1, 60).list().ofMinSize(1).ofMaxSize(5);
  }

  @Property(tries = 300)
  void read_anyReplyInAnySteps_isOneOrNonsense(
      @ForAll("replies") byte[] reply, @ForAll("steps") List<Integer> steps) throws Exception {
    String whole = verdict(reply, List.of(Math.max(1, reply.length)));

    assertThat(verdict(reply, steps)).isEqualTo(whole);
  }

  private static String verdict(byte[] bytes, List<Integer> steps) throws Exception {
    try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ApiConnection connection = new ApiConnection(address(api), BOUNDS)) {
      connection.open();
      try (Socket socket = api.accept()) {
        socket.setTcpNoDelay(true);
        Thread writer = new Thread(() -> write(socket, bytes, steps), "api");
        writer.start();
        String verdict = verdict(connection).replace(address(api).toString(), "api");
        writer.join(10_000);
        return verdict;
      }
    }
  }

  private static ApiAddress address(ServerSocket api) {
    return new ApiAddress(api.getInetAddress().getHostAddress(), api.getLocalPort());
  }

  private static String verdict(ApiConnection connection) throws IOException {
    ReplyReader reader = new ReplyReader(connection, BOUNDS);
    try {
      Reply reply = reader.read(BOUNDS.stallNanos(), false, MOST);
      assertThat(reply.status()).isBetween(200, 999);
      assertThat(reply.body().length).isLessThanOrEqualTo(MOST);
      return reply.status()
          + " "
          + reply.headers()
          + Arrays.toString(reply.body())
          + reader.keepsAlive()
          + event(reply);
    } catch (ApiException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String event(Reply reply) {
    try {
      Event event = Event.of(reply, false);
      return event.id() + event.contentType() + event.attributes().keySet();
    } catch (ApiException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void write(Socket socket, byte[] bytes, List<Integer> steps) {
    try {
      int at = 0;
      for (int i = 0; at < bytes.length; i++) {
        int count = Math.min(steps.get(i % steps.size()), bytes.length - at);
        socket.getOutputStream().write(bytes, at, count);
        at += count;
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
