package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.CallObserver;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.Decision;
import dev.hearth.http.contract.Dispatch;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a contract may do with a request before a function sees it, and with an answer before the client does. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
class DecisionTest {

  @TempDir Path directory;
  private Hearth hearth;
  private TestHost host;
  private TestContract contract;

  @BeforeEach
  void start() throws IOException {
    hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    Path jar = Functions.jar(directory);
    for (String name : List.of("Upper", "Bytes", "Boom", "Meet", "Echo")) {
      hearth.deploy(name, FunctionSpec.builder(jar).handler("t." + name).build());
    }
    contract = new TestContract(hearth);
    host = TestHost.serve(hearth, contract, HttpLimits.defaults());
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void decide_smallBody_isHandedOverOnTheEventLoop() throws IOException {
    assertThat(host.post("/decide/Upper", "text").text()).isEqualTo("TEXT");
    assertThat(contract.thread).startsWith("hearth-").doesNotContain("-host-");
  }

  @Test
  void decide_greatBody_isHandedOverWhereItMayTakeTime() throws IOException {
    String text = "a".repeat(200_000);

    assertThat(host.post("/decide/Upper", text).text()).isEqualTo("A".repeat(200_000));
    assertThat(contract.thread).contains("-host-");
  }

  @Test
  void readBody_thenDispatch_callsTheFunctionWithTheBody() throws IOException {
    assertThat(host.post("/read/Upper", "text").text()).isEqualTo("TEXT");
    assertThat(contract.thread).contains("-host-");
  }

  @Test
  void decide_answer_isTheClients() throws IOException {
    Answered answer = host.post("/decide/answer", "text");

    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.text()).isEqualTo("answered text");
  }

  @Test
  void decide_thatThrows_is500() throws IOException {
    assertThat(host.post("/decide/throw", "text").status()).isEqualTo(500);
    assertThat(host.post("/decide/Upper", "a").text()).isEqualTo("A");
  }

  @Test
  void decide_bodyOverItsLimit_is413WithoutADecision() throws IOException {
    assertThat(host.post("/decide-10/Upper", "a".repeat(11)).status()).isEqualTo(413);
    assertThat(contract.thread).isEmpty();
    assertThat(host.post("/decide-10/Upper", "a".repeat(10)).text()).isEqualTo("A".repeat(10));
  }

