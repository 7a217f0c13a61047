package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.testing.TestBag;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions can and cannot do to their answers (HOSTILE.md, chapter B). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponseTest {

  private TestHost host;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    host = TestHost.with(directory, "Wire", "Echo", "Boom", "BoomError", "Deep", "Nothing");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  private static String wire(String method, String what) {
    return method + " /wire HTTP/1.1\r\nHost: x\r\ndo: " + what + "\r\n\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "x%0D%0Ay, z",
    "x, a%0D%0AEvil: b",
    "x, a%0Ab",
    "x, a%00b",
    "x y, z",
    "x:, z",
    "'', z",
    "x, a%7Fb"
  })
  void B01_uncleanHeader_isRefusedByName(String name, String value) throws IOException {
    Answered answer = host.ask(wire("GET", "header\r\nname: " + name + "\r\nvalue: " + value));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("response header");
    assertThat(answer.headers()).noneMatch(line -> line.startsWith("Evil"));
  }

  @Test
  void B02_framingHeaders_areTheHosts() throws IOException {
    Answered answer = host.ask(wire("GET", "framing"));

    assertThat(answer.text()).isEqualTo("body");
    assertThat(answer.all("Content-Length")).containsExactly("4");
    assertThat(answer.headers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 99, 1000, 101, 100})
  void B03_statusThatIsNone_is500NamingIt(int status) throws IOException {
    Answered answer = host.ask(wire("GET", "status\r\nstatus: " + status));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("status is " + status + ";");
  }

  @Test
  void status_unusual_arrives() throws IOException {
    assertThat(host.ask(wire("GET", "status\r\nstatus: 599")).statusLine())
        .isEqualTo("HTTP/1.1 599 ");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void B04_bodyWithAStatusThatHasNone_isNotSent(int status) throws IOException {
    try (RawClient client = host.connect()) {
      client.send(wire("GET", "status\r\nstatus: " + status) + wire("GET", ""));

      Answered first = client.read();
      assertThat(first.status()).isEqualTo(status);
      assertThat(first.header("Transfer-Encoding")).isEmpty();
      assertThat(client.read().text()).isEqualTo("body");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "big"})
  void B04_head_hasNoBody(String what) throws IOException {
    try (RawClient client = host.connect()) {
      client.send(wire("HEAD", what));
      assertThat(client.read(true).status()).isEqualTo(200);

      assertThat(client.send(wire("GET", "")).read().text()).isEqualTo("body");
    }
  }

  @Test
  void B05_throwsHalfWay_clientSeesThatItIsCut() throws IOException {
    try (RawClient client = host.connect()) {
      client.send(wire("GET", "half"));
      assertThat(client.readHead().header("Transfer-Encoding")).isEqualTo("chunked");

      assertThatThrownBy(
              () -> {
                while (client.chunk().length > 0) {
                  // up to the cut
                }
              })
          .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
    }
  }

  @Test
  void B05_throwsHalfWayToHttp10_isNotAnOrderlyEnd() throws IOException {
    try (RawClient client = host.connect()) {
      client.send("GET /wire HTTP/1.0\r\ndo: half\r\n\r\n");

      assertThat(client.readAll()).endsWith("<reset>");
    }
  }

  @Test
  void B07_stackOverflow_is500AndTheHostGoesOn() throws IOException {
    assertThat(host.post("/deep", "x").status()).isEqualTo(500);
    assertThat(host.ask(wire("GET", "")).text()).isEqualTo("body");
  }

  @Test
  void B10_writeAfterTheEnd_failsInTheFunctionAndReachesNobody() throws Exception {
    TestBag.remove("t.late");
    try (Meeting meeting = new Meeting("B10", 1);
        RawClient client = host.connect()) {
      client.send(wire("GET", "late\r\nmeet: B10"));
      assertThat(client.read().text()).isEqualTo("body");

      meeting.go();

      await().atMost(Duration.ofSeconds(60)).until(() -> TestBag.get("t.late") != null);
      assertThat(String.valueOf(TestBag.get("t.late"))).contains("the call has ended");
      assertThat(client.send(wire("GET", "")).read().text()).isEqualTo("body");
    }
  }

  @Test
  void write_afterClosingTheBody_failsInTheFunction() throws IOException {
    Answered answer = host.ask(wire("GET", "afterClose"));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("java.io.IOException");
  }

  @Test
  void status_afterTheResponseIsOnItsWay_failsInTheFunction() throws IOException {
    try (RawClient client = host.connect()) {
      client.send(wire("GET", "lateStatus"));
      assertThat(client.readHead().status()).isEqualTo(200);

      assertThatThrownBy(
              () -> {
                while (client.chunk().length > 0) {
                  // up to the cut
                }
              })
          .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"headers", "longHeader"})
  void B11_tooManyOrTooLongHeaders_areRefused(String what) throws IOException {
    Answered answer = host.ask(wire("GET", what));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("send it in the body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/boom", "/boomerror"})
  void B12_exception_isNamedWithoutItsMessageOrTrace(String path) throws IOException {
    Answered answer = host.post(path, "x");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text())
        .startsWith("{\"error\":\"function '" + path.substring(1) + "' failed: java.lang.")
        .doesNotContain("secret")
        .doesNotContain("at t.");
  }

  @Test
  void headers_repeated_arriveAsSet() throws IOException {
    Answered answer = host.ask(wire("GET", "repeated"));

    assertThat(answer.all("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.header("x")).isEqualTo("y");
  }

  @Test
  void answer_small_hasALength() throws IOException {
    Answered answer = host.ask(wire("GET", ""));

    assertThat(answer.header("Content-Length")).isEqualTo("4");
    assertThat(answer.header("Server")).isEmpty();
  }

  @Test
  void answer_big_comesInChunks() throws IOException {
    Answered answer = host.ask(wire("GET", "big"));

    assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(answer.body()).hasSize(64 * 16384);
  }

  @Test
  void answer_bigToHttp10_endsWithTheConnection() throws IOException {
    try (RawClient client = host.connect()) {
      Answered answer = client.send("GET /wire HTTP/1.0\r\ndo: big\r\n\r\n").read();

      assertThat(answer.header("Transfer-Encoding")).isEmpty();
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(answer.body()).hasSize(64 * 16384);
    }
  }
}
