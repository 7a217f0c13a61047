package dev.hearth.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port. */
class AdminServerTest {

  private final AtomicReference<@Nullable String> notReady = new AtomicReference<>();
  private TestHost host;
  private AdminServer admin;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    host = TestHost.with(directory, "Upper", "Word");
    admin = AdminServer.start(host.hearth(), "127.0.0.1", 0, notReady::get);
  }

  @AfterEach
  void stop() {
    admin.close();
    host.close();
  }

  private Answered ask(String method, String path, String hostHeader) throws IOException {
    try (RawClient client = RawClient.to(admin.port())) {
      return client
          .send(method + " " + path + " HTTP/1.1\r\nHost: " + hostHeader + "\r\n\r\n")
          .read(method.equals("HEAD"));
    }
  }

  private Answered get(String path) throws IOException {
    return ask("GET", path, "127.0.0.1:" + admin.port());
  }

  @Test
  void healthz_alive_is200() throws IOException {
    notReady.set("draining");

    assertThat(get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void readyz_followsTheReason() throws IOException {
    assertThat(get("/readyz").status()).isEqualTo(200);

    notReady.set("draining");

    assertThat(get("/readyz").status()).isEqualTo(503);
    assertThat(get("/readyz").text()).isEqualTo("draining\n");
  }

  @Test
  void functions_lists_whatIsDeployed() throws IOException {
    Answered answer = get("/functions");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text())
        .startsWith("{\"functions\":[{\"name\":\"upper\",\"version\":\"")
        .contains("\"handler\":\"t.Upper\"")
        .contains("\"shape\":\"function\"")
        .contains("\"shape\":\"supplier\"")
        .contains("\"archive\":\"" + host.hearth().function("word").orElseThrow().archiveHash())
        .contains("\"instances\":1,\"inFlight\":0")
        .contains("\"runMs\":null");
  }

  @Test
  void whenAsked_servesTheFirstConnectionAndLaterOnes() throws IOException {
    admin.close();
    admin = AdminServer.startWhenAsked(host.hearth(), "127.0.0.1", 0, notReady::get);

    for (int i = 0; i < 3; i++) {
      assertThat(get("/healthz").status()).isEqualTo(200);
    }
    notReady.set("draining");
    assertThat(get("/readyz").text()).isEqualTo("draining\n");
  }

  @Test
  void whenAsked_closedWithoutBeingAsked_givesThePortBack() throws IOException {
    admin.close();
    int port;
    try (AdminServer unasked =
        AdminServer.startWhenAsked(host.hearth(), "127.0.0.1", 0, notReady::get)) {
      port = unasked.port();
      assertThatThrownBy(
              () -> AdminServer.startWhenAsked(host.hearth(), "127.0.0.1", port, notReady::get))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
    admin = AdminServer.startWhenAsked(host.hearth(), "127.0.0.1", port, notReady::get);
    assertThat(get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void unknownPage_is404Json() throws IOException {
    Answered answer = get("/nope");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).startsWith("{\"error\":\"");
  }

  @Test
  void otherMethods_are405() throws IOException {
    Answered answer = ask("DELETE", "/functions", "localhost");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    assertThat(ask("HEAD", "/healthz", "localhost").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "1.2.3.4.5", ""})
  void host_ofSomebodyElse_is403(String name) throws IOException {
    assertThat(ask("GET", "/functions", name).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "10.0.0.7:9000", "[::1]", "[::1]:80"})
  void host_thatIsAnAddressOrLocal_isServed(String name) throws IOException {
    assertThat(ask("GET", "/healthz", name).status()).isEqualTo(200);
  }
}
