package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.Beside;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.Http2Client;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a contract may ask of an exchange as a whole: its end, its time, a header of its last moment; and a second port. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
class ExchangeMeansTest {

  private static final String HEAD = " HTTP/1.1\r\nHost: x\r\n";

  @TempDir Path directory;
  private TestHost host;
  private WatchingContract contract;

  @BeforeEach
  void start() throws IOException {
    Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    Path jar = Functions.jar(directory);
    for (String name : List.of("Upper", "Boom", "Meet", "Wire")) {
      hearth.deploy(name, FunctionSpec.builder(jar).handler("t." + name).build());
    }
    contract = new WatchingContract(hearth);
    host = TestHost.serve(hearth, contract, HttpLimits.defaults());
  }

  @AfterEach
  void stop() {
    contract.goOn.countDown();
    host.close();
  }

  @Test
  void lateHeader_isMadeOnceAndSentWithEveryKindOfAnswer() throws Exception {
    assertThat(host.post("/Upper", "x").header("X-Late")).isEqualTo("1");
    assertThat(host.post("/Boom", "x").header("X-Late")).isEqualTo("2");
    assertThat(host.get("/nobody").header("X-Late")).isEqualTo("3");
    try (Meeting meeting = new Meeting("means", 1);
        RawClient client = host.connect()) {
      client.send("GET /Wire" + HEAD + "do: chunks\r\nmeet: means\r\n\r\n");
      assertThat(client.readHead().header("X-Late")).isEqualTo("4");
      meeting.go();
    }
    assertThat(contract.made.get()).isEqualTo(4);
  }

  @Test
  void lateHeader_functionSetsItItself_isTheFunctions() throws IOException {
    Answered answer =
        host.ask("GET /Wire" + HEAD + "do: header\r\nname: X-Late\r\nvalue: own\r\n\r\n");

    assertThat(answer.headers()).filteredOn(line -> line.startsWith("X-Late")).hasSize(1);
    assertThat(answer.header("X-Late")).isEqualTo("own");
  }

  @Test
  void lateHeader_secondOne_isRefused() throws IOException {
    host.get("/twice");

    assertThat(contract.refused).isEqualTo("header X-Late is waiting for its value already");
  }

  @Test
  void follow_tellsOfEachEndOnceBeforeItsClientKnows() throws IOException {
    host.post("/Upper", "abc");
    assertThat(contract.told).containsExactly("200 3");
    host.post("/Boom", "abc");
    host.get("/nobody");
    host.ask("GET /Wire" + HEAD + "do: big\r\n\r\n");
    host.ask("POST /limit/Upper" + HEAD + "Content-Length: 6\r\n\r\nabcdef");
    host.ask(
        "POST /limit/Upper" + HEAD + "Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n0\r\n\r\n");

    assertThat(contract.told)
        .containsExactly("200 3", "500 6", "404 0", "200 -1", "413 18", "413 -1");
  }

