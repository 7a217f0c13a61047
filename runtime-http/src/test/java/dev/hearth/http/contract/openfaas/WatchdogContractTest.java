package dev.hearth.http.contract.openfaas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionSpec;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.loader.DeployException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance cases of OpenFaaS' contract in the watchdog's place, by number. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class WatchdogContractTest {

  private static final String DURATION = "\\d+\\.\\d{6}";

  @TempDir static Path shared;
  private static Path jar;

  @TempDir Path directory;
  private Container container;

  @BeforeAll
  static void compile() {
    jar = Functions.jar(shared);
  }

  @AfterEach
  void stop() {
    if (container != null) {
      container.close();
    }
  }

  private void serve(String function, String... variables) throws IOException {
    container = Container.serve(directory, jar, "t." + function, variables);
  }

  private CompletableFuture<Answered> later(String path, String... headers) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return container.get(path, headers);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> new Thread(task).start());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Has the function called once, so that what is timed afterwards is not its first call. */
  private void warm() throws IOException {
    try (Meeting meeting = new Meeting("warm", 1)) {
      meeting.go();
      container.get("/", "meet: warm");
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  void openfaas_case_01_health_isOkForGetAlone() throws IOException {
    serve("Echo");
    assertThat(container.contract.defaults()).isEqualTo(new Listen("0.0.0.0", 8080));

    Answered health = container.get("/_/health");

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.text()).isEqualTo("OK");
    for (String page : new String[] {"/_/health", "/_/ready"}) {
      for (String method : new String[] {"POST", "HEAD", "PUT", "DELETE", "OPTIONS"}) {
        Answered other = container.ask(method, page, "");
        assertThat(other.status()).as("%s %s", method, page).isEqualTo(405);
        assertThat(other.body()).isEmpty();
      }
    }
  }

  @Test
  void openfaas_case_02_withoutAFunction_is503UntilThereIsOne() throws IOException {
    container = Container.serve(directory, null, "");

    assertThat(container.get("/_/health").status()).isEqualTo(503);
    assertThat(container.get("/_/health").body()).isEmpty();
    assertThat(container.get("/_/ready").status()).isEqualTo(503);
    Answered call = container.get("/");
    assertThat(call.status()).isEqualTo(503);
    assertThat(call.header("X-OpenFaaS-Internal")).isEqualTo("hearth");

    container.hearth().deploy("function", FunctionSpec.builder(jar).handler("t.Echo").build());
    assertThat(container.get("/_/health").status()).isEqualTo(200);
    assertThat(container.get("/").status()).isEqualTo(200);
  }

  @Test
  void openfaas_case_02_04_18_stopping_isUnhealthyButServesUntilTheIntervalIsOver()
      throws Exception {
    serve("Meet", "healthcheck_interval", "90s", "write_timeout", "60");
    assertThat(container.lock).exists();
    CompletableFuture<Boolean> closed;
    try (Meeting meeting = new Meeting("openfaas", 1)) {
      CompletableFuture<Answered> running = later("/running", "meet: openfaas");
      assertThat(meeting.awaitEntered()).isTrue();

      closed = CompletableFuture.supplyAsync(() -> container.server().close(Duration.ofMinutes(3)));

      await().until(() -> Files.notExists(container.lock));
      assertThat(container.get("/_/health").status()).isEqualTo(503);
      assertThat(container.get("/_/ready").status()).isEqualTo(503);
      try (Meeting other = new Meeting("other", 1)) {
        other.go();
        assertThat(container.get("/new", "meet: other").text()).isEqualTo("met /new");
      }
      await()
          .until(
              () ->
                  container.err.stream()
                      .anyMatch(line -> line.endsWith("no new connections in 1m30s")));

      container.contract.close(); // the interval is over
      await().until(this::isRefused);
      assertThat(running).isNotDone();
      meeting.go();
      assertThat(running.get(60, TimeUnit.SECONDS).text()).isEqualTo("met /running");
    }
    assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
  }

  private boolean isRefused() {
    try (RawClient client = container.connect()) {
      return client == null;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void openfaas_case_03_ready_isEmptyAndTellsOfTheLimit() throws Exception {
    serve("Meet", "max_inflight", "1");
    assertThat(container.get("/_/ready").status()).isEqualTo(200);
    assertThat(container.get("/_/ready").body()).isEmpty();
    try (Meeting meeting = new Meeting("openfaas", 1)) {
      CompletableFuture<Answered> running = later("/", "meet: openfaas");
      assertThat(meeting.awaitEntered()).isTrue();

      Answered ready = container.get("/_/ready");

      assertThat(ready.status()).isEqualTo(429);
      assertThat(ready.body()).isEmpty();
      assertThat(container.get("/_/health").status()).isEqualTo(200);
      meeting.go();
      assertThat(running.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
    assertThat(container.get("/_/ready").status()).isEqualTo(200);
  }

  @Test
  void openfaas_case_03_readyPath_isAskedWithGetAndItsAnswerPassedOn() throws IOException {
    serve("Echo", "ready_path", "/custom?deep=1");

    Answered ready = container.get("/_/ready", "X-Probe: yes", "Host2: a");

    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.header("Content-Type")).isEqualTo("text/plain");
    assertThat(ready.text())
        .startsWith("GET /custom?deep=1\n")
        .containsIgnoringCase("x-probe=[yes]")
        .containsIgnoringCase("host=[gateway.example]")
        .contains("length=0\n");
    assertThat(container.metric("http_requests_in_flight")).isEqualTo("0");
    assertThat(container.metrics().text()).doesNotContain("http_requests_total{");
  }

  @ParameterizedTest
  @CsvSource({"Wire,404,do: status|status: 404,body", "Boom,500,x: y,failed"})
  void openfaas_case_03_readyPathOfAFunctionThatIsNotReady_isNotReady(
      String function, int status, String headers, String text) throws IOException {
    serve(function, "ready_path", "custom");

    Answered ready = container.get("/_/ready", headers.split("\\|"));

    assertThat(ready.status()).isEqualTo(status);
    assertThat(ready.text()).contains(text);
  }

  @Test
  void openfaas_case_04_lockFile_isThereWhileItIsHealthyAndMayBeTakenAway() throws IOException {
    serve("Echo");
    assertThat(container.lock).isEmptyFile();

    Files.delete(container.lock);

    assertThat(container.get("/_/health").status()).isEqualTo(503);
    assertThat(container.get("/_/ready").status()).isEqualTo(503);
    assertThat(container.get("/").status()).isEqualTo(200);
    Files.createFile(container.lock);
    assertThat(container.get("/_/health").status()).isEqualTo(200);
    container.close();
    assertThat(container.lock).doesNotExist();
  }

  @Test
  void openfaas_case_04_lockFileThatCannotBeWritten_endsTheStart() throws IOException {
    Path file = Files.createFile(directory.resolve("tmp"));

    assertThatThrownBy(() -> serve("Echo"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("lock file " + file.resolve(".lock") + " cannot be written")
        .hasMessageContaining("suppress_lock=true");
  }

  @Test
  void openfaas_case_05_suppressLock_writesNoneAndIsNeverHealthy() throws IOException {
    serve("Echo", "suppress_lock", "true");

    assertThat(container.lock).doesNotExist();
    assertThat(container.get("/_/health").status()).isEqualTo(503);
    assertThat(container.get("/_/ready").status()).isEqualTo(503);
    assertThat(container.get("/").status()).isEqualTo(200);
  }

  @Test
  void openfaas_case_06_pathQueryAndHost_areTheCallers() throws IOException {
    serve("Echo");

    String text = container.get("/a/b?x=1").text();

    assertThat(text).startsWith("GET /a/b?x=1\n").containsIgnoringCase("host=[gateway.example]");
    assertThat(container.get("/_/health/deeper").text()).startsWith("GET /_/health/deeper?\n");
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
      assertThat(container.ask(method, "/", "b").text()).startsWith(method + " /").endsWith("=b");
    }
  }

  @Test
  void openfaas_case_07_everyAnswerOfTheFunction_tellsItsDuration() throws IOException {
    serve("Wire");

    assertThat(container.get("/").header("X-Duration-Seconds")).matches(DURATION);
    assertThat(container.get("/", "do: status", "status: 404").header("X-Duration-Seconds"))
        .matches(DURATION);
    assertThat(container.get("/", "do: big").header("X-Duration-Seconds")).matches(DURATION);
    assertThat(container.ask("HEAD", "/", "").header("X-Duration-Seconds")).matches(DURATION);
    assertThat(container.get("/").header("X-OpenFaaS-Internal")).isEmpty();
  }

  @Test
  void openfaas_case_08_functionThatTakesTooLong_is504AtItsTime() throws Exception {
    serve("Meet", "exec_timeout", "1s");
    try (Meeting meeting = new Meeting("openfaas", 1)) {
      long begin = System.nanoTime();

      Answered answer = container.get("/", "meet: openfaas");

      assertThat(since(begin)).isBetween(Duration.ofMillis(950), Duration.ofSeconds(20));
      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("X-OpenFaaS-Internal")).isEqualTo("of-watchdog");
      assertThat(answer.header("X-Duration-Seconds")).matches(DURATION);
      assertThat(Double.parseDouble(answer.header("X-Duration-Seconds"))).isBetween(0.95, 20.0);
      await().until(() -> meeting.told().contains("InterruptedException"));
    }
    assertThat(container.metric("http_requests_total{code=\"504\",method=\"get\"}")).isEqualTo("1");
  }

  @Test
  void openfaas_case_08_answerThatHasBegun_isCutAtItsTime() throws Exception {
    serve("Wire", "exec_timeout", "500ms");
    warm();
    try (Meeting meeting = new Meeting("openfaas", 1);
        RawClient client = container.connect()) {
      client.send(Container.head("GET", "/", "do: chunks", "meet: openfaas") + "\r\n");

      assertThat(client.readAll()).contains("first").endsWith("<reset>");
      assertThat(meeting.isAnyoneIn()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2s,500ms,500",
    "1s,10s,1000",
    "300ms,abc,300",
    "300ms,0s,300",
    "300ms,-1s,300",
    "300ms,'',300",
    "1,1s,1000"
  })
  void openfaas_case_09_timeoutOfTheCaller_countsWhenItIsShorter(
      String set, String asked, long expectedMillis) throws Exception {
    serve("Meet", "exec_timeout", set);
    warm();
    try (Meeting meeting = new Meeting("openfaas", 1)) {
      long begin = System.nanoTime();

      Answered answer = container.get("/", "meet: openfaas", "X-Timeout: " + asked);

      assertThat(answer.status()).isEqualTo(504);
      assertThat(since(begin))
          .isBetween(Duration.ofMillis(expectedMillis - 50), Duration.ofSeconds(20));
      assertThat(meeting.isAnyoneIn()).isTrue();
      double told = Double.parseDouble(answer.header("X-Duration-Seconds"));
      double expected = expectedMillis / 1000.0;
      assertThat(told).isBetween(expected - 0.05, expected + 1.45); // 2 and 10 s are beyond it
    }
  }

  @Test
  void openfaas_case_09_withoutALimit_theCallersIsIgnored() throws Exception {
    serve("Meet", "exec_timeout", "0");
    try (Meeting meeting = new Meeting("openfaas", 1)) {
      CompletableFuture<Answered> running = later("/", "meet: openfaas", "X-Timeout: 1ms");
      assertThat(meeting.awaitEntered()).isTrue();
      meeting.go();

      assertThat(running.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
  }

  @Test
  void openfaas_case_10_oneMoreThanTheLimit_is429AndCounted() throws Exception {
    serve("Meet", "max_inflight", "2");
    try (Meeting meeting = new Meeting("openfaas", 2)) {
      List<CompletableFuture<Answered>> running =
          List.of(later("/1", "meet: openfaas"), later("/2", "meet: openfaas"));
      assertThat(meeting.awaitEntered()).isTrue();

      Answered third = container.get("/3", "meet: openfaas");

      assertThat(third.status()).isEqualTo(429);
      assertThat(third.text())
          .isEqualTo("Concurrent request limit exceeded. Max concurrent requests: 2\n");
      assertThat(third.header("Content-Type")).isEqualTo("text/plain");
      assertThat(third.header("X-OpenFaaS-Internal")).isEqualTo("faas-middleware");
      assertThat(container.metric("http_requests_in_flight")).isEqualTo("2");
      meeting.go();
      for (CompletableFuture<Answered> each : running) {
        assertThat(each.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
      assertThat(container.get("/4", "meet: openfaas").status()).isEqualTo(200);
    }
    assertThat(container.metric("http_requests_total{code=\"429\",method=\"get\"}")).isEqualTo("1");
    assertThat(container.metric("http_requests_in_flight")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"Boom,java.lang.IllegalStateException", "BoomError,java.lang.AssertionError"})
  void openfaas_case_11_functionThatThrows_is500AndItsOwn(String function, String expected)
      throws IOException {
    serve(function);

    Answered answer = container.post("/", "x");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("X-OpenFaaS-Internal")).isEmpty();
    assertThat(answer.header("X-Duration-Seconds")).matches(DURATION);
    assertThat(answer.text()).contains(expected).doesNotContain("secret");
  }

  @Test
  void openfaas_case_12_chunkedBodyOfFiveMegabytes_isEchoed() throws Exception {
    serve("Mirror");
    byte[] part = new byte[50_000];
    Arrays.fill(part, (byte) 'x');
    try (RawClient client = container.connect()) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.send(Container.head("POST", "/", "Transfer-Encoding: chunked") + "\r\n");
                  for (int i = 0; i < 100; i++) {
                    client.send(Integer.toHexString(part.length) + "\r\n").send(part).send("\r\n");
                  }
                  client.send("0\r\n\r\n");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              task -> new Thread(task).start());

      Answered answer = client.read();

      sent.get(60, TimeUnit.SECONDS);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).hasSize(5_000_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: text/event-stream",
        "Accept: application/json, Application/X-NDJSON;q=0.5",
        "Upgrade: websocket"
      })
  void openfaas_case_13_stream_arrivesBitByBitAndIsNotBoundByTheTimeout(String header)
      throws Exception {
    serve("Wire", "exec_timeout", "500ms");
    warm();
    try (Meeting meeting = new Meeting("openfaas", 1);
        Meeting late = new Meeting("late", 1);
        RawClient client = container.connect();
        RawClient other = container.connect()) {
      client.send(Container.head("GET", "/", header, "do: chunks", "meet: openfaas") + "\r\n");

      Answered head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("X-Duration-Seconds")).isEmpty();
      assertThat(text(client.chunk())).isEqualTo("first");
      other.send(Container.head("GET", "/", "do: chunks", "meet: late") + "\r\n");
      assertThat(other.readAll()).as("what is no stream is cut").contains("first");
      assertThat(late.isAnyoneIn()).isTrue();
      meeting.go();
      assertThat(text(client.chunk())).isEqualTo("second");
      assertThat(client.chunk()).isEmpty();
    }
  }

  @Test
  void openfaas_case_14_metrics_haveTheWatchdogsNames() throws IOException {
    serve("Wire");
    container.post("/", "x");
    container.get("/");
    container.get("/", "do: status", "status: 404");
    for (int i = 0; i < 3; i++) {
      container.get("/_/health");
      container.get("/_/ready");
    }

    Answered page = container.metrics();

    assertThat(page.header("Content-Type")).startsWith("text/plain");
    assertThat(page.text())
        .contains(
            "# TYPE http_requests_total counter\n",
            "# TYPE http_request_duration_seconds histogram\n",
            "# TYPE http_requests_in_flight gauge\n",
            "http_requests_total{code=\"200\",method=\"get\"} 1\n",
            "http_requests_total{code=\"200\",method=\"post\"} 1\n",
            "http_requests_total{code=\"404\",method=\"get\"} 1\n",
            "http_request_duration_seconds_bucket{code=\"200\",method=\"post\",le=\"0.005\"} ",
            "http_request_duration_seconds_bucket{code=\"200\",method=\"post\",le=\"10\"} 1\n",
            "http_request_duration_seconds_bucket{code=\"200\",method=\"post\",le=\"+Inf\"} 1\n",
            "http_request_duration_seconds_count{code=\"200\",method=\"get\"} 1\n",
            "http_requests_in_flight 0\n");
    assertThat(page.text().lines().filter(line -> line.startsWith("http_requests_total")))
        .hasSize(3);
  }

  @Test
  void openfaas_case_14_metricsPort_hasNothingElse() throws IOException {
    serve("Echo");
    try (RawClient client = RawClient.to(container.server().beside().get(0).port())) {
      assertThat(client.send(Container.head("GET", "/") + "\r\n").read().status()).isEqualTo(404);
      assertThat(client.send(Container.head("POST", "/metrics") + "\r\n").read().status())
          .isEqualTo(405);
      assertThat(client.isAtEnd()).as("closed when idle").isTrue();
    }
    assertThat(container.get("/metrics").text()).startsWith("GET /metrics?");
  }

  @Test
  void openfaas_case_15_kubernetesProbes_leaveNoLine() throws IOException {
    serve("Echo");

    container.get("/probed", "User-Agent: kube-probe/1.30");
    container.get("/a?b=c", "User-Agent: curl");

    await().until(() -> !container.err.isEmpty());
    assertThat(container.err)
        .singleElement()
        .asString()
        .matches(
            "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d"
                + " GET /a\\?b=c - 200 OK - ContentLength: \\d+B \\(\\d+\\.\\d{4}s\\)");
  }

  @Test
  void openfaas_case_15_linesOfOtherAnswers_tellTheirStatus() throws IOException {
    serve("Wire", "max_inflight", "5");

    container.post("/x", "", "do: big");
    container.get("/x", "do: status", "status: 299");

    await().until(() -> container.err.size() == 2);
    assertThat(container.err.get(0)).contains("POST /x - 200 OK - ContentLength: -1B (");
    assertThat(container.err.get(1)).contains("GET /x - 299 - ContentLength: 4B (");
  }

  @Test
  void openfaas_case_16_callId_endsTheLine() throws IOException {
    serve("Echo", "log_callid", "true");

    assertThat(container.get("/", "X-Call-Id: abc").text()).contains("id=abc\n");
    container.get("/");

    await().until(() -> container.err.size() == 2);
    assertThat(container.err.get(0)).endsWith("s) [abc]");
    assertThat(container.err.get(1)).endsWith("s) [none]");
  }

  @Test
  void openfaas_case_19_clientThatStallsInItsBody_isClosed() throws Exception {
    serve("Echo", "read_timeout", "300ms");
    try (RawClient client = container.connect()) {
      client.send(Container.head("POST", "/", "Content-Length: 10") + "\r\nabc");

      assertThat(client.isAtEnd()).isTrue();
    }
    await().until(() -> container.metric("http_requests_in_flight").equals("0"));
    assertThat(container.post("/", "abc").status()).isEqualTo(200);
  }

  @Test
  void openfaas_writeTimeout_isClosedWithoutAnAnswerAndTheCallIsCancelled() throws Exception {
    serve("Meet", "write_timeout", "500ms");
    warm();
    try (Meeting meeting = new Meeting("openfaas", 1);
        RawClient client = container.connect()) {
      client.send(Container.head("GET", "/", "meet: openfaas") + "\r\n");

      assertThat(client.readAll()).isEmpty();
      await().until(() -> meeting.told().contains("cancelled=true"));
    }
    assertThat(container.metric("http_requests_total{code=\"499\",method=\"get\"}")).isIn("1", "2");
  }

  @Test
  void openfaas_case_32_callOfTheQueueWorker_isACallLikeAnyOther() throws IOException {
    serve("Echo", "log_callid", "1");

    Answered answer =
        container.post(
            "/path?a=b",
            "queued",
            "User-Agent: openfaas-ce/nats-queue-worker",
            "X-Call-Id: 6e8ad7e0-8b2f-4b4e-8a0e-3a0f2f3f6f11",
            "X-Start-Time: 1795482123000000000",
            "X-Callback-Url: http://gateway.example/function/next",
            "Connection: close");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .startsWith("POST /path?a=b\n")
        .contains("id=6e8ad7e0-8b2f-4b4e-8a0e-3a0f2f3f6f11\n")
        .containsIgnoringCase("x-start-time=[1795482123000000000]")
        .containsIgnoringCase("x-callback-url=[http://gateway.example/function/next]")
        .endsWith("body=queued");
    assertThat(answer.header("X-Duration-Seconds")).matches(DURATION);
    await().until(() -> !container.err.isEmpty());
    assertThat(container.err.get(0)).endsWith("[6e8ad7e0-8b2f-4b4e-8a0e-3a0f2f3f6f11]");
  }

  /** Wherever a client leaves, nothing of its request stays behind. */
  @Test
  void clientsThatLeaveAtAnyPoint_leaveNothing() throws Exception {
    serve("Wire", "max_inflight", "1");
    String reads = Container.head("POST", "/", "do: closeIn");
    String waits = Container.head("GET", "/", "do: chunks", "meet: openfaas") + "\r\n";
    String large = "\r\n" + Integer.toHexString(70_000) + "\r\n" + "x".repeat(70_000);
    for (boolean reset : new boolean[] {true, false}) {
      leaveAfter(reads, reset, () -> container.server().connections() == 1);
      leaveAfter(reads + "Content-Length: 5\r\n\r\n", reset, this::isInFlight);
      leaveAfter(reads + "Content-Length: 5\r\n\r\nab", reset, this::isInFlight);
      leaveAfter(reads + "Transfer-Encoding: chunked\r\n" + large, reset, this::isInFunction);
      leaveAfter(Container.head("GET", "/", "do: endless") + "\r\n", reset, this::isInFunction);
    }
    try (Meeting meeting = new Meeting("openfaas", 1)) {
      leaveAfter(waits, true, meeting::isAnyoneIn);
    }
    assertThat(container.get("/").text()).isEqualTo("body");
  }

  private boolean isInFlight() throws IOException {
    return container.metric("http_requests_in_flight").equals("1");
  }

  private boolean isInFunction() {
    return container.hearth().functions().iterator().next().inFlight() == 1;
  }

  private void leaveAfter(String request, boolean reset, Callable<Boolean> seen) throws Exception {
    RawClient client = container.connect();
    client.send(request);
    await().pollInterval(Duration.ofMillis(10)).until(seen);
    if (reset) {
      client.reset();
    } else {
      client.leave();
    }
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              assertThat(container.server().connections()).isZero();
              assertThat(container.hearth().functions().iterator().next().inFlight()).isZero();
              assertThat(container.metric("http_requests_in_flight")).isEqualTo("0");
              assertThat(container.get("/_/ready").status()).isEqualTo(200);
            });
  }
}
