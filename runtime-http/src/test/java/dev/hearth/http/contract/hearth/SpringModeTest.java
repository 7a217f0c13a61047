package dev.hearth.http.contract.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestBag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring Cloud Function's mode; numbers are those of the conventions for plain functions. */
@Timeout(300)
final class SpringModeTest {

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";
  private static final String DEFINITION = "SPRING_CLOUD_FUNCTION_DEFINITION";

  /** The cases, whatever the functions are made of. */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Cases {
    private ModeHost host;
    private Path archive;

    abstract Path archive(Path directory);

    abstract Path archiveOfOne(Path directory);

    /** What has every function of the archive served. */
    abstract Map<String, String> all();

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
      archive = archive(directory);
      host = ModeHost.serve(archive, null, all());
    }

    @AfterAll
    void stop() {
      host.close();
    }

    private ModeHost serve(String variable, String value) throws IOException {
      Map<String, String> variables = new java.util.HashMap<>(all());
      variables.put(variable, value);
      return ModeHost.serve(archive, null, variables);
    }

    @Test
    void scf_case_01_postText_isText() throws IOException {
      Answered answer = host.post("/uppercase", TEXT, "foo");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("FOO");
    }

    @Test
    void scf_case_02_array_isAppliedElementByElement() throws IOException {
      Answered answer = host.post("/uppercase", JSON, "[\"foo\",\"bar\"]");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo(JSON);
      assertThat(answer.text()).isEqualTo("[\"FOO\",\"BAR\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/uppercase,reverse", "/uppercase%7Creverse", "/uppercase|reverse"})
    void scf_case_03_composition_runsLeftToRight(String path) throws IOException {
      assertThat(host.post(path, TEXT, "abc").text()).isEqualTo("CBA");
    }

    @Test
    void scf_case_04_restOfThePath_isTheArgument() throws IOException {
      assertThat(host.get("/uppercase/foo").text()).isEqualTo("FOO");
    }

    @Test
    void scf_case_05_supplier_isGot() throws IOException {
      Answered answer = host.get("/word");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("foo");
    }

