package dev.hearth.http.contract.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearth.http.contract.lambda.FakeRuntimeApi.Reply;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.testing.TestBag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases 1 to 23 of Lambda's Runtime API, over a socket, with real handlers. */
@Timeout(120)
class LambdaContractTest {

  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
  private static final String CAUSE = "Lambda-Runtime-Function-XRay-Error-Cause";
  private static final int LIMIT = 6 * 1024 * 1024 + 100;

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    jar = Handlers.jar(work);
  }

  @AfterEach
  void forget() {
    TestBag.remove("t.hooks");
    System.clearProperty("t.fail");
  }

  @Test
  void lambda_case_01_validHandler_firstCallIsNext() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
      Arrived first = api.take();

      assertThat(first).hasToString("GET /2018-06-01/runtime/invocation/next");
      assertThat(first.header("User-Agent")).startsWith("hearth/");
      assertThat(first.header("Host")).isEqualTo(api.address());
      assertThat(first.headers("Content-Length")).isEmpty();
      assertThat(first.headers("Transfer-Encoding")).isEmpty();
      assertThat(run.contract().calls()).isEqualTo("http://" + api.address());
      assertThat(run.contract().notReady()).isNull();
    }
  }

  @Test
  void lambda_case_02_event_isAnsweredOnTheSameConnectionAndTheNextAskedFor() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
      for (int i = 0; i < 50; i++) {
        String id = api.deliver("{\"a\":" + i + "}");
        assertThat(api.take("next").connection).isEqualTo(1);
        Arrived response = api.take("response");

        assertThat(response).hasToString("POST /2018-06-01/runtime/invocation/" + id + "/response");
        assertThat(response.text()).isEqualTo("{\"a\":" + i + "}");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Content-Length"))
            .isEqualTo(String.valueOf(response.text().length()));
        assertThat(response.connection).isEqualTo(1);
      }
      assertThat(api.take("next").connection).isEqualTo(1);
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_03_handlerThrows_errorSaysWhatAndWhere() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Fails")) {
      String id = api.deliver("\"state\"");
      api.take("next");
      Arrived error = api.take("error");

      assertThat(error.path).isEqualTo("/2018-06-01/runtime/invocation/" + id + "/error");
      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.UserException");
      assertThat(error.header("Content-Type")).isEqualTo("application/json");
      assertThat(error.text())
          .startsWith(
              "{\"errorMessage\":\"bäd \\r\\n \\ud83d\\ude00\",\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[\"example.H$Fails.handleRequest(H.java:")
          .endsWith("\"]}")
          .doesNotContain("dev.hearth");
      String cause = Objects.requireNonNull(error.header(CAUSE));
      assertThat(keys(cause)).containsExactly("exceptions", "paths", "working_directory");
      assertThat(cause)
          .matches("[\\x20-\\x7e]+")
          .contains("\"message\":\"b\\u00E4d \\r\\n \\uD83D\\uDE00\"")
          .contains("\"type\":\"java.lang.IllegalStateException\"")
          .contains("{\"label\":\"handleRequest\",\"path\":\"H.java\",\"line\":")
          .contains("\"paths\":[\"H.java\"]");
      api.take("next");
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  private static Set<String> keys(String json) throws IOException {
    Set<String> keys = new TreeSet<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        keys.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      assertThat(parser.nextToken()).isNull();
    }
    return keys;
  }

  @Test
  void lambda_case_04_classIsNotThere_eachEventIsAnsweredWithThat() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.Gone")) {
      for (int i = 0; i < 2; i++) {
        api.deliver("{}");
        api.take("next");
        Arrived error = api.take("error");

        assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.BadFunctionCode");
        assertThat(error.text())
            .isEqualTo(
                "{\"errorMessage\":\"Class not found: example.Gone\",\"errorType\":\"java.lang.ClassNotFoundException\"}");
        assertThat(error.header(CAUSE)).isNull();
      }
      api.take("next");
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_04_handlerThatCannotBeBound_isWordedByItsBinding() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo::missing")) {
      api.deliver("{}");
      api.take("next");
      Arrived error = api.take("error");

      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.BadFunctionCode");
      assertThat(error.text())
          .startsWith("{\"errorMessage\":\"No public method named missing ")
          .doesNotContain("errorType")
          .doesNotContain("stackTrace");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_05_constructorThrows_isOneInitErrorAndExitOne() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$BadStart")) {
      Arrived error = api.take();

      assertThat(error).hasToString("POST /2018-06-01/runtime/init/error");
      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.BadFunctionCode");
      assertThat(error.text())
          .isEqualTo(
              "{\"errorMessage\":\"not today\",\"errorType\":\"java.lang.UnsupportedOperationException\"}");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(api.all()).hasSize(1);
      assertThat(api.violations()).isEmpty();
    }
  }

  @Test
  void lambda_case_06_staticInitialiserThrows_isTold() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$BadStatic")) {
      Arrived error = api.take();

      assertThat(error).hasToString("POST /2018-06-01/runtime/init/error");
      assertThat(error.text())
          .isEqualTo(
              "{\"errorMessage\":\"Error loading class example.H$BadStatic\",\"errorType\":\"java.lang.ExceptionInInitializerError\"}");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(api.all()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "stack", "io"})
  void lambda_case_07_errorOfTheMachine_isReportedAndTheProcessEnds(String how) throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Fails")) {
      api.deliver("\"" + how + "\"");
      api.take("next");

      assertThat(api.take("error").header(ERROR_TYPE)).isEqualTo("Runtime.UserException");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.contract().drain(Duration.ofSeconds(30))).isTrue();
      assertThat(api.all()).hasSize(2);
    }
  }

  @Test
  void lambda_case_07_otherErrors_doNotEndIt() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Fails")) {
      api.deliver("\"assertion\"");
      api.take("next");
      assertThat(api.take("error").text()).contains("java.lang.AssertionError");
      api.take("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_08_nextIsAnsweredWith500_endsTheProcessAtOnce() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
      api.script(
          "next",
          Reply.json(
              500,
              "{\"errorMessage\":\"Internal Server Error\",\"errorType\":\"InternalServerError\"}\n"));
      try (LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.reason()).contains("500").contains("InternalServerError");
        assertThat(run.contract().notReady()).contains("Runtime API");
        assertThat(run.contract().drain(Duration.ofSeconds(30))).isTrue();
        assertThat(api.all()).hasSize(1);
      }
    }
  }

  @Test
  void lambda_case_09_responseIsTooLarge_theNextEventIsFetched() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
      api.script(
          "response",
          Reply.json(
              413,
              "{\"errorMessage\":\"Exceeded maximum allowed payload size (6291556 bytes).\",\"errorType\":\"RequestEntityTooLarge\"}\n"));
      try (LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
        api.deliver("{\"a\":1}");
        api.deliver("{\"a\":2}");
        api.take("next");
        api.take("response");
        api.take("next");
        assertThat(api.take("response").text()).isEqualTo("{\"a\":2}");
        assertThat(api.violations()).isEmpty();
        assertThat(run.isGoing()).isTrue();
      }
    }
  }

  @Test
  void lambda_case_09_refusedBeforeAllWasSent_theNextEventIsFetched() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Large")) {
      api.limitBodies(LIMIT);
      api.deliver(String.valueOf(LIMIT + 1));
      api.take("next");
      Arrived refused = api.take("response");
      assertThat(refused.header("Content-Length")).isEqualTo(String.valueOf(LIMIT + 1));
      assertThat(refused.isTruncated()).isTrue();

      Arrived next = api.take("next");
      assertThat(next.connection).isEqualTo(2);
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_10_nextTakesLong_isNoTimeout() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, LambdaRun.SHORT, jar, "example.H$Echo")) {
      api.take("next");
      await()
          .during(Duration.ofMillis(1500)) // five times what any other step may take
          .atMost(Duration.ofSeconds(30))
          .until(() -> api.waiting() == 1 && run.isGoing());
      api.deliver("{\"late\":true}");

      assertThat(api.take("response").text()).isEqualTo("{\"late\":true}");
      assertThat(api.all().get(1).connection).isEqualTo(1);
    }
  }

  @Test
  void lambda_case_11_deadline_isTheRemainingTime() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Facts")) {
      api.deliver("{}"); // classes are loaded by this one
      api.take("next");
      api.take("response");
      api.take("next");
      api.deliver("{}", "Lambda-Runtime-Deadline-Ms: " + (System.currentTimeMillis() + 3000));

      String facts = api.take("response").text();
      int from = facts.indexOf("\"remaining\":") + "\"remaining\":".length();
      assertThat(Integer.parseInt(facts.substring(from, facts.indexOf(',', from))))
          .isBetween(2500, 3000);
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_12_factsOfTheCall_areInTheContextAndAbsentOnesNull() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Facts")) {
      String trace = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
      String id =
          api.deliver(
              "{}",
              "Lambda-Runtime-Trace-Id: " + trace,
              "Lambda-Runtime-Client-Context: {\"custom\":{\"k\":\"välue\"}}",
              "Lambda-Runtime-Cognito-Identity: {\"cognitoIdentityId\":\"me\",\"cognitoIdentityPoolId\":\"us\"}",
              "Lambda-Runtime-Aws-Tenant-Id: tenant 1");
      api.take("next");
      assertThat(api.take("response").text())
          .contains("\"id\":\"" + id + "\"")
          .contains("\"arn\":\"arn:aws:lambda:eu-west-1:123456789012:function:fn1\"")
          .contains("\"name\":\"fn1\",\"memory\":256")
          .contains("\"tenant\":\"tenant 1\"")
          .contains("\"trace\":\"" + trace + "\",\"property\":\"" + trace + "\"")
          .contains("\"identity\":\"me\",\"client\":\"välue\"");
      api.deliver("{}");
      api.take("next");
      assertThat(api.take("response").text())
          .contains("\"tenant\":\"null\",\"trace\":\"null\",\"property\":\"null\"")
          .contains("\"identity\":\"none\",\"client\":\"none\"");
      assertThat(run.isGoing()).isTrue();
    }
    assertThat(System.getProperty("com.amazonaws.xray.traceHeader")).isNull();
  }

  @Test
  void lambda_case_13_clientContextIsNoJson_failsThatEventOnly() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Facts")) {
      api.deliver("{}", "Lambda-Runtime-Client-Context: not json");
      api.deliver("{}");
      api.take("next");
      Arrived error = api.take("error");
      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.UserException");
      assertThat(error.text()).contains("JsonSyntaxException");
      api.take("next");
      api.take("response");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_14_headerNamesInLowerCase_areTheSame() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Facts")) {
      api.deliver(
          "{}",
          "lambda-runtime-aws-request-id: 11111111-2222-3333-4444-555555555555",
          "LAMBDA-RUNTIME-AWS-TENANT-ID: t");
      api.take("next");
      Arrived response = api.take("response");

      assertThat(response.path).contains("/11111111-2222-3333-4444-555555555555/");
      assertThat(response.text()).contains("\"tenant\":\"t\"");
      api.take("next");
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_15_eventOfTheLargestSize_goesBothWays() throws Exception {
    byte[] event = new byte[LIMIT];
    Arrays.fill(event, (byte) 'a');
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, LambdaRun.SHORT, jar, "example.H$Raw")) {
      api.limitBodies(LIMIT);
      api.deliver(event);
      api.take("next");

      assertThat(Arrays.equals(api.take("response").bytes(), event)).isTrue();
      api.take("next");
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_16_severalAtOnce_areAnsweredInAnyOrder() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.concurrent();
        Meeting first = new Meeting("c16-first", 1);
        Meeting second = new Meeting("c16-second", 1);
        LambdaRun run =
            LambdaRun.start(api, jar, "example.H$Meets", "AWS_LAMBDA_MAX_CONCURRENCY", "3")) {
      await().atMost(Duration.ofSeconds(60)).until(() -> api.waiting() == 3);
      Set<Integer> connections = new TreeSet<>();
      for (int i = 0; i < 3; i++) {
        connections.add(api.take("next").connection);
      }
      assertThat(connections).hasSize(3);

      final String one = api.deliver("\"c16-first\"");
      final String two = api.deliver("\"c16-second\"");
      assertThat(first.awaitEntered()).isTrue();
      assertThat(second.awaitEntered()).isTrue();
      second.go();
      assertAnswered(api, two, "\"c16-secondfalse\"");
      first.go();
      assertAnswered(api, one, "\"c16-firstfalse\"");

      await().atMost(Duration.ofSeconds(60)).until(() -> api.waiting() == 3);
      assertThat(run.hearth().function("fn1").orElseThrow().instances()).isEqualTo(1);
      assertThat(api.violations()).isEmpty();
    }
  }

  private static void assertAnswered(FakeRuntimeApi api, String id, String body) throws Exception {
    Arrived response = api.take("response");
    assertThat(response.path).contains(id);
    assertThat(response.text()).isEqualTo(body);
    api.take("next");
  }

  @Test
  void lambda_case_17_concurrencyIsNoNumber_isRefusedByName() {
    for (String value : List.of("abc", "", "1.5", "99999999999")) {
      assertThatThrownBy(
              () ->
                  new LambdaPlatform()
                      .start(
                          LambdaRun.environment(
                              "127.0.0.1:9001", jar, "x", "AWS_LAMBDA_MAX_CONCURRENCY", value)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("AWS_LAMBDA_MAX_CONCURRENCY is '" + value + "'");
    }
  }

  @Test
  void lambda_case_18_snapStart_isRestoredBeforeTheFirstEvent() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.snapStart();
        LambdaRun run =
            LambdaRun.start(
                api,
                Handlers.hooks(work),
                "example.Hooks",
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "snap-start")) {
      assertThat(api.take()).hasToString("GET /2018-06-01/runtime/restore/next");
      assertThat(TestBag.get("t.hooks")).isEqualTo("made before ");
      assertThat(api.poll()).isNull();
      api.restore();

      api.deliver("{}");
      api.take("next");
      assertThat(api.take("response").text()).isEqualTo("\"made before after \"");
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_19_hookBeforeFails_isAnInitErrorAndExit64() throws Exception {
    System.setProperty("t.fail", "before");
    try (FakeRuntimeApi api = FakeRuntimeApi.snapStart();
        LambdaRun run =
            LambdaRun.start(
                api,
                Handlers.hooks(work),
                "example.Hooks",
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "snap-start")) {
      Arrived error = api.take();

      assertThat(error).hasToString("POST /2018-06-01/runtime/init/error");
      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.BeforeCheckpointError");
      assertThat(error.text())
          .contains("\"errorMessage\":\"com.amazonaws.services.lambda.crac.CheckpointException\"");
      assertThat(run.exitCode()).isEqualTo(64);
      assertThat(run.contract().drain(Duration.ofSeconds(30))).isTrue();
      assertThat(api.all()).hasSize(1);
      assertThat(api.violations()).isEmpty();
    }
  }

  @Test
  void lambda_case_20_hookAfterFails_isARestoreErrorAndExit64() throws Exception {
    System.setProperty("t.fail", "after");
    try (FakeRuntimeApi api = FakeRuntimeApi.snapStart();
        LambdaRun run =
            LambdaRun.start(
                api,
                Handlers.hooks(work),
                "example.Hooks",
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "snap-start")) {
      api.take("restore/next");
      api.restore();
      Arrived error = api.take();

      assertThat(error).hasToString("POST /2018-06-01/runtime/restore/error");
      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.AfterRestoreError");
      assertThat(error.text()).contains("RestoreException");
      assertThat(run.exitCode()).isEqualTo(64);
      assertThat(run.contract().drain(Duration.ofSeconds(30))).isTrue();
      assertThat(api.all()).hasSize(2);
      assertThat(api.violations()).isEmpty();
    }
  }

  @Test
  void lambda_case_21_streaming_firstPartIsThereBeforeTheHandlerHasEnded() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("c21", 1);
        LambdaRun run =
            LambdaRun.start(api, jar, "example.H$Writes", "HEARTH_LAMBDA_RESPONSE", "streaming")) {
      api.deliver("c21");
      api.take("next");
      Arrived response = api.take("response");

      assertThat(response.part()).isEqualTo("first");
      assertThat(response.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(response.header("Lambda-Runtime-Function-Response-Mode")).isEqualTo("streaming");
      assertThat(response.headers("Trailer"))
          .containsExactly(ERROR_TYPE, "Lambda-Runtime-Function-Error-Body");
      assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
      meeting.go();

      assertThat(response.text()).isEqualTo("firstsecond");
      assertThat(response.trailer(ERROR_TYPE)).isNull();
      assertThat(api.take("next").connection).isEqualTo(response.connection);
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_22_streamingFailsHalfWay_trailersSayWhy() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("fail22", 1);
        LambdaRun run =
            LambdaRun.start(api, jar, "example.H$Writes", "HEARTH_LAMBDA_RESPONSE", "streaming")) {
      api.deliver("fail22");
      api.take("next");
      Arrived response = api.take("response");
      assertThat(response.part()).isEqualTo("first");
      meeting.go();

      assertThat(response.text()).isEqualTo("first");
      assertThat(response.trailer(ERROR_TYPE)).isEqualTo("Runtime.StreamError");
      String document =
          new String(
              Base64.getDecoder().decode(response.trailer("Lambda-Runtime-Function-Error-Body")),
              StandardCharsets.UTF_8);
      assertThat(document)
          .startsWith(
              "{\"errorMessage\":\"half way\",\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[\"example.H$Writes");
      api.take("next");
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void lambda_case_23_telemetryDescriptor_getsTheLogAsFrames() throws Exception {
    Path file = Files.createTempFile(work, "frames", "");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (OutputStream open = Files.newOutputStream(file);
        FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run =
            LambdaRun.start(
                api, jar, "example.H$Logs", "_LAMBDA_TELEMETRY_LOG_FD", descriptor(file))) {
      api.deliver("{}");
      api.take("next");
      api.take("response");
      api.take("next");
      assertThat(open).isNotNull();
      assertThat(run.isGoing()).isTrue();
    } finally {
      System.setOut(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("printed\n");
    assertThat(frames(ByteBuffer.wrap(Files.readAllBytes(file))))
        .containsExactly("a55a0003 plain", "a55a000f [INFO] two\nlines");
  }

  private static List<String> frames(ByteBuffer bytes) {
    List<String> frames = new ArrayList<>();
    while (bytes.hasRemaining()) {
      String type = Integer.toHexString(bytes.getInt());
      byte[] message = new byte[bytes.getInt()];
      bytes.getLong();
      bytes.get(message);
      frames.add(type + " " + new String(message, StandardCharsets.UTF_8));
    }
    return frames;
  }

  private static String descriptor(Path file) throws IOException {
    Path real = file.toRealPath();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open.toList()) {
        if (Files.isSymbolicLink(descriptor) && Files.readSymbolicLink(descriptor).equals(real)) {
          return descriptor.getFileName().toString();
        }
      }
    }
    throw new AssertionError(file + " is not open");
  }
}
