package dev.hearth.http.contract.kubeless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Start;
import dev.hearth.http.contract.Streams;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance cases of Kubeless' contract (K) and of Kyma's flavour (Y), by number. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class KubelessWireTest {

  private static final Path PROVIDED =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target", "provided");

  private static final String FUNCTION =
      """
      package io.kubeless;
      public class Foo {
        private int calls;
        public String foo(Event event, Context context) throws Exception {
          calls++;
          if (event.Data.equals("boom")) { throw new IllegalStateException("secret"); }
          if (event.Data.equals("bang")) { throw new AssertionError("secret"); }
          if (event.Data.equals("null")) { return null; }
          if (event.Data.equals("calls")) { return String.valueOf(calls); }
          if (event.Data.equals("context")) {
            return context.functionName + "|" + context.timeout + "|" + context.runtime + "|"
                + context.memoryLimit;
          }
          if (event.Data.equals("event")) {
            return event.EventID + "|" + event.EventType + "|" + event.EventTime + "|"
                + event.EventNamespace;
          }
          if (event.Data.startsWith("meet ")) { meet(event.Data.substring(5)); }
          if (event.Data.startsWith("spin ")) { spin(event.Data.substring(5)); }
          if (event.Data.startsWith("stay ")) { stay(event.Data.substring(5)); }
          return event.Data;
        }
        private static java.util.concurrent.CountDownLatch latch(String key) {
          return (java.util.concurrent.CountDownLatch) System.getProperties().get(key);
        }
        private static void meet(String key) throws Exception {
          latch(key + ".entered").countDown();
          latch(key + ".go").await(60, java.util.concurrent.TimeUnit.SECONDS);
        }
        private static void spin(String key) {
          java.util.concurrent.CountDownLatch go = latch(key + ".go");
          latch(key + ".entered").countDown();
          while (go.getCount() > 0) { Thread.onSpinWait(); }
        }
        private static void stay(String key) {
          java.util.concurrent.CountDownLatch go = latch(key + ".go");
          var gone = java.util.concurrent.CompletableFuture.runAsync(() -> {
            try {
              go.await(60, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
          latch(key + ".entered").countDown();
          gone.join();
        }
      }
      """;

  private static final Map<String, String> KUBELESS =
      Map.of(
          "MOD_NAME", "Foo",
          "FUNC_HANDLER", "foo",
          "FUNC_TIMEOUT", "180",
          "FUNC_RUNTIME", "java11",
          "FUNC_MEMORY_LIMIT", "128Mi");

  private static final Map<String, String> KYMA =
      Map.of(
          "FUNC_NAME", "orders",
          "SERVICE_NAMESPACE", "default",
          "FUNC_RUNTIME", "hearth",
          "HANDLER_MOD_NAME", "Foo",
          "HANDLER_FUNC_NAME", "foo");

  @TempDir Path directory;
  private TestHost host;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private Duration patience = Duration.ofMillis(300);
  private final List<String> stops = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    if (host != null) {
      host.close();
    }
  }

  /** Serves the function as the command would, by what the variables say. */
  private void serve(Map<String, String> environment) throws IOException {
    Hearth hearth =
        Hearth.builder().providedApis(PROVIDED).drainLimit(Duration.ofSeconds(5)).build();
    Start start = new KubelessPlatform().start(environment);
    try {
      hearth.deploy(
          start.name() == null ? "function" : start.name().value(),
          FunctionSpec.builder(jar())
              .handler(Objects.requireNonNull(start.handler()).value())
              .runTimeout(Objects.requireNonNull(start.runTimeout()).value())
              .env(start.variables())
              .build());
    } catch (DeployException e) {
      hearth.close();
      throw e;
    }
    ContractHost process = new OwnProcess(hearth, environment);
    host = TestHost.serve(hearth, new KubelessContract(process, patience), HttpLimits.defaults());
  }

  private void serve(Map<String, String> environment, String... more) throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    serve(all);
  }

  private Path jar() {
    return TestJar.of(directory)
        .compileOnly(PROVIDED.resolve("kubeless").resolve("kubeless-api.jar"))
        .source("io.kubeless.Foo", FUNCTION)
        .build("function.jar");
  }

  private static Map<String, String> flavour(String name) {
    return name.equals("K") ? KUBELESS : KYMA;
  }

  private Answered ask(String method, String path, String body, String... headers)
      throws IOException {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head =
        new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(utf8.length).append("\r\n\r\n");
    try (RawClient client = host.connect()) {
      return client.send(head.toString()).send(utf8).read(method.equals("HEAD"));
    }
  }

  private Answered post(String body, String... headers) throws IOException {
    return ask("POST", "/", body, headers);
  }

  private String metric(String line) throws IOException {
    return host.get("/metrics")
        .text()
        .lines()
        .filter(each -> each.startsWith(line + " "))
        .map(each -> each.substring(line.length() + 1))
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource({"K", "Y"})
  void kubeless_case_K2_Y2_anyPathAndMethod_callsTheFunction(String flavour) throws IOException {
    serve(flavour(flavour));

    assertThat(host.get("/").status()).isEqualTo(200);
    assertThat(host.get("/any/deep/path?x=1").status()).isEqualTo(200);
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
      assertThat(ask(method, "/a/b", method).text()).isEqualTo(method);
    }
    assertThat(ask("HEAD", "/", "").status()).isEqualTo(200);
  }

  @Test
  void kubeless_case_K3_jsonBody_isEchoedByteForByte() throws IOException {
    serve(KUBELESS);

    for (String body : new String[] {"{\"its\":\"alive\"}", "{\n \"a\":\r\n\t\"☃\"\n}\n"}) {
      assertThat(post(body, "Content-Type: application/json").text()).isEqualTo(body);
    }
  }

  @Test
  void kubeless_case_K4_eventHeaders_areFieldsInAnyCase() throws IOException {
    serve(KUBELESS);

    assertThat(
            post(
                    "event",
                    "event-id: 1",
                    "EVENT-TYPE: application/json",
                    "Event-Time: 2026-01-01T00:00:00Z",
                    "eVENT-nAMESPACE: cli.kubeless.io")
                .text())
        .isEqualTo("1|application/json|2026-01-01T00:00:00Z|cli.kubeless.io");
    assertThat(post("event").text()).isEqualTo("|||");
  }

  @Test
  void kubeless_case_K5_Y5_context_isTheVariables() throws IOException {
    serve(KUBELESS);
    assertThat(post("context").text()).isEqualTo("foo|180|java11|128Mi");
    host.close();

    serve(KYMA, "FUNC_TIMEOUT", "7");
    assertThat(post("context").text()).isEqualTo("foo|7|hearth|0");
  }

  @ParameterizedTest
  @CsvSource({
    "K,boom,Error: 500 Internal Server Error",
    "K,bang,Error: 500 Internal Server Error",
    "Y,boom,Internal server error",
    "Y,bang,Internal server error"
  })
  void kubeless_case_K6_K7_Y6_Y7_failure_is500AndCounted(
      String flavour, String body, String expected) throws IOException {
    serve(flavour(flavour));

    Answered answer = post(body);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).isEqualTo(expected);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(post("fine").text()).isEqualTo("fine");
    assertThat(metric("function_calls_total{method=\"POST\"}")).isEqualTo("2");
    assertThat(metric("function_failures_total{method=\"POST\"}")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"K", "Y"})
  void kubeless_case_K8_Y8_nullResult_isAnEmptyAnswer(String flavour) throws IOException {
    serve(flavour(flavour));

    Answered answer = post("null");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"K,Timeout exceeded", "Y,Timeout while processing the function"})
  void kubeless_case_K9_Y9_callThatTakesTooLong_is408AtItsTime(String flavour, String expected)
      throws Exception {
    serve(flavour(flavour), "FUNC_TIMEOUT", "1");
    try (Meeting meeting = new Meeting("kubeless", 1)) {
      long begin = System.nanoTime();

      Answered answer = post("meet kubeless");

      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.text()).isEqualTo(expected);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(Duration.ofMillis(950), Duration.ofSeconds(20));
      assertThat(meeting.isAnyoneIn()).isTrue();
      assertThat(host.get("/healthz").text()).isEqualTo("OK");
      assertThat(post("later").text()).isEqualTo("later");
      assertThat(metric("function_failures_total{method=\"POST\"}")).isEqualTo("1");
    }
    assertThat(stops).as("it honoured its interrupt").isEmpty();
  }

  @Test
  void kubeless_case_K9_codeThatSpins_isStoppedAndTheProcessKept() throws Exception {
    patience = Duration.ofSeconds(30);
    serve(KUBELESS, "FUNC_TIMEOUT", "1");
    try (Meeting meeting = new Meeting("kubeless", 1)) {
      assertThat(post("spin kubeless").status()).isEqualTo(408);
      assertThat(meeting.isAnyoneIn()).isTrue();

      await().until(() -> lateWatches() == 0);
      assertThat(stops).isEmpty();
      assertThat(post("later").text()).isEqualTo("later");
    }
  }

  /** Those who wait for code that runs on past its time. */
  private static long lateWatches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("hearth-kubeless-late"))
        .count();
  }

  @Test
  void kubeless_case_K9_codeThatDoesNotStop_endsTheProcess() throws Exception {
    serve(KUBELESS, "FUNC_TIMEOUT", "1");
    try (Meeting meeting = new Meeting("kubeless", 1)) {
      assertThat(post("stay kubeless").status()).isEqualTo(408);
      assertThat(meeting.isAnyoneIn()).isTrue();

      await().until(() -> stops.size() == 1);
      assertThat(stops.get(0)).startsWith("1 function 'function' still runs 300 ms after");
      assertThat(host.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void kubeless_case_K10_Y10_metrics_matchWhatWasSent() throws IOException {
    serve(KUBELESS);
    for (int i = 0; i < 3; i++) {
      host.get("/");
    }
    post("a");

    Answered page = host.get("/metrics");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(page.text())
        .contains(
            "# TYPE function_calls_total counter\n",
            "# TYPE function_failures_total counter\n",
            "# TYPE function_duration_seconds histogram\n",
            "function_calls_total{method=\"GET\"} 3\n",
            "function_calls_total{method=\"POST\"} 1\n",
            "function_duration_seconds_count{method=\"GET\"} 3\n",
            "function_duration_seconds_bucket{method=\"GET\",le=\"+Inf\"} 3\n");
    assertThat(Double.parseDouble(metric("function_duration_seconds_sum{method=\"GET\"}")))
        .isPositive()
        .isLessThan(30);
  }

  @ParameterizedTest
  @CsvSource({
    "name[]=function_calls_total",
    "x=1&name%5B%5D=function%5Fcalls_total&name[]=unknown"
  })
  void kubeless_case_K10_metricsByName_areThoseAlone(String query) throws IOException {
    serve(KUBELESS);

    assertThat(host.get("/metrics?" + query).text())
        .contains("function_calls_total")
        .doesNotContain("function_failures_total", "function_duration_seconds");
  }

  @Test
  void kubeless_case_K10_clientThatLeft_isStillCounted() throws Exception {
    serve(KUBELESS);
    try (Meeting meeting = new Meeting("kubeless", 1)) {
      RawClient client = host.connect();
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\r\nmeet kubeless");
      assertThat(meeting.awaitEntered()).isTrue();

      client.reset();

      await().until(() -> metric("function_calls_total{method=\"POST\"}").equals("1"));
      assertThat(metric("function_failures_total{method=\"POST\"}")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"K", "Y"})
  void kubeless_case_K11_Y11_healthAndMetrics_areNoCalls(String flavour) throws IOException {
    serve(flavour(flavour));

    for (int i = 0; i < 3; i++) {
      Answered health = host.get("/healthz");
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.text()).isEqualTo("OK");
      host.get("/metrics");
      assertThat(ask("POST", "/healthz", "").status()).isEqualTo(405);
    }

    assertThat(post("calls").text()).isEqualTo("1");
    assertThat(metric("function_calls_total{method=\"POST\"}")).isEqualTo("1");
    assertThat(metric("function_calls_total{method=\"GET\"}")).isEmpty();
  }

  @Test
  void kubeless_case_K12_Y12_fiftyCalls_runAtOnceAndHealthAnswersMeanwhile() throws Exception {
    serve(KUBELESS);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    try (Meeting meeting = new Meeting("kubeless", 50)) {
      for (int i = 0; i < 50; i++) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return post("meet kubeless").status();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                },
                task -> new Thread(task).start()));
      }
      assertThat(meeting.awaitEntered()).as("all fifty are in the function").isTrue();
      assertThat(host.get("/healthz").status()).isEqualTo(200);
      meeting.go();
      for (CompletableFuture<Integer> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Gone,foo,handler class Gone is not in archive",
    "Foo,gone,has no public method gone that takes io.kubeless.Event"
  })
  void kubeless_case_K13_whatIsNotThere_isRefusedByName(
      String type, String method, String expected) {
    assertThatThrownBy(() -> serve(KUBELESS, "MOD_NAME", type, "FUNC_HANDLER", method))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource({"K", "Y"})
  void kubeless_case_K14_Y14_preflight_isAnsweredAndEchoed(String flavour) throws IOException {
    serve(flavour(flavour));

    Answered preflight =
        ask(
            "OPTIONS",
            "/a/b",
            "",
            "Origin: https://example.org",
            "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Headers: X-One, X-Two");

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("PUT");
    assertThat(preflight.header("Access-Control-Allow-Headers")).isEqualTo("X-One, X-Two");
    assertThat(post("a").header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(post("calls").text()).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource({
    "REQ_MB_LIMIT,1,1048576",
    "FUNC_BODY_MB_LIMIT,2,2097152",
    "FUNC_MEMFILE_MAX,1000,1000",
    "FUNC_MEMFILE_MAX,0,0"
  })
  void kubeless_case_K15_Y15_bodyOverTheLimit_is413(String variable, String value, int limit)
      throws IOException {
    serve(KUBELESS, variable, value);

    assertThat(post("a".repeat(limit)).status()).isEqualTo(200);
    assertThat(post("a".repeat(limit + 1)).status()).isEqualTo(413);
    assertThat(metric("function_calls_total{method=\"POST\"}")).isEqualTo("1");
  }

  @Test
  void kubeless_case_K15_limitThatMakesNoSense_namesTheVariable() {
    assertThatThrownBy(() -> serve(KUBELESS, "REQ_MB_LIMIT", "many"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("REQ_MB_LIMIT is 'many'");
  }

  @Test
  void kubeless_case_Y17_cloudEvents_fillTheEventAndHalfOfOneDoesNot() throws IOException {
    serve(KYMA);
    String attributes = "\"specversion\":\"1.0\",\"source\":\"contract-test\",\"id\":\"8\"";

    assertThat(
            post(
                    "event",
                    "ce-type: test-binary",
                    "ce-source: contract-test",
                    "ce-specversion: 1.0",
                    "ce-id: 7",
                    "ce-eventtypeversion: v1alpha2")
                .text())
        .isEqualTo("7|test-binary||contract-test");
    assertThat(
            post(
                    "{" + attributes + ",\"type\":\"test-structured\",\"data\":\"event\"}",
                    "Content-Type: application/cloudevents+json")
                .text())
        .isEqualTo("8|test-structured||contract-test");
    assertThat(post("event", "ce-type: only-one").text()).isEqualTo("|||");
    assertThat(
            post(
                    "{" + attributes + ",\"type\":\"t\",\"data\":{\"hello\":\"you\"}}",
                    "Content-Type: application/cloudevents+json; charset=utf-8")
                .text())
        .isEqualTo("{\"hello\":\"you\"}");
  }

  @Test
  void C16_structuredEventThatIsNone_is400() throws IOException {
    serve(KYMA);

    assertThat(post("[]", "Content-Type: application/cloudevents+json").status()).isEqualTo(400);
    assertThat(metric("function_failures_total{method=\"POST\"}")).isEmpty();
  }

  @Test
  void kubeless_case_Y19_icon_isEmptyAndEnded() throws IOException {
    serve(KYMA);
    try (RawClient client = host.connect()) {
      client.send(
          "GET /favicon.ico HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(client.read().status()).isEqualTo(204);
      assertThat(client.read().text()).isEqualTo("OK");
    }
  }

  @Test
  void kubeless_case_K19_icon_isTheFunctions() throws IOException {
    serve(KUBELESS);

    assertThat(host.get("/favicon.ico").status()).isEqualTo(200);
    assertThat(metric("function_calls_total{method=\"GET\"}")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"K", "Y"})
  void kubeless_case_K22_Y22_state_survivesBetweenCalls(String flavour) throws IOException {
    serve(flavour(flavour));

    for (int i = 1; i <= 3; i++) {
      assertThat(post("calls").text()).isEqualTo(String.valueOf(i));
    }
  }

  @ParameterizedTest
  @CsvSource({"K,KYMA_INTERNAL_LOGGER_ENABLED", "Y,SERVER_INTERNAL_LOGGER"})
  void kubeless_case_K24_Y24_accessLog_isALineForEachRequest(String flavour, String variable)
      throws IOException {
    serve(flavour(flavour), variable, "true");

    host.get("/healthz");
    ask("POST", "/a?b=\"c\"", "boom", "User-Agent: test \"quoted\"");
    ask("PUT", "/a", "fine");

    await().until(() -> out.size() == 3);
    assertThat(out.get(0))
        .matches(
            "- - - \\[\\d\\d/\\w{3}/\\d{4}:[\\d:]{8} \\+0000] \"GET /healthz HTTP/1.1\" 200 - .*");
    assertThat(out.get(1))
        .endsWith("\"POST /a?b=\\\"c\\\" HTTP/1.1\" 500 - \"-\" \"test \\\"quoted\\\"\"");
    assertThat(out.get(2)).contains("\"PUT /a HTTP/1.1\" 200 -");
  }

  @ParameterizedTest
  @CsvSource({"K,", "K,false", "Y,0", "Y,off"})
  void kubeless_case_K24_Y24_accessLogThatIsOff_writesNothing(String flavour, String value)
      throws IOException {
    serve(flavour(flavour), "SERVER_INTERNAL_LOGGER", value == null ? "" : value);

    post("fine");
    host.close();

    assertThat(out).noneMatch(line -> line.contains("POST"));
  }

  @Test
  void kubeless_case_Y20_stopping_isSaid() throws IOException {
    serve(KYMA);

    host.server().close(Duration.ofSeconds(5));

    assertThat(out).containsExactly("Shutting down..");
  }

  @Test
  void withoutAFunction_callsAndHealthAre500() throws IOException {
    Hearth hearth = Hearth.builder().build();
    host =
        TestHost.serve(
            hearth, new KubelessContract(new OwnProcess(hearth, KYMA)), HttpLimits.defaults());

    assertThat(host.get("/healthz").status()).isEqualTo(500);
    assertThat(host.get("/").status()).isEqualTo(500);
    assertThat(host.get("/").text()).isEqualTo("User function not loaded");
  }

  /** A process whose end and whose output are noted. */
  private final class OwnProcess implements ContractHost, Streams {
    private final Hearth hearth;
    private final Map<String, String> environment;

    OwnProcess(Hearth hearth, Map<String, String> environment) {
      this.hearth = hearth;
      this.environment = environment;
    }

    @Override
    public Hearth hearth() {
      return hearth;
    }

    @Override
    public Map<String, String> environment() {
      return environment;
    }

    @Override
    public Streams streams() {
      return this;
    }

    @Override
    public void stop(int exitCode, String reason) {
      stops.add(exitCode + " " + reason);
    }

    @Override
    public void out(String line) {
      out.add(line);
    }

    @Override
    public void err(String line) {
      throw new AssertionError("nothing is written there: " + line);
    }

    @Override
    public void mark(String line) {
      throw new AssertionError("no marks are asked for: " + line);
    }
  }
}
