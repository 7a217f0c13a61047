package dev.hearth.http.contract.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.HttpLimits;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.BreakerSettings;
import dev.hearth.testing.TestBag;
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

/** The native contract; numbers are those of the conventions for plain functions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NativeContractTest {

  private TestHost host;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    host =
        TestHost.with(
            directory, "Upper", "Reverse", "Sink", "Word", "Nothing", "Boom", "Echo", "Bytes",
            "Pojo", "Maybe");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @Test
  void case_01_postToAFunction_is200() throws IOException {
    Answered answer = host.post("/upper", "foo");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("FOO");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/upper,reverse", "/upper|reverse", "/upper%7Creverse", "/upper%7creverse"})
  void case_03_composition_runsLeftToRight(String path) throws IOException {
    assertThat(host.post(path, "abc").text()).isEqualTo("CBA");
  }

  @Test
  void case_03_compositionWithSupplierOrConsumer_isWhatItsEndsAre() throws IOException {
    assertThat(host.get("/word,upper").text()).isEqualTo("FOO");
    assertThat(host.post("/upper,sink", "abc").status()).isEqualTo(202);
    assertThat(TestBag.get("t.sink")).isEqualTo("ABC");
    assertThat(host.post("/word,upper", "x").status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sink,upper", "/upper,word", "/word,word"})
  void case_03_compositionThatDoesNotFit_is400(String path) throws IOException {
    assertThat(host.post(path, "abc").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/upper,nobody", "/upper,", "/,upper", "/upper,,reverse"})
  void case_03_compositionWithAnUnknownName_is404(String path) throws IOException {
    assertThat(host.post(path, "abc").status()).isEqualTo(404);
  }

  @Test
  void case_03_compositionWhoseFirstFails_is500() throws IOException {
    Answered answer = host.post("/boom,upper", "abc");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("function 'boom'");
  }

  @Test
  void case_04_getWithAnArgument_appliesTheFunctionToIt() throws IOException {
    assertThat(host.get("/upper/foo").text()).isEqualTo("FOO");
    assertThat(host.get("/upper/a%20b%2Fc").text()).isEqualTo("A B/C");
  }

  @Test
  void case_05_and_38_getOfASupplier_is200() throws IOException {
    assertThat(host.get("/word").text()).isEqualTo("foo");
    assertThat(host.ask("HEAD /word HTTP/1.1\r\nHost: x\r\n\r\n").header("Content-Length"))
        .isEqualTo("3");
  }

  @Test
  void case_06_postToAConsumer_is202WithoutABody() throws IOException {
    Answered answer = host.post("/sink", "stored");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    assertThat(TestBag.get("t.sink")).isEqualTo("stored");
  }

  @Test
  void case_07_deleteOfAConsumer_is204WithTheArgument() throws IOException {
    Answered answer = host.ask("DELETE /sink/123 HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(TestBag.get("t.sink")).isEqualTo("123");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"POST|/word|GET, HEAD, OPTIONS", "GET|/sink|POST, PUT, PATCH, DELETE, OPTIONS"})
  void case_09_wrongMethod_is405WithAllow(String method, String path, String allow)
      throws IOException {
    Answered answer = host.ask(method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo(allow);
    assertThat(answer.text()).startsWith("{\"error\":\"method " + method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST"})
  void methodsWithABody_callAFunction(String method) throws IOException {
    assertThat(host.send(method, "/upper", "x").text()).isEqualTo("X");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "POST", "OPTIONS"})
  void everyMethod_reachesAFunctionThatHandlesExchanges(String method) throws IOException {
    assertThat(host.send(method, "/echo/a/b?c=d", "x").text())
        .startsWith(method + " /echo/a/b?c=d\n");
  }

  @Test
  void H57_options_tellsWhatIsAllowed() throws IOException {
    Answered answer = host.ask("OPTIONS /upper HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).contains("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nope", "/", "/Upper", "//upper", "/upper;p=1", "/%75pper", "/upper%2Fx"})
  void case_10_and_13_unknownNameAmongSeveral_is404(String path) throws IOException {
    Answered answer = host.post(path, "x");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/../upper", "/./upper", "/upper/..", "/upper/%2e%2E/word", "/.%2e"})
  void H40_dotSegments_are400(String path) throws IOException {
    assertThat(host.post(path, "x").status()).isEqualTo(400);
  }

  @Test
  void case_10_and_12_onlyFunction_takesEveryPath(@TempDir Path directory) throws IOException {
    try (TestHost one = TestHost.with(directory, "Echo")) {
      assertThat(one.post("/", "x").text()).startsWith("POST /?\n");
      assertThat(one.post("/nope/a?b", "x").text()).startsWith("POST /nope/a?b\n");
      assertThat(one.post("/echo/a", "x").text()).startsWith("POST /echo/a?\n");
    }
  }

  private Answered pojo(String contentType, String body) throws IOException {
    return host.ask(
        "POST /pojo HTTP/1.1\r\nHost: x\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  @Test
  void case_11_and_39_jsonObject_isBoundBothWays() throws IOException {
    Answered answer = pojo("application/json", "{\"value\":\"a\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.text()).isEqualTo("{\"value\":\"aa\"}");
  }

  @Test
  void unconvertibleBody_is400() throws IOException {
    Answered answer = pojo("application/json", "{\"value\":");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).startsWith("{\"error\":\"function 'pojo': ");
  }

  @Test
  void case_40_unsupportedType_is415() throws IOException {
    assertThat(pojo("application/xml", "<a/>").status()).isEqualTo(415);
  }

  @Test
  void case_20_bracketedText_staysAsItIs() throws IOException {
    assertThat(host.post("/upper", "[hello").text()).isEqualTo("[HELLO");
  }

  @Test
  void case_12_onlyFunction_isCalledAsIfNamed(@TempDir Path directory) throws IOException {
    try (TestHost one = TestHost.with(directory, "Upper")) {
      assertThat(one.post("/", "foo").text()).isEqualTo("FOO");
      assertThat(one.post("/anything", "foo").text()).isEqualTo("FOO");
    }
  }

  @Test
  void case_21_exception_is500Json() throws IOException {
    Answered answer = host.post("/boom", "x");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text())
        .isEqualTo("{\"error\":\"function 'boom' failed: java.lang.IllegalStateException\"}\n");
  }

  @Test
  void case_23_postWithoutBody_givesTheEmptyString() throws IOException {
    Answered answer = host.ask("POST /upper HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void nullResult_is204() throws IOException {
    assertThat(host.post("/nothing", "x").status()).isEqualTo(204);
  }

  @Test
  void emptyOptional_is204AndAFullOneItsValue() throws IOException {
    assertThat(host.post("/maybe", "").status()).isEqualTo(204);
    assertThat(host.post("/maybe", "x").text()).isEqualTo("x");
  }

  @Test
  void requestId_sane_isTheInvocationsAndEchoed() throws IOException {
    Answered answer = host.ask("GET /echo HTTP/1.1\r\nHost: x\r\nX-Request-Id: r-1\r\n\r\n");

    assertThat(answer.text()).contains("\nid=r-1\n");
    assertThat(answer.header("X-Request-Id")).isEqualTo("r-1");
    assertThat(host.ask("GET /nope HTTP/1.1\r\nHost: x\r\nX-Request-Id: r-2\r\n\r\n").headers())
        .contains("X-Request-Id: r-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "", "\u00e9"})
  void requestId_insane_isReplacedAndNotEchoed(String id) throws IOException {
    Answered answer = host.ask("GET /echo HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + id + "\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Request-Id")).isEmpty();
  }

  @Test
  void traceparent_valid_reachesTheFunction() throws IOException {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    assertThat(
            host.ask("GET /echo HTTP/1.1\r\nHost: x\r\ntraceparent: " + trace + "\r\n\r\n").text())
        .contains("\ntraceparent=" + trace + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
        "nonsense"
      })
  void H62_traceparent_nonsense_isIgnored(String trace) throws IOException {
    assertThat(
            host.ask("GET /echo HTTP/1.1\r\nHost: x\r\ntraceparent: " + trace + "\r\n\r\n").text())
        .contains("\ntraceparent=-\n");
  }

  @Test
  void saturatedFunction_is429WithRetryAfter(@TempDir Path directory) throws Exception {
    try (Meeting meeting = new Meeting("full", 1);
        TestHost one =
            TestHost.with(
                directory,
                HttpLimits.defaults(),
                spec -> spec.instances(new InstanceSettings(1, 1, 1, 0)),
                "Meet");
        RawClient client = one.connect()) {
      client.send("GET /meet HTTP/1.1\r\nHost: x\r\nmeet: full\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();

      Answered answer = one.get("/meet");

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.text()).contains("no free instance");
      meeting.go();
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void parkedFunction_is429WithWhatIsLeftOfThePause(@TempDir Path directory) throws IOException {
    BreakerSettings breaker = new BreakerSettings(1, Duration.ofMinutes(10));
    try (TestHost one =
        TestHost.with(directory, HttpLimits.defaults(), spec -> spec.breaker(breaker), "Boom")) {
      assertThat(one.get("/boom").status()).isEqualTo(500);

      Answered answer = one.get("/boom");

      assertThat(answer.status()).isEqualTo(429);
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(300, 600);
      assertThat(answer.text()).contains("function 'boom' is parked");
    }
  }

  @Test
  void undeployedFunction_is404(@TempDir Path directory) throws IOException {
    try (TestHost two = TestHost.with(directory, "Upper", "Word")) {
      two.hearth().function("word").orElseThrow().undeploy();

      assertThat(two.get("/upper/a").text()).isEqualTo("A");
      two.hearth().function("upper").orElseThrow().undeploy();
      assertThat(two.get("/upper/a").status()).isEqualTo(404);
    }
  }

  @Test
  void notReady_withoutFunctions_saysSo(@TempDir Path directory) throws IOException {
    try (TestHost none = TestHost.with(directory)) {
      assertThat(new NativeContract(none.hearth()).notReady()).isNotNull();
      assertThat(new NativeContract(host.hearth()).notReady()).isNull();
    }
  }
}