  @Test
  void decide_onOneConnection_leavesItUsable() throws IOException {
    try (RawClient client = host.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send("POST /decide/Upper HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na");
        assertThat(client.read().text()).isEqualTo("A");
      }
    }
  }

  @Test
  void otherRequest_isWhatTheFunctionSees() throws IOException {
    Answered answer = host.post("/other/Echo", "{\"ignored\":true}");

    assertThat(answer.text()).startsWith("POST /made?q\n").contains("length=4").endsWith("made");
  }

  @Test
  void limitBody_bodyOverIt_is413AndNeverReachesTheFunction() throws IOException {
    assertThat(host.post("/limit-5/Upper", "123456").status()).isEqualTo(413);
    assertThat(host.post("/limit-5/Upper", "abcde").text()).isEqualTo("ABCDE");
    String head = "POST /limit-5/Upper HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(host.ask(head + "4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n").status()).isEqualTo(413);
    assertThat(contract.told).containsExactly("entering", "left Returned", "ended Returned");
  }

  @Test
  void whole_longAnswer_hasALengthAndIsShownToTheContract() throws IOException {
    String text = "b".repeat(300_000);

    Answered answer = host.post("/whole-300000/Upper", text);

    assertThat(answer.header("Transfer-Encoding")).isEmpty();
    assertThat(answer.header("Content-Length")).isEqualTo("300000");
    assertThat(answer.text()).isEqualTo("B".repeat(300_000));
    assertThat(contract.whole).isEqualTo(300_000);
  }

  @Test
  void whole_answerOverTheLimit_isAFailedCall() throws IOException {
    Answered answer = host.post("/whole-10/Upper", "a".repeat(11));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("over its limit of 10 bytes");
  }

  @Test
  void whole_mapperMayAnswerInstead() throws IOException {
    assertThat(host.post("/whole-99/replace/Upper", "a").text()).isEqualTo("instead of A");
  }

  @Test
  void observer_clientThatLeft_isToldOfTheWholeCall() throws Exception {
    try (Meeting meeting = new Meeting("meet", 1)) {
      RawClient client = host.connect();
      client.send("GET /decide/Meet HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();

      client.reset();

      await().until(() -> contract.told.size() == 3);
      assertThat(contract.told).containsExactly("entering", "ended Cancelled", "left Threw");
    }
  }

  @Test
  void stopping_contractThatRefusesItself_answersNewConnectionsUntilTheLastCallEnds()
      throws Exception {
    contract.lingers = true;
    try (Meeting meeting = new Meeting("meet", 1);
        RawClient first = host.connect()) {
      first.send("GET /decide/Meet HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();
      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(() -> host.server().close(Duration.ofSeconds(60)));
      await().until(host.server()::isDraining);

      RawClient idle = host.connect(); // must not be waited for
      Answered refused = host.get("/decide/Upper");
      meeting.go();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Connection")).isEqualTo("close");
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(idle.isAtEnd()).isTrue();
      idle.close();
    }
  }

  /** Takes {@code /way/Function}. */
  private static final class TestContract implements Contract, CallObserver {
    private final Hearth hearth;
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile String thread = "";
    volatile int whole;
    volatile boolean lingers;
    private volatile boolean stopping;

    TestContract(Hearth hearth) {
      this.hearth = hearth;
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Listen defaults() {
      return new Listen("127.0.0.1", 0);
    }

    @Override
    public boolean stopping() {
      stopping = lingers;
      return lingers;
    }

    @Override
    public void handle(HttpExchange exchange) {
      if (stopping) {
        exchange.answer(Answer.text(503, "stopping"));
        return;
      }
      String path = exchange.request().path();
      String way = path.substring(1, path.indexOf('/', 1));
      String name = path.substring(path.lastIndexOf('/') + 1);
      int dash = way.indexOf('-');
      int number = dash < 0 ? 1 << 20 : Integer.parseInt(way.substring(dash + 1));
      CallDetails.Builder details = CallDetails.builder().observer(this);
      switch (dash < 0 ? way : way.substring(0, dash)) {
        case "decide" -> exchange.decide(number, body -> decided(name, body, details));
        case "read" -> exchange.readBody(number, body -> decided(name, body, details));
        case "other" -> exchange.decide(number, body -> decided(name, body, other(details)));
        case "limit" -> {
          exchange.limitBody(number);
          exchange.dispatch(List.of(function(name)), details.build(), this::map);
        }
        default -> {
          OutcomeMapper mapper =
              path.contains("/replace/")
                  ? call -> Answer.text(200, "instead of " + text(call))
                  : this::map;
          exchange.dispatch(List.of(function(name)), details.whole(number).build(), mapper);
        }
      }
    }

    private static String text(OutcomeMapper.Ended call) {
      return new String(
          java.util.Objects.requireNonNull(call.whole()).body(), StandardCharsets.UTF_8);
    }

    private static CallDetails.Builder other(CallDetails.Builder details) {
      return details.request(
          new MemoryExchange(
                  "POST",
                  "/made",
                  "q",
                  java.util.Map.of(),
                  new java.io.ByteArrayInputStream("made".getBytes(StandardCharsets.UTF_8)),
                  4)
              .request());
    }

    private Decision decided(String name, byte[] body, CallDetails.Builder details) {
      thread = Thread.currentThread().getName();
      if (name.equals("answer")) {
        return Answer.text(418, "answered " + new String(body, StandardCharsets.UTF_8));
      }
      if (name.equals("throw")) {
        throw new IllegalStateException("on purpose");
      }
      return new Dispatch(List.of(function(name)), details.build(), this::map);
    }

    private FunctionHandle function(String name) {
      return hearth.function(name).orElseThrow();
    }

    private @org.jspecify.annotations.Nullable Answer map(OutcomeMapper.Ended call) {
      if (call.whole() != null) {
        whole = call.whole().body().length;
      }
      return call.outcome() instanceof Outcome.Threw<?> threw
          ? Answer.text(500, String.valueOf(threw.cause()))
          : null;
    }

    @Override
    public void entering(Invocation invocation) {
      told.add("entering");
    }

    @Override
    public void left(Invocation invocation, Outcome<?> outcome) {
      told.add("left " + outcome.getClass().getSimpleName());
    }

    @Override
    public void ended(Invocation invocation, Outcome<?> outcome) {
      told.add("ended " + outcome.getClass().getSimpleName());
    }
  }
}
