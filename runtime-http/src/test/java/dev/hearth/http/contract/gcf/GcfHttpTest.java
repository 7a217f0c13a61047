package dev.hearth.http.contract.gcf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the contract's checklist that concern requests and answers, by number. */
@Timeout(120)
class GcfHttpTest {

  @TempDir static Path directory;
  private static Path jar;
  private static Served web;

  @BeforeAll
  static void start() throws IOException {
    jar = GcfJars.jar(directory);
    web = Served.function(jar, "acme.Web");
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static int calls() throws IOException {
    return Integer.parseInt(web.get("/", "do: count").text());
  }

  private static void assertReserved(String method, String target) throws IOException {
    int before = calls();

    Answered answer = web.ask(method, target, "");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Content-Type")).isEmpty();
    assertThat(calls()).isEqualTo(before + 1); // counting is a call, too
  }

  @Test
  void gcf_case_01_robotsTxt_is404_andNotTheFunctions() throws IOException {
    assertReserved("GET", "/robots.txt");
    assertReserved("GET", "/robots.txt?foo=bar");
  }

  @Test
  void gcf_case_02_favicon_is404_whateverMethodAndQuery() throws IOException {
    assertReserved("GET", "/favicon.ico?foo=bar");
    assertReserved("POST", "/favicon.ico");
    assertReserved("HEAD", "/favicon.ico");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../favicon.ico",
        "/./favicon.ico",
        "/../favicon.ico",
        "/favicon%2Eico",
        "/%66avicon.ico",
        "/robots.txt;v=1"
      })
  void gcf_case_02_reservedPathWrittenOtherwise_is404(String target) throws IOException {
    assertReserved("GET", target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x/favicon.ico",
        "/Favicon.ico",
        "/favicon.ico/",
        "/favicon.ico.",
        "/a/./robots.txt",
        "/robots.txt%2F",
        "/%72obots.tx%"
      })
  void gcf_case_02_pathThatOnlyLooksReserved_isTheFunctions(String target) throws IOException {
    assertThat(web.get(target).text()).isEqualTo("GET " + target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/foo/bar", "/?foo=bar&baz=buh", "/foo?bar=baz", "/a/../b/%7e?x=%20+"})
  void gcf_case_03_pathAndQuery_reachTheFunctionAsSent(String target) throws IOException {
    Answered answer = web.get(target);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("GET " + target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "POST"})
  void gcf_case_04_method_reachesTheFunction(String method) throws IOException {
    assertThat(web.ask(method, "/x", "").text()).isEqualTo(method + " /x");
  }

  @Test
  void gcf_case_04_head_hasTheHeadersOfWhatItWouldAnswer() throws IOException {
    Answered answer = web.ask("HEAD", "/x", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("7"); // HEAD /x
  }

  @Test
  void gcf_case_05_etag_isTheFunctionsOwnOnly() throws IOException {
    assertThat(web.get("/").header("ETag")).isEmpty();
    assertThat(web.get("/", "do: etag").header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void gcf_case_06_nothingWritten_is200WithoutTypeAndBody() throws IOException {
    Answered answer = web.get("/", "do: nothing");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(answer.header("Content-Type")).isEmpty();
  }

  @Test
  void gcf_case_07_status_isTheFunctions() throws IOException {
    assertThat(web.get("/", "do: status", "status: 418").status()).isEqualTo(418);
  }

  @Test
  void gcf_case_08_appendedHeaders_areLinesOfTheirOwn() throws IOException {
    Answered answer = web.get("/", "do: headers");

    assertThat(answer.all("foo")).containsExactly("bar", "baz");
    assertThat(answer.all("blim")).containsExactly("blam");
  }

  @Test
  void gcf_case_09_body_comesBackByteForByte() throws IOException {
    byte[] bytes = new byte[70_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    for (String type : List.of("text/plain", "application/octet-stream")) {
      String head =
          "POST / HTTP/1.1\r\nHost: x\r\ndo: bytes\r\nContent-Type: "
              + type
              + "\r\nContent-Length: "
              + bytes.length
              + "\r\n\r\n";
      try (RawClient client = web.host().connect()) {
        Answered answer = client.send(head).send(bytes).read();

        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.body()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void gcf_case_10_unflushedWrites_haveALength_andHeadersSetBetween() throws IOException {
    Answered answer = web.get("/", "do: twice");

    assertThat(answer.header("Content-Length")).isEqualTo("16");
    assertThat(answer.header("before")).isEqualTo("x");
    assertThat(answer.header("between")).isEqualTo("x");
    assertThat(answer.text()).isEqualTo("1234567812345678");
  }

  @Test
  void gcf_case_11_flush_sendsChunks_andLaterHeadersAreLate() throws IOException {
    Answered answer = web.get("/", "do: flush");

    assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(answer.header("Content-Length")).isEmpty();
    assertThat(answer.header("between")).isEmpty();
    assertThat(answer.text()).isEqualTo("1234567812345678");
  }

  @ParameterizedTest
  @ValueSource(strings = {"throw", "error"})
  void gcf_case_12_functionThrows_is500WithNothingInIt(String how) throws IOException {
    Answered answer = web.get("/", "do: " + how);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(answer.header("Content-Type")).isEmpty();
  }

  @Test
  void gcf_case_13_writtenBeforeThrowing_isNotSent() throws IOException {
    Answered answer = web.get("/", "do: written");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.all("foo")).isEmpty();
  }

  @Test
  void gcf_case_13_flushedBeforeThrowing_isCutOff() throws IOException {
    try (RawClient client = web.host().connect()) {
      String all = client.send("GET / HTTP/1.1\r\nHost: x\r\ndo: half\r\n\r\n").readAll();

      assertThat(all).contains("half").doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void gcf_case_14_queryParameters_areListsInOrder() throws IOException {
    String facts = web.get("/?baz=buh&baz=xxx&blim=blam&baz=what", "do: facts").text();

    assertThat(facts)
        .contains("\n{baz=[buh, xxx, what], blim=[blam]}\n")
        .contains("\nOptional[buh]Optional.empty\n");
  }

  @Test
  void gcf_case_15_headers_areFoundWhateverTheirCase() throws IOException {
    String facts =
        web.get("/", "do: facts", "CaSe-SeNsItIvE: VaLuE", "foo: bar", "foo: baz, buh").text();

    assertThat(facts).contains("\nOptional[VaLuE][bar, baz, buh]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "reader"})
  void gcf_case_16_streamAndReader_excludeEachOther(String first) throws IOException {
    assertThat(web.post("x", "do: exclusive", "first: " + first).text()).isEqualTo("true refused");
  }

  @Test
  void gcf_case_17_emptyPost_hasNoTypeAndNoLength() throws IOException {
    String facts = web.post("", "do: facts").text();

    assertThat(facts)
        .startsWith("POST / Optional.empty\nhttp://x/\n{}\n")
        .contains("\nOptional.empty 0\n");
  }

  private static final String FORM =
      """
      --b
      Content-Disposition: form-data; name="text"
      X-Part: one

      hello
      --b
      Content-Disposition: form-data; name="file"; filename="/tmp/binary.x"
      Content-Type: application/octet-stream

      \000\001\377
      --b--
      """
          .replace("\n", "\r\n");

  private static Answered form(String body) throws IOException {
    byte[] bytes = body.getBytes(ISO_8859_1);
    try (RawClient client = web.host().connect()) {
      return client
          .send(
              "POST / HTTP/1.1\r\nHost: x\r\ndo: parts\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                  + "Content-Length: "
                  + bytes.length
                  + "\r\n\r\n")
          .send(bytes)
          .read();
    }
  }

  @Test
  void gcf_case_18_multipart_hasPartsWithNamesSizesHeadersContent() throws IOException {
    assertThat(form(FORM).text())
        .isEqualTo(
            """
            file Optional[/tmp/binary.x] Optional[application/octet-stream] 3 Optional.empty [0, 1, -1]
            text Optional.empty Optional.empty 5 Optional[one] [104, 101, 108, 108, 111]
            """);
    assertThat(web.post("x", "do: parts", "Content-Type: text/plain").text()).isEqualTo("no parts");
  }

  @Test
  void gcf_case_18_brokenMultipart_is400_andNotTheFunctions() throws IOException {
    int before = calls();

    Answered answer = form(FORM.substring(0, FORM.length() - 10));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("multipart/form-data");
    assertThat(calls()).isEqualTo(before + 1);
  }

  @Test
  void gcf_case_19_chunkedRequest_isTheSameBytes_ofUnknownLength() throws IOException {
    String chunks = "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";

    assertThat(web.host().ask("POST / HTTP/1.1\r\nHost: x\r\ndo: bytes\r\n" + chunks).text())
        .isEqualTo("hello world");
    assertThat(web.host().ask("POST / HTTP/1.1\r\nHost: x\r\ndo: facts\r\n" + chunks).text())
        .contains("\nOptional.empty -1\n")
        .endsWith("hello world");
  }

  /** Ten that are all in the function at once take as long as one. */
  @Test
  void gcf_case_20_tenRequests_runAtOnce() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (Meeting meeting = new Meeting("gcf", 10)) {
      for (int i = 0; i < 10; i++) {
        RawClient client = web.host().connect();
        clients.add(client);
        client.send("GET / HTTP/1.1\r\nHost: x\r\ndo: meet\r\n\r\n");
      }
      assertThat(meeting.awaitEntered()).isTrue();
      meeting.go();
      for (RawClient client : clients) {
        assertThat(client.read().status()).isEqualTo(200);
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void gcf_case_21_typed_answersJsonWithoutAType() throws IOException {
    try (Served names = Served.function(jar, "acme.Names")) {
      Answered answer = names.json("{\"firstName\":\"John\",\"lastName\":\"Doe\"}");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("{\"fullName\":\"JohnDoe\"}");
      assertThat(answer.header("Content-Type")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "typed"})
  void gcf_case_22_typedThatGivesNothing_is204(String type) throws IOException {
    try (Served names = Served.function(jar, "acme.Names", type)) {
      assertThat(names.json("{}").status()).isEqualTo(204);
      assertThat(names.json("").status()).isEqualTo(204); // nothing is null
    }
  }

  @Test
  void gcf_case_23_ownWireFormat_readsAndWrites() throws IOException {
    try (Served lines = Served.function(jar, "acme.Lines")) {
      Answered answer = lines.post("abc\n123\n$#@\n");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("abc123$#@");
      assertThat(answer.header("X-Format")).isEqualTo("lines");
    }
  }

  @Test
  void gcf_case_23_formatThatFails_is500WithItsHeadersAndNoBody() throws IOException {
    try (Served lines = Served.function(jar, "acme.Lines")) {
      Answered answer = lines.post("bad");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("X-Format")).isEqualTo("lines");
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void gcf_case_24_and_25_typedThatCannotReadOrThrows_is400And500_empty() throws IOException {
    try (Served names = Served.function(jar, "acme.Names")) {
      Answered malformed = names.json("{\"firstName\":");
      Answered thrown = names.json("{\"firstName\":\"throw\"}");

      assertThat(malformed.status()).isEqualTo(400);
      assertThat(malformed.body()).isEmpty();
      assertThat(thrown.status()).isEqualTo(500);
      assertThat(thrown.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {504, 408})
  void gcf_case_41_timeIsUp_is504_or408WhereAskedFor(int status) throws Exception {
    Map<String, String> environment =
        status == 504 ? Map.of() : Map.of("HEARTH_GCF_TIMEOUT_STATUS", "408");
    try (Meeting meeting = new Meeting("gcf", 1);
        Served slow =
            Served.function(
                jar, "acme.Web", environment, spec -> spec.runTimeout(Duration.ofMillis(200)))) {
      Answered late = slow.get("/", "do: meet");

      assertThat(late.status()).isEqualTo(status);
      assertThat(late.body()).isEmpty();
      assertThat(meeting.isAnyoneIn()).isTrue();
      assertThat(slow.get("/x").text()).isEqualTo("GET /x");
    }
  }

  @Test
  void plainFunction_isServedLikeTheVendors() throws IOException {
    try (Served plain = Served.function(jar, "acme.Plain")) {
      assertThat(plain.post("x", "Content-Type: text/plain").text()).isEqualTo("plain x");
      assertThat(plain.post("", "Content-Type: text/plain").status()).isEqualTo(204);
      assertThat(plain.get("/robots.txt").status()).isEqualTo(404);
      Answered thrown = plain.post("throw", "Content-Type: text/plain");
      assertThat(thrown.status()).isEqualTo(500);
      assertThat(thrown.body()).isEmpty();
    }
  }

  @Test
  void requestThatAnotherFamilyRefuses_hasItsStatus() throws IOException {
    Path beans =
        TestJar.of(directory)
            .compileOnly(
                TestHost.provided("micronaut-function").resolve("micronaut-function-4.10.20.jar"))
            .source(
                "acme.Bean",
                """
                package acme;
                @io.micronaut.function.FunctionBean
                public class Bean implements java.util.function.Function<String, String> {
                  public String apply(String in) { return in; }
                }
                """)
            .build("beans.jar");
    try (Served bean = Served.function(beans, "acme.Bean")) {
      Answered refused = bean.get("/");

      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("Allow")).contains("POST");
    }
  }
}