  @Test
  void follow_clientThatLeaves_isToldWithoutAStatus() throws Exception {
    try (Meeting meeting = new Meeting("means", 1)) {
      RawClient client = host.connect();
      client.send("GET /Meet" + HEAD + "meet: means\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();
      client.reset();
      await().until(() -> contract.told.size() == 1);
      assertThat(contract.told).containsExactly("0 -1");
    }
    RawClient half = host.connect();
    half.send("POST /Upper" + HEAD + "Content-Length: 6\r\n\r\nabc");
    await().until(() -> contract.begun.get() == 2);
    half.reset();
    await().until(() -> contract.told.size() == 2);
    assertThat(contract.told).containsExactly("0 -1", "0 -1");
  }

  @Test
  void limitTime_bodyThatStalls_isClosedWithoutAnAnswer() throws Exception {
    try (RawClient client = host.connect()) {
      client.send("POST /body/Upper" + HEAD + "Content-Length: 6\r\n\r\nabc");

      assertThat(client.readAll()).isEmpty();
      assertThat(contract.told).containsExactly("0 -1");
    }
  }

  @Test
  void limitTime_bodyInTime_isNotBounded() throws Exception {
    host.post("/Upper", "warm");
    try (Meeting meeting = new Meeting("means", 1);
        RawClient client = host.connect()) {
      client.send("GET /body/Meet" + HEAD + "meet: means\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();
      try (RawClient later = host.connect()) { // its body is late only when the other's would be
        later.send("POST /body/Upper" + HEAD + "Content-Length: 6\r\n\r\nabc");
        assertThat(later.readAll()).isEmpty();
      }
      assertThat(host.post("/whole/Upper", "x").text()).isEqualTo("X");
      meeting.go();
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void limitTime_callThatTakesTooLong_isCancelledAndClosed() throws Exception {
    try (Meeting warm = new Meeting("warm", 1)) {
      warm.go();
      host.ask("GET /Meet" + HEAD + "meet: warm\r\n\r\n");
    }
    try (Meeting meeting = new Meeting("means", 1);
        RawClient client = host.connect()) {
      client.send("GET /whole/Meet" + HEAD + "meet: means\r\n\r\n");

      assertThat(client.readAll()).isEmpty();
      await().until(() -> meeting.told().contains("cancelled=true"));
    }
  }

  @Test
  void limitTime_answerThatHasBegun_isCut() throws Exception {
    host.get("/Wire");
    contract.told.clear();
    try (Meeting meeting = new Meeting("means", 1);
        RawClient client = host.connect()) {
      client.send("GET /whole/Wire" + HEAD + "do: chunks\r\nmeet: means\r\n\r\n");

      assertThat(client.readAll()).contains("first").endsWith("<reset>").doesNotContain("second");
      assertThat(meeting.isAnyoneIn()).isTrue();
      assertThat(contract.told).containsExactly("200 -1");
    }
  }

  @Test
  void limitTime_streamOfHttp2_isResetAndTheOthersLive() throws Exception {
    host.close();
    Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    Path jar = Functions.jar(directory);
    for (String name : List.of("Upper", "Meet")) {
      hearth.deploy(name, FunctionSpec.builder(jar).handler("t." + name).build());
    }
    contract = new WatchingContract(hearth);
    HttpServer server = HttpServer.builder().contract(contract).http2(Http2Use.EVERYWHERE).start();
    try (Meeting meeting = new Meeting("means", 1);
        Http2Client client = Http2Client.to(server.port())) {
      assertThat(client.post(1, "/Upper", "warm").await(1).status()).isEqualTo(200);
      client.get(3, "/whole/Meet", "meet", "means");

      assertThat(client.await(3).reset()).isPositive();
      assertThat(meeting.isAnyoneIn()).isTrue();
      assertThat(client.post(5, "/whole/Upper", "x").await(5).status()).isEqualTo(200);
    } finally {
      server.close(Duration.ofSeconds(1));
      hearth.close();
    }
  }

  @Test
  void beside_isServedOnAPortOfItsOwnAndClosedWithTheFirst() throws Exception {
    HttpServer beside = host.server().beside().get(0);
    assertThat(beside.name()).isEqualTo("second");
    try (RawClient client = RawClient.to(beside.port())) {
      assertThat(client.send("GET /" + HEAD + "\r\n").read().text()).isEqualTo("second");
      assertThat(client.isAtEnd()).as("closed when idle").isTrue();
    }
    try (RawClient silent = RawClient.to(beside.port())) {
      assertThat(silent.isAtEnd()).isTrue();
    }
    try (RawClient sends = RawClient.to(beside.port())) {
      assertThat(sends.send("POST /" + HEAD + "Content-Length: 1\r\n\r\nx").read().status())
          .isIn(200, 413);
    }

    host.server().close(Duration.ofSeconds(5));

    assertThatThrownBy(() -> RawClient.to(beside.port())).isInstanceOf(IOException.class);
    assertThat(contract.second.closed).isTrue();
  }

  @Test
  void beside_portThatIsTaken_endsTheStartAndLeavesNothingOpen() {
    WatchingContract other = new WatchingContract(host.hearth());
    other.besidePort = host.server().port();

    assertThatThrownBy(() -> HttpServer.builder().contract(other).start())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("second: cannot listen on 127.0.0.1:" + other.besidePort);
    assertThat(other.closed).isTrue();
  }

  @Test
  void stopping_contractThatTakesItsTime_servesAsEverUntilItIsDone() throws Exception {
    contract.takesItsTime = true;
    CompletableFuture<Boolean> closed =
        CompletableFuture.supplyAsync(() -> host.server().close(Duration.ofSeconds(60)));
    assertThat(contract.stopping.await(60, TimeUnit.SECONDS)).isTrue();

    Answered during = host.post("/Upper", "x");
    contract.goOn.countDown();

    assertThat(during.text()).isEqualTo("X");
    assertThat(during.header("Connection")).isNotEqualTo("close");
    assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(host::connect).isInstanceOf(IOException.class);
  }

  /** Takes {@code /Function}, or {@code /bound/Function}; what has no function is 404. */
  private static final class WatchingContract implements Contract {
    private final Hearth hearth;
    final List<String> told = new CopyOnWriteArrayList<>();
    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger begun = new AtomicInteger();
    final CountDownLatch stopping = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final Second second = new Second();
    volatile boolean takesItsTime;
    volatile boolean closed;
    volatile String refused = "";
    int besidePort;

    WatchingContract(Hearth hearth) {
      this.hearth = hearth;
    }

    @Override
    public String name() {
      return "watching";
    }

    @Override
    public Listen defaults() {
      return new Listen("127.0.0.1", 0);
    }

    @Override
    public List<Beside> beside() {
      return List.of(
          new Beside(second, new Listen("127.0.0.1", besidePort), Duration.ofMillis(300)));
    }

    @Override
    public boolean stopping(Duration bound) {
      stopping.countDown();
      try {
        return takesItsTime && !goOn.await(bound.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void handle(HttpExchange exchange) {
      String path = exchange.request().path();
      exchange.follow((status, bytes) -> told.add(status + " " + bytes));
      exchange.answerHeader("X-Late", () -> String.valueOf(made.incrementAndGet()));
      begun.incrementAndGet();
      if (path.equals("/twice")) {
        try {
          exchange.answerHeader("X-Later", () -> "never");
        } catch (IllegalStateException e) {
          refused = e.getMessage();
        }
      }
      if (path.startsWith("/limit/")) {
        exchange.limitBody(5);
      } else if (path.startsWith("/body/")) {
        exchange.limitTime(Duration.ofMillis(200), Duration.ZERO);
      } else if (path.startsWith("/whole/")) {
        exchange.limitTime(Duration.ofMillis(250), Duration.ofMillis(500));
      }
      FunctionHandle function =
          hearth.function(path.substring(path.lastIndexOf('/') + 1)).orElse(null);
      if (function == null) {
        exchange.answer(Answer.empty(404));
        return;
      }
      exchange.dispatch(
          List.of(function),
          CallDetails.none(),
          call ->
              call.outcome() instanceof dev.hearth.invoke.Outcome.Threw
                  ? Answer.text(500, "failed")
                  : null);
    }
  }

  private static final class Second implements Contract {
    volatile boolean closed;

    @Override
    public String name() {
      return "second";
    }

    @Override
    public Listen defaults() {
      return new Listen("127.0.0.1", 0);
    }

    @Override
    public void handle(HttpExchange exchange) {
      exchange.answer(Answer.text(200, "second"));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
