package dev.hearth.http.contract.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.contract.lambda.FakeRuntimeApi.Reply;
import dev.hearth.http.testing.Functions.Meeting;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Runtime API that vanishes, is slow, or answers nonsense (F22). */
@Timeout(120)
class LambdaFaultsTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String EVENT =
      "Lambda-Runtime-Aws-Request-Id: r1\r\nContent-Type: application/json\r\n";

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    jar = Handlers.jar(work);
  }

  static Stream<String> nonsense() {
    return Stream.of(
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 20x OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: empty\r\n\r\n",
        "HTTP/1.1 200 OK\r\nna me: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\u0001b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: " + "a".repeat(300_000) + "\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + "X: a\r\n".repeat(300) + "\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 103 Hints\r\n\r\n".repeat(20),
        "HTTP/1.1 200 OK\r\n" + EVENT + "Content-Length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Content-Length: +2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Content-Length: 6291557\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Content-Length: 99999999999999999999\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
        "HTTP/1.1 200 OK\r\n"
            + EVENT
            + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Transfer-Encoding: gzip\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\n" + EVENT + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Transfer-Encoding: chunked\r\n\r\nx\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Transfer-Encoding: chunked\r\n\r\n\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n{}",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Content-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a/../b\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a b\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n"
            + EVENT
            + "Lambda-Runtime-Deadline-Ms: soon\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}",
        "");
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void f22_nextIsAnsweredWithNonsense_endsTheProcessWithoutCallingTheFunction(String reply)
      throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
      api.script("next", Reply.raw(reply));
      try (LambdaRun run = LambdaRun.start(api, LambdaRun.SHORT, jar, "example.H$Echo")) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.reason()).isNotBlank().hasSizeLessThan(600).doesNotContain("\r", "\n");
        assertThat(run.contract().drain(Duration.ofSeconds(30))).isTrue();
        assertThat(api.all()).hasSize(1);
      }
    }
  }

  static Stream<String> unusual() {
    return Stream.of(
        "HTTP/1.1 200\r\n" + EVENT + "Content-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 \r\n" + EVENT + "Content-Length:2\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\n" + EVENT + "Content-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n" + EVENT + "\r\n{}",
        "HTTP/1.1 200 OK\r\n" + EVENT + "content-length: 2\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n" + EVENT + "Connection: close\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id:\tr1 \r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
            + EVENT
            + "Content-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n"
            + EVENT
            + "Transfer-Encoding: Chunked\r\n\r\n1;ext=1\r\n{\r\n0001\r\n}\r\n0\r\nTrailer: x\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("unusual")
  void next_isAnsweredUnusuallyButRight_isServed(String reply) throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
      api.script("next", Reply.raw(reply));
      api.script("response", Reply.json(202, "{}"));
      try (LambdaRun run = LambdaRun.start(api, LambdaRun.SHORT, jar, "example.H$Echo")) {
        api.take("next");
        assertThat(api.take("response").text()).isEqualTo("{}");
        api.take("next");
        assertThat(run.isGoing()).isTrue();
      }
    }
  }

  @Test
  void f22_nobodyListens_endsTheProcess() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run =
            LambdaRun.start(
                api, jar, "example.H$Echo", "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port)) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.reason()).contains("127.0.0.1:" + port).contains("cannot be connected to");
    }
  }

  @Test
  void f22_hostIsNotKnown_endsTheProcess() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run =
            LambdaRun.start(
                api, jar, "example.H$Echo", "AWS_LAMBDA_RUNTIME_API", "no-such-host.invalid:1")) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.reason()).contains("its host is not known");
    }
  }

  @Test
  void f22_apiVanishesWhileIdle_endsTheProcess() throws Exception {
    FakeRuntimeApi api = FakeRuntimeApi.classic();
    try (LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
      api.take("next");
      api.close();

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.contract().notReady()).isNotNull();
    }
  }

  @Test
  void f22_apiVanishesWhileTheFunctionRuns_endsTheProcess() throws Exception {
    FakeRuntimeApi api = FakeRuntimeApi.classic();
    try (Meeting meeting = new Meeting("vanish", 1);
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Meets")) {
      api.deliver("\"vanish\"");
      api.take("next");
      assertThat(meeting.awaitEntered()).isTrue();
      api.close();
      meeting.go();

      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void connection_closedWhileTheFunctionRuns_resultGoesOutOnAnother() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        Meeting meeting = new Meeting("reconnect", 1);
        LambdaRun run = LambdaRun.start(api, jar, "example.H$Meets")) {
      api.deliver("\"reconnect\"");
      api.take("next");
      assertThat(meeting.awaitEntered()).isTrue();
      api.cut();
      meeting.go();

      Arrived response = api.take("response");
      assertThat(response.connection).isEqualTo(2);
      assertThat(api.take("next").connection).isEqualTo(2);
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void connection_closedByTheApiBetweenCalls_isMadeAgain() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
      api.script(
          "response",
          Reply.raw(
              "HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n"));
      try (LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
        api.deliver("{}");
        api.take("next");
        api.take("response");
        assertThat(api.take("next").connection).isEqualTo(2);
        assertThat(run.isGoing()).isTrue();
      }
    }
  }

  @Test
  void f22_resultIsNotAnswered_endsTheProcess() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
      api.script("response", Reply.never());
      try (LambdaRun run = LambdaRun.start(api, LambdaRun.SHORT, jar, "example.H$Echo")) {
        api.deliver("{}");
        api.take("next");
        api.take("response");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.reason()).contains("nothing happened for 300 ms");
        assertThat(api.poll()).isNull();
      }
    }
  }

  @Test
  void f22_resultIsAnsweredWith500_endsTheProcess() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
      api.script("response", Reply.json(500, "{\"errorType\":\"InternalServerError\"}\n"));
      try (LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
        api.deliver("{}");
        api.take("next");
        api.take("response");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.reason()).contains("was answered with 500");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 410})
  void result_notWanted_theNextEventIsFetched(int status) throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
      api.script("response", Reply.json(status, "{\"errorType\":\"InvalidRequestID\"}\n"));
      try (LambdaRun run = LambdaRun.start(api, jar, "example.H$Echo")) {
        api.deliver("{}");
        api.deliver("{\"a\":2}");
        api.take("next");
        api.take("response");
        api.take("next");
        assertThat(api.take("response").text()).isEqualTo("{\"a\":2}");
        assertThat(run.isGoing()).isTrue();
      }
    }
  }

  @Test
  void f22_severalPollers_oneFailsAFewTimes_goesOnAfterPauses() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.concurrent()) {
      for (int i = 0; i < 4; i++) {
        api.script("next", Reply.json(500, "{}"));
      }
      long begin = System.nanoTime();
      try (LambdaRun run =
          LambdaRun.start(api, jar, "example.H$Echo", "AWS_LAMBDA_MAX_CONCURRENCY", "1")) {
        await().atMost(BOUND).until(() -> api.waiting() == 1);

        assertThat(api.all()).hasSize(5);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .isGreaterThan(Duration.ofMillis(700)); // none, 100, 200 and 400 ms
        assertThat(run.isGoing()).isTrue();
      }
    }
  }

  @Test
  void f22_severalPollers_allFailTooOften_endTheProcess() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.concurrent()) {
      for (int i = 0; i < 10; i++) {
        api.script("next", Reply.json(500, "{}"));
      }
      try (LambdaRun run =
          LambdaRun.start(api, jar, "example.H$Echo", "AWS_LAMBDA_MAX_CONCURRENCY", "2")) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(api.all()).hasSize(10);
      }
    }
  }

  @Test
  void f22_severalPollers_oneLosesAResult_goesOn() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.concurrent()) {
      api.script("response", Reply.raw("nonsense\r\n\r\n"));
      try (LambdaRun run =
          LambdaRun.start(api, jar, "example.H$Fails", "AWS_LAMBDA_MAX_CONCURRENCY", "1")) {
        api.deliver("\"a\"");
        api.take("next");
        api.take("response");
        api.take("next");
        api.deliver("\"memory\""); // ends a poller that is alone
        api.take("error");
        api.take("next");
        api.deliver("\"b\"");
        assertThat(api.take("response").text()).isEqualTo("\"b\"");
        assertThat(run.isGoing()).isTrue();
      }
    }
  }

  @Test
  void f22_initErrorCannotBeTold_processEndsAllTheSame() throws Exception {
    for (Reply reply : List.of(Reply.never(), Reply.raw(""), Reply.json(500, "{}"))) {
      try (FakeRuntimeApi api = FakeRuntimeApi.classic()) {
        api.script("init/error", reply);
        try (LambdaRun run = LambdaRun.start(api, LambdaRun.SHORT, jar, "example.H$BadStart")) {
          assertThat(run.exitCode()).isEqualTo(1);
        }
      }
    }
  }
}
