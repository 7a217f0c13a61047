package dev.hearth.http.contract.fn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.HttpLimits;
import dev.hearth.http.testing.RawClient.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of Fn's contract that are about its wire, with functions of Fn's kit. */
@Timeout(60)
final class FnWireTest {

  @TempDir private static Path jars;
  private static Path jar;

  @TempDir private Path directory;
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @BeforeAll
  static void build() {
    jar = FnJar.build(jars);
  }

  @BeforeEach
  void meet() {
    System.getProperties().put("t.entered", entered);
    System.getProperties().put("t.interrupted", interrupted);
    System.getProperties().put("t.go", go);
  }

  @AfterEach
  void part() {
    go.countDown();
    for (String key : new String[] {"t.entered", "t.interrupted", "t.go"}) {
      System.getProperties().remove(key);
    }
  }

  private FnContainer with(String method) throws IOException {
    return FnContainer.with(directory, jar, "t.Kit::" + method);
  }

  @Test
  void fn_case_03_call_isAnsweredWithTheBodyAndWhoMadeIt() throws IOException {
    try (FnContainer container = with("echo")) {
      Answered answer = container.call("hello", "Content-Type: text/plain");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("hello");
      assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
      assertThat(answer.header("Fn-Fdk-Version")).startsWith("fdk-hearth/").contains("jvm=");
      assertThat(answer.header("Fn-Fdk-Runtime")).startsWith("java/");
    }
  }

  @Test
  void fn_facts_areTheHeadersAndTheVariables() throws IOException {
    try (FnContainer container = with("facts");
        Agent agent = container.connect()) {
      String head = Agent.headUntil("2030-01-02T03:04:05+02:00", 0);

      assertThat(agent.send(head).read().text())
          .isEqualTo(Agent.ID + " 2030-01-02T01:04:05Z red fn1 false");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fn-Call-Id: 1", "Fn-Deadline: 2030-01-02T03:04:05Z"})
  void fn_case_04_missingHeader_answers500(String theOther) throws IOException {
    try (FnContainer container = with("echo");
        Agent agent = container.connect()) {
      Answered answer = agent.send(Agent.headWithout(2, theOther)).send("hi").read();

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.text())
          .startsWith("{ \"message\":\"Invalid input for function\", \"detail\":\"")
          .contains("is missing");
      assertThat(agent.call("next").text()).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.123Z",
        "2026-01-01T00:00:00+02:00",
        "2002-10-02T10:00:00.992Z",
        "2040-01-01T00:00:00Z"
      })
  void fn_case_05_anyTime_isAccepted(String deadline) throws IOException {
    try (FnContainer container = with("echo");
        Agent agent = container.connect()) {
      assertThat(agent.send(Agent.headUntil(deadline, 2)).send("hi").read().text()).isEqualTo("hi");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomorrow", "2026-01-01", "2026-02-30T00:00:00Z", "\"\\<x>"})
  void fn_case_05_noTime_answers500(String deadline) throws IOException {
    try (FnContainer container = with("echo");
        Agent agent = container.connect()) {
      Answered answer = agent.send(Agent.headUntil(deadline, 2)).send("hi").read();

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).contains("Fn-Deadline is '").doesNotContain("\\");
    }
  }

  @Test
  void fn_deadlinePassed_answers504AndRunsNothing() throws IOException {
    try (FnContainer container = with("wait");
        Agent agent = container.connect()) {
      String passed = Instant.now().minusSeconds(10).toString();

      assertThat(agent.send(Agent.headUntil(passed, 0)).read().status()).isEqualTo(504);
      assertThat(entered.getCount()).isEqualTo(1);
    }
  }

  @Test
  void fn_case_06_exception_answers502AndTheLogSaysWhy() throws IOException {
    try (FnContainer container = with("boom");
        Agent agent = container.connect()) {
      for (int i = 0; i < 2; i++) {
        Answered answer = agent.call("now" + i);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Fn-Fdk-Version")).isNotEmpty();
        assertThat(container.log())
            .contains("err: An error occurred in function: boom now" + i)
            .contains("at t.Kit.boom(Kit.java");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "t.Absent::f, t.Absent",
    "t.Kit::absent, absent",
    "t.NoStart::f, no start",
    "t.NoConfig::f, no config"
  })
  void fn_case_07_functionThatCannotServe_answers502EachTime(String handler, String told)
      throws IOException {
    try (FnContainer container = FnContainer.with(directory, jar, handler);
        Agent agent = container.connect()) {
      for (int i = 0; i < 2; i++) {
        Answered answer = agent.call("x");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).isEmpty();
      }
      assertThat(container.log().split("err: ", -1)).hasSize(3);
      assertThat(container.log()).contains(told);
    }
  }

