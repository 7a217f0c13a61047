package dev.hearth.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
