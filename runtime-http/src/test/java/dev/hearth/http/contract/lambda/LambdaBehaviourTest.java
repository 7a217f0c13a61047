package dev.hearth.http.contract.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.lambda.FakeRuntimeApi.Reply;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.testing.TestBag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the contract does beyond the numbered cases: time, size, streams, stopping, functions of other kinds. */
@Timeout(120)
class LambdaBehaviourTest {

  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
  private static final String HTTP = "application/vnd.awslambda.http-integration-response";
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    jar = Handlers.jar(work);
  }

  private static String inSeconds(double seconds) {
    return "Lambda-Runtime-Deadline-Ms: "
        + (System.currentTimeMillis() + Math.round(seconds * 1000));
  }

  @Test
  void deadline_functionCanBeStopped_isReportedAndTheNextEventRuns() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("late", 1);
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Meets")) {
      String id = api.deliver("\"late\"", inSeconds(1));
      api.take("next");
      assertThat(meeting.awaitEntered()).isTrue();
      Arrived error = api.take("error");

      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.Timedout");
      assertThat(error.text())
          .matches(
              "\\{\"errorMessage\":\"RequestId: "
                  + id
                  + " Error: Task timed out after (1.00|0.9\\d) seconds\",\"errorType\":\"Sandbox.Timedout\"}");
      meeting.go();
      api.deliver("\"late\"");
      api.take("next");
      assertThat(api.take("response").text()).isEqualTo("\"latefalse\"");
      assertThat(run.isGoing()).isTrue();
      assertThat(api.violations()).isEmpty();
    }
  }

  @Test
  void deadline_functionCannotBeStopped_isReportedAndTheProcessEnds() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("stuck", 1);
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Stuck")) {
      api.deliver("\"stuck\"", inSeconds(1));
      api.take("next");
      api.take("error");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.reason()).contains("goes on although its time is up");
      assertThat(api.all()).hasSize(2);
      meeting.go();
    }
  }

  @Test
  void deadline_oneOfSeveralCannotBeStopped_othersGoOn() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.concurrent();
        Meeting stuck = new Meeting("stuck-one", 1);
        Meeting other = new Meeting("other", 1);
        LambdaRun run =
            LambdaRun.start(api, jar, "example.H$Stuck", "AWS_LAMBDA_MAX_CONCURRENCY", "2")) {
      await().atMost(BOUND).until(() -> api.waiting() == 2);
      api.take("next");
      api.take("next");
      api.script("error", Reply.json(410, "{\"errorType\":\"InvokeTimeout\"}\n"));
      api.deliver("\"stuck-one\"", inSeconds(1));
      api.take("error");
      api.take("next");
      other.go();
      api.deliver("\"other\"");

      assertThat(api.take("response").text()).isEqualTo("\"other\"");
      assertThat(run.isGoing()).isTrue();
      stuck.go();
    }
  }

  @Test
  void deadline_allOfSeveralCannotBeStopped_theProcessEnds() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.concurrent();
        Meeting stuck = new Meeting("stuck-all", 1);
        LambdaRun run =
            LambdaRun.start(api, jar, "example.H$Stuck", "AWS_LAMBDA_MAX_CONCURRENCY", "2")) {
      api.deliver("\"stuck-all\"", inSeconds(5));
      api.deliver("\"stuck-all\"", inSeconds(5));

      assertThat(run.exitCode()).isEqualTo(1);
      stuck.go();
    }
  }

  @Test
  void deadline_whileStreaming_trailersSayThatTheTimeIsUp() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("flush late", 1);
        LambdaRun run =
            LambdaRun.start(api, jar, "example.P$Teapot", "HEARTH_LAMBDA_RESPONSE", "streaming")) {
      api.deliver("flush late", inSeconds(1));
      api.take("next");
      Arrived response = api.take("response");

      assertThat(response.part()).isEqualTo("short ");
      assertThat(response.trailer(ERROR_TYPE)).isEqualTo("Runtime.StreamError");
      assertThat(decoded(response)).contains("Task timed out after ");
      meeting.go();
      assertThat(run.isGoing()).isTrue();
    }
  }

  private static String decoded(Arrived response) throws InterruptedException {
    String body = Objects.requireNonNull(response.trailer("Lambda-Runtime-Function-Error-Body"));
    return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
  }

  @Test
  void response_moreThanIsKept_isCountedAndToldAsThePlatformWould() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.P$Teapot")) {
      api.deliver("endless100");
      api.take("next");
      Arrived error = api.take("error");

      assertThat(error.header(ERROR_TYPE)).isEqualTo("Function.ResponseSizeTooLarge");
      assertThat(error.text())
          .isEqualTo(
              "{\"errorMessage\":\"Response payload size (104857600 bytes) exceeded maximum allowed payload size (6291556 bytes).\",\"errorType\":\"Function.ResponseSizeTooLarge\"}");
      api.take("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void streaming_largeAnswer_goesOutInPartsAndIsWhole() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run =
            LambdaRun.start(api, jar, "example.P$Teapot", "HEARTH_LAMBDA_RESPONSE", "streaming")) {
      api.deliver("endless20");
      api.take("next");
      Arrived response = api.take("response");

      assertThat(response.part()).hasSizeLessThanOrEqualTo(32 << 10);
      assertThat(response.bytes()).hasSize(20 << 20);
      api.take("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void streaming_shortAnswerWithoutFlush_isPostedWhole() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run =
            LambdaRun.start(api, jar, "example.P$Teapot", "HEARTH_LAMBDA_RESPONSE", "streaming")) {
      api.deliver("plain");
      api.take("next");
      Arrived response = api.take("response");

      assertThat(response.header("Lambda-Runtime-Function-Response-Mode")).isNull();
      assertThat(response.header("Content-Type")).isEqualTo("text/plain");
      assertThat(response.text()).isEqualTo("short ");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void streaming_contentTypeOfTheVariable_isThatOfStreamHandlers() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("typed", 1);
        LambdaRun run =
            LambdaRun.start(
                api,
                jar,
                "example.H$Writes",
                "HEARTH_LAMBDA_RESPONSE",
                "streaming",
                "HEARTH_LAMBDA_CONTENT_TYPE",
                HTTP)) {
      meeting.go();
      api.deliver("typed");
      api.take("next");
      assertThat(api.take("response").header("Content-Type")).isEqualTo(HTTP);
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void streaming_apiRefusesHalfWay_functionIsStoppedAndTheNextEventRuns() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run =
            LambdaRun.start(api, jar, "example.P$Teapot", "HEARTH_LAMBDA_RESPONSE", "streaming")) {
      api.limitBodies(1 << 20);
      api.deliver("endless500");
      api.take("next");
      assertThat(api.take("response").isTruncated()).isTrue();

      api.take("next");
      api.deliver("plain");
      assertThat(api.take("response").text()).isEqualTo("short ");
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void httpStreaming_statusHeadersAndCookies_areThePrelude() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("flush http", 1);
        LambdaRun run =
            LambdaRun.start(
                api, jar, "example.P$Teapot", "HEARTH_LAMBDA_RESPONSE", "http-streaming")) {
      String prelude =
          "{\"statusCode\":418,\"headers\":{\"Content-Type\":\"text/plain\",\"X-Pot\":\"tea\"},"
              + "\"cookies\":[\"a=1\",\"b=2\"]}\0\0\0\0\0\0\0\0";
      api.deliver("flush http");
      api.take("next");
      Arrived flushed = api.take("response");
      assertThat(flushed.header("Content-Type")).isEqualTo(HTTP);
      assertThat(flushed.part()).isEqualTo(prelude);
      assertThat(flushed.part()).isEqualTo("short ");
      meeting.go();
      assertThat(flushed.text()).isEqualTo(prelude + "short and stout");

      api.deliver("whole");
      api.take("next");
      Arrived whole = api.take("response");
      assertThat(whole.header("Content-Type")).isEqualTo(HTTP);
      assertThat(whole.text()).isEqualTo(prelude + "short ");

      api.deliver("plain");
      api.take("next");
      Arrived plain = api.take("response");
      assertThat(plain.header("Content-Type")).isEqualTo("text/plain");
      assertThat(plain.text()).isEqualTo("short ");
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void httpStreaming_streamHandler_hasAPreludeWithItsContentType() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("prelude", 1);
        LambdaRun run =
            LambdaRun.start(
                api,
                jar,
                "example.H$Writes",
                "HEARTH_LAMBDA_RESPONSE",
                "http-streaming",
                "HEARTH_LAMBDA_CONTENT_TYPE",
                "text/html")) {
      meeting.go();
      api.deliver("prelude");
      api.take("next");
      assertThat(api.take("response").part())
          .isEqualTo(
              "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"text/html\"},\"cookies\":[]}\0\0\0\0\0\0\0\0");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void contentType_notFitForAHeader_isReplaced() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.P$Teapot")) {
      api.deliver("bad type");
      api.take("next");
      assertThat(api.take("response").header("Content-Type")).isEqualTo("application/json");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void plainFunction_isServedAndItsFailuresAreWordedAsLambdas() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.P$Upper")) {
      api.deliver("\"a\"");
      api.take("next");
      assertThat(api.take("response").text()).isEqualTo("\"A\"");
      api.deliver("null");
      api.take("next");
      assertThat(api.take("response").text()).isEqualTo("null");
      api.deliver("");
      api.take("next");
      Arrived error = api.take("error");
      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.UserException");
      assertThat(error.text())
          .startsWith(
              "{\"errorMessage\":\"empty\",\"errorType\":\"java.lang.IllegalArgumentException\",\"stackTrace\":[\"example.P$Upper.apply(P.java:")
          .doesNotContain("dev.hearth");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void consumer_givesNothing_answersNull() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.P$Sink")) {
      api.deliver("\"a\"");
      api.take("next");
      assertThat(api.take("response").text()).isEqualTo("null");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void plainFunction_seesTraceAndVariablesAndId() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run =
            LambdaRun.start(
                api, jar, "example.P$Traced", "MINE", "yes", "HEARTH_HOME", "/opt/hearth")) {
      String id =
          api.deliver(
              "x",
              "Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1");
      api.take("next");
      assertThat(api.take("response").text())
          .isEqualTo("00-5bef4de7ad49b0e87f6ef6c87fc2e700-9a9197af755a6419-01 yes false " + id);
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void exception_whoseMethodsThrow_isStillReported() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Fails")) {
      api.deliver("\"hostile\"");
      api.take("next");
      assertThat(api.take("error").text())
          .contains("\"errorMessage\":\"example.H$Hostile\",\"errorType\":\"example.H$Hostile\"");
      api.take("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void exception_deepStackAndLongMessage_causeStaysWithinWhatTheApiKeeps() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Fails")) {
      api.deliver("\"deep\"");
      api.take("next");
      Arrived error = api.take("error");
      assertThat(error.header("Lambda-Runtime-Function-XRay-Error-Cause"))
          .hasSizeLessThanOrEqualTo(64 << 10)
          .contains("\"label\":\"deep\"");
      assertThat(error.text()).contains("x".repeat(10_000));
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void afterResponse_nextIsAskedForWhenItIsDone() throws Exception {
    TestBag.remove("t.after");
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("after", 1);
        LambdaRun run = LambdaRun.start(api, jar, "example.P$After")) {
      api.deliver("after");
      api.take("next");
      api.take("response");
      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(api.poll()).isNull();
      meeting.go();

      api.take("next");
      assertThat(TestBag.get("t.after")).isEqualTo("after");
      assertThat(run.isGoing()).isTrue();
    } finally {
      TestBag.remove("t.after");
    }
  }

  @Test
  void drain_idle_endsAtOnceWithoutAnotherCall() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.concurrent();
        LambdaRun run =
            LambdaRun.start(api, jar, "example.H$Echo", "AWS_LAMBDA_MAX_CONCURRENCY", "3")) {
      await().atMost(BOUND).until(() -> api.waiting() == 3);
      long begin = System.nanoTime();

      assertThat(run.contract().drain(Duration.ofSeconds(30))).isTrue();

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(api.all()).hasSize(3);
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void drain_whileAnEventIsWorkedOn_postsItsResult() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("drain", 1);
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Meets")) {
      api.deliver("\"drain\"");
      api.take("next");
      assertThat(meeting.awaitEntered()).isTrue();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> run.contract().drain(Duration.ofSeconds(60)));
      await().atMost(BOUND).until(() -> run.contract().isStopping());
      meeting.go();

      assertThat(api.take("response").text()).isEqualTo("\"drainfalse\"");
      assertThat(drained.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(api.all()).hasSize(2);
    }
  }

  @Test
  void drain_eventTakesLonger_isCutOffByClose() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("cut", 1);
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Meets")) {
      api.deliver("\"cut\"");
      api.take("next");
      assertThat(meeting.awaitEntered()).isTrue();

      assertThat(run.contract().drain(Duration.ofMillis(50))).isFalse();
      run.contract().close();
      run.contract().close();

      await().atMost(BOUND).until(() -> run.hearth().function("fn1").orElseThrow().inFlight() == 0);
    }
  }

  @Test
  void close_whileStoredAway_ends() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.snapStart();
        LambdaRun run =
            LambdaRun.start(
                api, jar, "example.H$Echo", "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")) {
      api.take("restore/next");

      assertThat(run.contract().drain(Duration.ofSeconds(30))).isTrue();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void snapStart_severalAtOnce_pollOnceRestored() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.snapStart();
        LambdaRun run =
            LambdaRun.start(
                api,
                jar,
                "example.H$Echo",
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "snap-start",
                "AWS_LAMBDA_MAX_CONCURRENCY",
                "2")) {
      api.take("restore/next");
      assertThat(api.poll()).isNull();
      api.restore();
      api.take("next");
      api.take("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void snapStart_restoreIsRefused_isAnInitErrorAndExit64() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run =
            LambdaRun.start(
                api, jar, "example.H$Echo", "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")) {
      api.take("restore/next");
      Arrived error = api.take("init/error");
      assertThat(error.header(ERROR_TYPE)).isEqualTo("Runtime.BeforeCheckpointError");
      assertThat(error.text()).contains("restore/next was answered with 404");
      assertThat(run.exitCode()).isEqualTo(64);
    }
  }

  @Test
  void function_removedMeanwhile_isReported() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
      api.take("next");
      run.hearth().function("fn1").orElseThrow().undeploy();
      api.deliver("{}");

      assertThat(api.take("error").header(ERROR_TYPE)).isEqualTo("Runtime.Unavailable");
      api.take("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void embedded_processOfSomebodyElse_isLeftAsItIs() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Hearth hearth = Hearth.builder().providedApis(Handlers.PROVIDED).build();
        Contract contract =
            Contracts.create(
                "lambda", hearth, LambdaRun.environment(api.address(), jar, "example.H$Facts"))) {
      hearth.deploy("f", FunctionSpec.builder(jar).handler("example.H$Facts").build());
      contract.open();
      api.deliver("{}", "Lambda-Runtime-Trace-Id: Root=1");
      api.take("next");

      assertThat(api.take("response").text())
          .contains("\"trace\":\"Root=1\",\"property\":\"null\"");
    }
  }
}