  @Test
  void fn_case_08_error_answers502AndTheNextCallIsServed() throws IOException {
    try (FnContainer container = with("deep");
        Agent agent = container.connect()) {
      assertThat(agent.call("").status()).isEqualTo(502);
      assertThat(agent.call("next").text()).isEqualTo("next");
      assertThat(container.log()).contains("StackOverflowError");
    }
  }

  @ParameterizedTest
  @CsvSource({"Success, 200", "FunctionError, 502", "FunctionTimeout, 504", "InternalError, 500"})
  void fn_case_09_event_hasItsStatus(String status, int expected) throws IOException {
    try (FnContainer container = with("status")) {
      Answered answer = container.call(status);

      assertThat(answer.status()).isEqualTo(expected);
      assertThat(answer.text()).isEqualTo(status);
      assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    }
  }

  @Test
  void fn_case_10_trigger_showsTheClientsRequestAndCarriesItsAnswer() throws IOException {
    try (FnContainer container = with("trigger")) {
      Answered answer =
          container.call(
              "",
              "Fn-Intent: httprequest",
              "Fn-Http-Method: GET",
              "Fn-Http-Request-Url: http://fn.example/t/app/x?q=1%202",
              "Fn-Http-H-X-Mine: yes");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Fn-Http-Status")).isEqualTo("302");
      assertThat(answer.header("Fn-Http-H-Location")).isEqualTo("/there");
      assertThat(answer.all("Fn-Http-H-Set-Cookie")).containsExactly("a=1", "b=2");
      assertThat(answer.text())
          .isEqualTo("GET http://fn.example/t/app/x?q=1%202 yes 1 2 httprequest");
    }
  }

  @Test
  void fn_case_11_framingHeaders_areTheServers() throws IOException {
    try (FnContainer container = with("framing");
        Agent agent = container.connect()) {
      for (int i = 0; i < 2; i++) {
        Answered answer = agent.call("x");

        assertThat(answer.text()).isEqualTo("longer than five");
        assertThat(answer.all("Content-Length")).containsExactly("16");
        assertThat(answer.header("Connection")).isEmpty();
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
        assertThat(answer.all("Fn-Fdk-Version")).hasSize(1).doesNotContain("mine");
      }
    }
  }

  @Test
  void fn_case_12_repeatedHeaders_surviveBothWays() throws IOException {
    try (FnContainer container = with("repeated")) {
      Answered answer = container.call("", "X-In: a", "X-In: b");

      assertThat(answer.text()).isEqualTo("[a, b]");
      assertThat(answer.all("X-Out")).containsExactly("1", "2");
    }
  }

  @Test
  void fn_case_13_bodies_long_chunkedAndNone() throws IOException {
    byte[] body = new byte[10 << 20];
    new Random(1).nextBytes(body);
    try (FnContainer container = with("echo");
        Agent agent = container.connect()) {
      assertThat(Arrays.equals(agent.call(body).body(), body)).isTrue();
      agent.send(Agent.head(-1)).send("5\r\nhello\r\n").send("6\r\n chunk\r\n0\r\n\r\n");
      assertThat(agent.read().text()).isEqualTo("hello chunk");
      assertThat(agent.call("").body()).isEmpty();
    }
  }

  @Test
  void fn_case_14_200callsOnOneConnectionAndOnOneEach() throws IOException {
    try (FnContainer container = with("text")) {
      StringBuilder body = new StringBuilder();
      try (Agent agent = container.connect()) {
        for (int i = 0; i < 200; i++) {
          body.append("x".repeat(100));
          assertThat(agent.call(body.toString()).text()).hasSize(body.length());
        }
      }
      for (int i = 0; i < 200; i++) {
        assertThat(container.call("n" + i).text()).isEqualTo("n" + i);
      }
      await().until(() -> container.server().connections() == 0);
    }
  }