    @Test
    void scf_case_06_consumer_is202AndEmpty() throws IOException {
      TestBag.remove("scf.sum");

      Answered answer = host.post("/sum", JSON, "[1,2,3]", "User-Agent: test");

      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.body()).isEmpty();
      assertThat(TestBag.get("scf.sum")).isEqualTo("6");
    }

    @Test
    void scf_case_07_deleteOfAConsumer_is204() throws IOException {
      TestBag.remove("scf.sum");

      Answered answer = host.send("DELETE", "/sum/123");

      assertThat(answer.status()).isEqualTo(204);
      assertThat(TestBag.get("scf.sum")).isEqualTo("123");
    }

    @Test
    void scf_case_08_deleteOfAFunction_is500() throws IOException {
      assertThat(host.send("DELETE", "/uppercase").status()).isEqualTo(500);
    }

    @Test
    void scf_case_09_postToASupplier_is500() throws IOException {
      assertThat(host.post("/word", TEXT, "x").status()).isEqualTo(500);
    }

    @Test
    void scf_case_10_and_12_unknownName_is404UnlessThereIsOneFunction(@TempDir Path directory)
        throws IOException {
      assertThat(host.post("/nope", TEXT, "x").status()).isEqualTo(404);
      assertThat(host.post("/", TEXT, "x").status()).isEqualTo(404);

      try (ModeHost one = ModeHost.serve(archiveOfOne(directory), null, all(true))) {
        assertThat(one.post("/nope", TEXT, "x").text()).isEqualTo("X");
        assertThat(one.post("/", TEXT, "x").text()).isEqualTo("X");
        assertThat(one.post("/uppercase", TEXT, "x").text()).isEqualTo("X");
        assertThat(one.get("/archive/x").text()).isEqualTo("X");
      }
    }

    Map<String, String> all(boolean one) {
      return one ? Map.of() : all();
    }

    @Test
    void scf_case_11_beans_areObjectsOrArraysAsSent() throws IOException {
      assertThat(host.post("/pojo", JSON, "{\"value\":\"a\"}").text())
          .isEqualTo("{\"value\":\"aa\"}");
      assertThat(host.post("/pojo", JSON, "[{\"value\":\"a\"},{\"value\":\"b\"}]").text())
          .isEqualTo("[{\"value\":\"aa\"},{\"value\":\"bb\"}]");
    }

    @Test
    void scf_case_13_exportedNames_areTheOnlyOnes() throws IOException {
      try (ModeHost two = serve(DEFINITION, "uppercase;word")) {
        assertThat(two.post("/uppercase", TEXT, "x").text()).isEqualTo("X");
        assertThat(two.get("/word").text()).isEqualTo("foo");
        assertThat(two.post("/reverse", TEXT, "x").status()).isEqualTo(404);
        assertThat(two.post("/", TEXT, "x").status()).isEqualTo(404);
      }
    }

    @Test
    void scf_case_14_definition_isAtTheRoot() throws IOException {
      try (ModeHost composed = serve(DEFINITION, "uppercase|reverse")) {
        assertThat(composed.post("/", TEXT, "abc").text()).isEqualTo("CBA");
        assertThat(composed.post("/unknown", TEXT, "abc").text()).isEqualTo("CBA");
        assertThat(composed.post("/uppercase", TEXT, "abc").text()).isEqualTo("ABC");
      }
    }

    @Test
    void scf_case_15_basePath_isInFrontOfAll() throws IOException {
      try (ModeHost below = serve("SPRING_CLOUD_FUNCTION_WEB_PATH", "/functions")) {
        assertThat(below.get("/functions/word").text()).isEqualTo("foo");
        assertThat(below.get("/word").status()).isEqualTo(404);
      }
    }

    @Test
    void scf_case_16_query_isAHeaderOfTheMessage() throws IOException {
      Answered answer = host.get("/params/foo?name=Bill&name=Bob");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("foo {name=Bill}");
      assertThat(answer.header("answered")).isEqualTo("yes");
    }

    @Test
    void scf_case_17_requestHeaders_areSentBack() throws IOException {
      Answered answer =
          host.post(
              "/uppercase", TEXT, "foo", "x-foo: bar", "Accept: text/plain", "Authorization: me");

      assertThat(answer.header("x-foo")).isEqualTo("bar");
      assertThat(answer.header("accept")).isEmpty();
      assertThat(answer.header("host")).isEmpty();
      assertThat(answer.header("authorization")).isEmpty();
      assertThat(answer.header("content-length")).isEqualTo("3");
    }

    @Test
    void scf_case_18_router_callsWhatTheHeaderSays() throws IOException {
      assertThat(
              host.post(
                      "/functionRouter", TEXT, "foo", "spring.cloud.function.definition: uppercase")
                  .text())
          .isEqualTo("FOO");
      assertThat(
              host.post(
                      "/functionRouter",
                      TEXT,
                      "abc",
                      "spring.cloud.function.definition: uppercase|reverse")
                  .text())
          .isEqualTo("CBA");
      assertThat(host.post("/functionRouter", TEXT, "foo").status()).isEqualTo(500);
      assertThat(
              host.post("/functionRouter", TEXT, "foo", "spring.cloud.function.definition: nope")
                  .status())
          .isEqualTo(500);
    }

    @Test
    void scf_case_19_event_isRoutedByItsType() throws IOException {
      Map<String, String> variables = new java.util.HashMap<>(all());
      variables.put(DEFINITION, "functionRouter");
      variables.put("SPRING_CLOUD_FUNCTION_ROUTING_EXPRESSION", "headers['ce-type']");
      try (ModeHost routed = ModeHost.serve(archive, null, variables)) {
        Answered answer =
            routed.post(
                "/",
                TEXT,
                "foo",
                "ce-specversion: 1.0",
                "ce-id: 1",
                "ce-source: test",
                "ce-type: uppercase");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("FOO");
      }
    }

    @Test
    void scf_case_20_textInBrackets_isText() throws IOException {
      assertThat(host.post("/uppercase", TEXT, "[hello").text()).isEqualTo("[HELLO");
    }

    @Test
    void scf_case_21_exception_is500Json() throws IOException {
      Answered answer = host.post("/boom", TEXT, "x");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("Content-Type")).isEqualTo(JSON);
      assertThat(answer.text()).contains("IllegalStateException");
    }

    @Test
    void scf_case_22_file_isGivenAndAnsweredInAnArray() throws IOException {
      String body =
          String.join(
              "\r\n",
              "--b",
              "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"",
              "Content-Type: text/plain",
              "",
              "hello",
              "--b--",
              "");

      Answered answer = host.post("/file", "multipart/form-data; boundary=b", body);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("[\"a.txt=hello\"]");
    }

    @Test
    void scf_case_23_postWithoutBody_givesTheEmptyString() throws IOException {
      Answered answer = host.send("POST", "/quote");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("<>");
    }

    @Test
    void scf_case_24_methodsOfOtherFunctions_are500() throws IOException {
      try (ModeHost restricted = serve("SPRING_CLOUD_FUNCTION_HTTP_POST", "uppercase;pojo")) {
        assertThat(restricted.post("/uppercase", TEXT, "x").text()).isEqualTo("X");
        assertThat(restricted.post("/reverse", TEXT, "x").status()).isEqualTo(500);
        assertThat(restricted.get("/word").status()).isEqualTo(200);
      }
    }

    @Test
    void methodsOtherThanTheVendors_are405() throws IOException {
      Answered answer = host.send("PATCH", "/uppercase", TEXT, "x");

      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("GET, POST, PUT, DELETE");
    }

    @Test
    void eventStream_isSentItemByItem() throws IOException {
      Answered answer =
          host.post("/uppercase", JSON, "[\"foo\",\"bar\"]", "Accept: text/event-stream");

      assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
      assertThat(answer.text()).isEqualTo("data:FOO\n\ndata:BAR\n\n");
    }
  }

  @Nested
  final class OfPlainBeans extends Cases {
    @Override
    Path archive(Path directory) {
      return SpringJars.plain(directory);
    }

    @Override
    Path archiveOfOne(Path directory) {
      return SpringJars.plainOfOne(directory);
    }

    @Override
    Map<String, String> all() {
      return Map.of("FUNCTION_CLASS", SpringJars.CLASSES);
    }

    @Override
    Map<String, String> all(boolean one) {
      return Map.of("FUNCTION_CLASS", "functions.Uppercase");
    }
  }

  @Nested
  final class OfABootApplication extends Cases {
    @Override
    Path archive(Path directory) {
      return SpringJars.boot(directory);
    }

    @Override
    Path archiveOfOne(Path directory) {
      return SpringJars.bootOfOne(directory);
    }

    @Override
    Map<String, String> all() {
      return Map.of();
    }
  }
}
