package dev.hearth.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class RunningServerTest {

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @Test
  void coldStart_serverThatAnnouncesItself_isMeasured() throws Exception {
    Contender jdk = Contenders.jdk(JAVA_HOME, System.getProperty("java.class.path"));
    Contender broken = Contender.java("broken", JAVA_HOME, "nowhere", "no.such.Class");

    List<Row> rows = ColdStart.measure(List.of(jdk, broken), 1);

    assertThat(rows.get(0).columns()).containsKeys(ColdStart.TIME, ColdStart.MEMORY);
    assertThat(rows.get(1).columns()).isEmpty();
    assertThat(rows.get(1).failure()).contains("broken", "no.such.Class");
  }

  @Test
  void open_processBeyondItsLife_isEnded() {
    Contender jdk = Contenders.jdk(JAVA_HOME, System.getProperty("java.class.path"));

    assertThatThrownBy(
            () -> {
              try (RunningServer server = RunningServer.start(jdk, Duration.ofMillis(20))) {
                server.open();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("JDK server");
  }

  @Test
  void runtimeApi_event_isHandedOutAndItsAnswerGivenBack() throws Exception {
    try (RuntimeApi api = new RuntimeApi()) {
      int port = Integer.parseInt(api.address().replaceAll(".*:", ""));
      Thread runtime =
          new Thread(
              () -> {
                try (Wire wire = Wire.to(port)) {
                  String event =
                      wire.exchange(
                          Wire.request("GET", "/x/invocation/next", "text/plain", "", ""));
                  wire.exchange(Wire.post("/x/invocation/1/response", "text/plain", event + "!"));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      runtime.start();

      assertThat(api.call("hello")).isEqualTo("hello!");
      runtime.join();
    }
  }

  @Test
  void answerCheck_chunkedAnswer_isWholeWithItsLastChunk() throws Exception {
    AnswerCheck check = new AnswerCheck(new byte[] {'a', 'b', 'c'});
    byte[] answer =
        bytes(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
    byte[] wrong =
        bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n");

    assertThat(check.whole(answer, answer.length - 1)).isFalse();
    assertThat(check.whole(answer, answer.length)).isTrue();
    assertThatThrownBy(() -> check.whole(wrong, wrong.length)).hasMessageContaining("wrong answer");
  }

  @Test
  void peers_notBuilt_tellWhereTheReasonIs() {
    Peers peers = new Peers(Path.of("nowhere"));

    assertThat(Peers.names()).hasSize(8);
    for (String name : Peers.names()) {
      assertThat(peers.missing(name)).contains("not built").contains(".log");
    }
    assertThatThrownBy(() -> peers.missing("other")).hasMessageContaining("'other'");
  }

  @Test
  void contender_flags_leavePathsOut() {
    Contender contender =
        Contender.java("x", JAVA_HOME, "x.jar", "Main").options(List.of("-XX:AOTCache=/a/b/x.aot"));

    assertThat(contender.flags()).isEqualTo("-XX:AOTCache=…");
    assertThat(contender.command())
        .containsSequence("-XX:AOTCache=/a/b/x.aot", "-cp", "x.jar", "Main");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