  @Test
  void fn_case_15_secondConnectionWhileTheFirstIsIdle_isServed() throws IOException {
    try (FnContainer container = with("text");
        Agent first = container.connect()) {
      assertThat(first.call("1").text()).isEqualTo("1");
      try (Agent second = container.connect()) {
        assertThat(second.call("2").text()).isEqualTo("2");
        assertThat(first.call("3").text()).isEqualTo("3");
      }
    }
  }

  @Test
  void fn_case_16_deadline_answers504InTimeAndTheNextCallIsServed() throws Exception {
    try (FnContainer container = with("wait");
        Agent agent = container.connect()) {
      Instant deadline = Instant.now().plusMillis(500).truncatedTo(ChronoUnit.MILLIS);

      Answered late = agent.send(Agent.headUntil(deadline.toString(), 0)).read();

      assertThat(Instant.now()).isBefore(deadline.plusMillis(200)); // a busy machine is given some
      assertThat(late.status()).isEqualTo(504);
      assertThat(late.body()).isEmpty();
      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
      go.countDown();
      assertThat(agent.call("").text()).isEqualTo("waited");
      assertThat(container.stopped()).isEmpty();
    }
  }

  @Test
  void fn_codeThatRunsOnPastItsDeadline_hasTheProcessEnd() throws Exception {
    try (FnContainer container = with("stubborn");
        Agent agent = container.connect()) {
      String deadline = Instant.now().plusMillis(300).toString();

      assertThat(agent.send(Agent.headUntil(deadline, 0)).read().status()).isEqualTo(504);

      await().until(() -> !container.stopped().isEmpty());
      assertThat(container.stopped().get(0)).startsWith("1 ").contains("still runs");
      go.countDown();
    }
  }

  @Test
  void fn_case_17_stateStays_andConfigurationRanOnce() throws IOException {
    try (FnContainer container = with("count")) {
      assertThat(container.call("").text()).isEqualTo("1 1 1");
      assertThat(container.call("").text()).isEqualTo("1 2 2");
    }
  }

  @Test
  void fn_case_19_logFrame_comesBeforeWhatTheCallSays() throws IOException {
    Map<String, String> variables = new HashMap<>(FnContainer.VARIABLES);
    variables.put("FN_LOGFRAME_NAME", "frame");
    variables.put("FN_LOGFRAME_HDR", "Opc-Request-Id");
    for (String handler : new String[] {"t.Kit::boom", "t.Absent::f"}) {
      try (FnContainer container = FnContainer.with(directory, jar, handler, variables)) {
        container.call("", "Opc-Request-Id: r1");
        assertThat(container.log()).startsWith("out: \nframe=r1\n\nerr: \nframe=r1\n\nerr: ");

        int before = container.log().length();
        container.call("");
        assertThat(container.log().substring(before)).doesNotContain("frame=");
      }
    }
  }

  @Test
  void fn_case_23_json_isBoundAndAnswered() throws IOException {
    String json = "Content-Type: application/json";
    try (FnContainer container = with("person")) {
      assertThat(container.call("{\"name\":\"x\",\"age\":3}", json).text()).isEqualTo("x3");
      Answered malformed = container.call("{\"name\":", json);
      assertThat(malformed.status()).isEqualTo(502);
      assertThat(malformed.body()).isEmpty();
      assertThat(container.log()).isNotEmpty();
    }
    try (FnContainer container = with("list")) {
      assertThat(container.call("[1,2,3]", json).text()).isEqualTo("[3,2,1]");
    }
    try (FnContainer container = with("map")) {
      Answered answer = container.call("{\"a\":1}", json);
      assertThat(answer.text()).isEqualTo("{\"a\":2}");
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }
  }

  @Test
  void fn_case_24_text_isUtf8() throws IOException {
    try (FnContainer container = with("text")) {
      assertThat(container.call("grüße ❄ 𝄞").body()).isEqualTo("grüße ❄ 𝄞".getBytes(UTF_8));
    }
  }

  @Test
  void fn_otherPathsAndMethods_areRefused() throws IOException {
    try (FnContainer container = with("echo");
        Agent agent = container.connect()) {
      agent.send(Agent.head(0).replace("/call", "/other"));
      assertThat(agent.read().status()).isEqualTo(404);
      agent.send(Agent.head(0).replace("POST", "GET"));
      Answered wrong = agent.read();
      assertThat(wrong.status()).isEqualTo(405);
      assertThat(wrong.header("Allow")).isEqualTo("POST");
      assertThat(agent.call("x").text()).isEqualTo("x");
    }
  }

