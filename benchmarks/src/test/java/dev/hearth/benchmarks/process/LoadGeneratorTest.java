package dev.hearth.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LoadGeneratorTest {

  private static final byte[] CALL = Wire.post("/", "text/plain", "{\"name\":\"x\"}");

  private final NettyHello server;

  LoadGeneratorTest() throws InterruptedException {
    server = new NettyHello();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void wire_twoRequests_readsBothAnswers() throws Exception {
    try (Wire wire = Wire.to(server.port())) {
      assertThat(wire.exchange(CALL)).isEqualTo("Hello, x!");
      assertThat(wire.exchange(CALL)).isEqualTo("Hello, x!");
    }
  }

  @Test
  void run_correctServer_countsAnswers() throws Exception {
    LoadGenerator.Result result = run("Hello, x!");

    assertThat(result.perSecond()).isPositive();
    assertThat(result.micros()).hasSameSizeAs(LoadGenerator.SHARES).isSorted();
  }

  @Test
  void run_wrongAnswer_isNotCounted() {
    assertThatThrownBy(() -> run("Hello, y!"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("wrong answer")
        .hasMessageContaining("Hello, x!");
  }

  @Test
  void run_serverThatClosesBetweenAnswers_goesOnOnAnotherConnection() throws Exception {
    try (ServerSocket closing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerTwiceAndClose(closing));
      thread.setDaemon(true);
      thread.start();

      LoadGenerator.Result result =
          LoadGenerator.run(
              closing.getLocalSocketAddress(),
              List.of(CALL),
              "x",
              1,
              Duration.ofMillis(20),
              Duration.ofMillis(100));

      assertThat(result.perSecond()).isPositive();
    }
  }

  private static void answerTwiceAndClose(ServerSocket closing) {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx".getBytes(StandardCharsets.UTF_8);
    while (!closing.isClosed()) {
      try (Socket socket = closing.accept()) {
        for (int i = 0; i < 2; i++) {
          if (socket.getInputStream().readNBytes(CALL.length).length == CALL.length) {
            socket.getOutputStream().write(answer);
          }
        }
      } catch (IOException e) {
        return; // the test has ended
      }
    }
  }

  private LoadGenerator.Result run(String expected) throws IOException {
    return LoadGenerator.run(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
        List.of(CALL),
        expected,
        4,
        Duration.ofMillis(50),
        Duration.ofMillis(200));
  }
}