  @Test
  void fn_agentLeavesWhileTheCallRuns_stopsIt() throws Exception {
    try (FnContainer container = with("wait")) {
      try (Agent agent = container.connect()) {
        agent.send(Agent.head(0));
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
      awaitNothing(container);
      go.countDown();
      assertThat(container.call("").text()).isEqualTo("waited");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // connects and leaves
        "POST /ca",
        "POST /call HTTP/1.1\r\nHost: localhost\r\nFn-Call-Id: 1\r\n",
        "head and half of a body",
        "head and half of a long body"
      })
  void fn_agentLeavesBeforeItsCallIsThere_leavesNothing(String sent) throws Exception {
    String half = sent;
    if (sent.endsWith("body")) {
      long length = sent.contains("long") ? 1_000_000 : 10;
      half = Agent.head(length) + "x".repeat((int) length / 2);
    }
    try (FnContainer container = with("echo")) {
      try (Agent agent = container.connect()) {
        agent.send(half);
      }
      awaitNothing(container);
      assertThat(container.call("x").text()).isEqualTo("x");
    }
  }

  @Test
  void fn_agentLeavesInTheMiddleOfTheAnswer_leavesNothing() throws Exception {
    byte[] body = new byte[10 << 20];
    try (FnContainer container = with("echo")) {
      try (Agent agent = container.connect()) {
        agent.send(Agent.head(body.length)).send(body);
        assertThat(agent.readHead().status()).isEqualTo(200);
      }
      awaitNothing(container);
      assertThat(container.call("x").text()).isEqualTo("x");
    }
  }

  private static void awaitNothing(FnContainer container) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                container.server().connections() == 0
                    && container.hearth().functions().iterator().next().inFlight() == 0);
  }

  /** The kit sets no time limits of its own, and what is frozen for a while has done nothing wrong. */
  @Test
  void fn_slowAgent_isWaitedFor() throws IOException {
    HttpLimits hasty =
        HttpLimits.builder()
            .headerTimeout(Duration.ofMillis(50))
            .bodyGrace(Duration.ofMillis(50))
            .idleTimeout(Duration.ofMillis(50))
            .bodyBytesPerSecond(1 << 20)
            .build();
    try (FnContainer container = FnContainer.with(directory, jar, "t.Kit::text", hasty);
        Agent slow = container.connect()) {
      String head = Agent.head(4);

      keepBusy(container);
      slow.send(head.substring(0, 20));
      keepBusy(container);
      slow.send(head.substring(20)).send("sl");
      keepBusy(container);

      assertThat(slow.send("ow").read().text()).isEqualTo("slow");
    }
  }

  /** Lets a while go by in which the server is alive. */
  private static void keepBusy(FnContainer container) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(150);
    while (System.nanoTime() - end < 0) {
      assertThat(container.call("x").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"t.Kit::text, 200, waits", "t.Upper, 200, WAITS", "t.Absent::f, 502, ''"})
  void fn_callBeforeTheFunctionIsDeployed_waits(String handler, int status, String text)
      throws IOException {
    try (FnContainer container = FnContainer.early(directory, jar, handler);
        Agent agent = container.connect()) {
      agent.send(Agent.head(5, "Content-Type: text/plain")).send("waits");
      await().until(() -> threads("hearth-fn-start") > 0);

      container.deploy();

      Answered answer = agent.read();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text()).isEqualTo(text);
      assertThat(agent.call("next").status()).isEqualTo(status);
    }
  }

  @Test
  void fn_functionThatIsNotDeployedInTime_answers504() throws IOException {
    try (FnContainer container = FnContainer.early(directory, jar, "t.Kit::text");
        Agent agent = container.connect()) {
      String deadline = Instant.now().plusMillis(200).toString();

      assertThat(agent.send(Agent.headUntil(deadline, 0)).read().status()).isEqualTo(504);

      agent.send(Agent.head(0)); // waits still when the container ends
      await().until(() -> threads("hearth-fn-start") > 0);
    }
    await().until(() -> threads("hearth-fn-start") == 0);
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }

  @Test
  void fn_closed_leavesNoFile() throws IOException {
    FnContainer container = with("echo");
    assertThat(container.socket()).exists();

    container.close();

    assertThat(directory).isEmptyDirectory();
  }
}
