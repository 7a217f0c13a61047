package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.CallObserver;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.KeptResponse;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.Exchange;
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

/** What a contract may ask for beside having functions called: limits, news of a call, and the last word while stopping. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
class ContractMeansTest {

  @TempDir Path directory;
  private TestHost host;
  private TestContract contract;

  @BeforeEach
  void start() throws IOException {
    Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    Path jar = Functions.jar(directory);
    for (String name : List.of("Upper", "Boom", "Meet")) {
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
  void limitBody_bodyOverIt_is413AndNeverReachesTheFunction() throws IOException {
    String head = "POST /limit/Upper HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

    assertThat(host.post("/limit/Upper", "123456").status()).isEqualTo(413);
    assertThat(host.ask(head + "4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n").status()).isEqualTo(413);
    assertThat(host.post("/limit/Upper", "abcde").text()).isEqualTo("ABCDE");
    assertThat(contract.told).containsExactly("entering", "left Returned", "ended Returned");
  }

  @Test
  void observer_functionThatThrows_isToldBeforeTheClient() throws IOException {
    assertThat(host.post("/call/Boom", "x").status()).isEqualTo(500);
    assertThat(contract.told).containsExactly("entering", "left Threw", "ended Threw");
  }

  @Test
  void observer_callThatTheContractMade_isFollowedAsWell() throws IOException {
    assertThat(host.post("/made/Upper", "x").text()).isEqualTo("MADE");
    assertThat(contract.told).containsExactly("entering", "left Returned", "ended Returned");
  }

  @Test
  void observer_clientThatLeft_isToldOfTheWholeCall() throws Exception {
    try (Meeting meeting = new Meeting("meet", 1)) {
      RawClient client = host.connect();
      client.send("GET /call/Meet HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();

      client.reset();

      await().until(() -> contract.told.size() == 3);
      assertThat(contract.told).containsExactly("entering", "ended Cancelled", "left Threw");
    }
  }

  @Test
  void end_answerThatBegan_isTheFunctionsPartsAndTheLast() throws Exception {
    try (Meeting meeting = new Meeting("meet", 1);
        RawClient client = host.connect()) {
      client.send("POST /streamed/Meet HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
      RawClient.Answered head = client.readHead();
      String first = new String(client.chunk(), StandardCharsets.US_ASCII);
      assertThat(meeting.awaitEntered()).isTrue();
      meeting.go();

      assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(first).isEqualTo("first ");
      assertThat(new String(client.chunk(), StandardCharsets.US_ASCII)).isEqualTo("met / last");
      assertThat(client.chunk()).isEmpty();
      client.send("GET /call/Boom HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(500);
    }
  }

  @Test
  void cut_answerThatBegan_isNotEndedProperly() throws Exception {
    try (RawClient client = host.connect()) {
      client.send("POST /streamed/Boom HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

      assertThat(client.readHead().status()).isEqualTo(200);
      assertThat(client.chunk()).hasSize(6);
      assertThat(client.readAll()).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void end_clientThatLeft_cancelsTheCall() throws Exception {
    try (Meeting meeting = new Meeting("meet", 1)) {
      RawClient client = host.connect();
      client.send("POST /streamed/Meet HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
      client.readHead();
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
      first.send("GET /call/Meet HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();
      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(() -> host.server().close(Duration.ofSeconds(60)));
      await().until(host.server()::isDraining);

      RawClient idle = host.connect(); // must not be waited for
      Answered refused = host.get("/call/Upper");
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
      FunctionHandle function =
          hearth.function(path.substring(path.lastIndexOf('/') + 1)).orElseThrow();
      CallDetails details = CallDetails.builder().observer(this).build();
      if (path.startsWith("/made/")) {
        exchange.collect(100, body -> make(exchange, function, details));
        return;
      }
      if (path.startsWith("/streamed/")) {
        exchange.collect(100, body -> stream(exchange, function, details));
        return;
      }
      if (path.startsWith("/limit/")) {
        exchange.limitBody(5);
      }
      exchange.dispatch(
          List.of(function),
          details,
          call -> call.outcome() instanceof Outcome.Threw ? Answer.text(500, "failed") : null);
    }

    private static void make(HttpExchange exchange, FunctionHandle function, CallDetails details) {
      KeptResponse kept = exchange.keep(100);
      Request request = MemoryExchange.post(RawClient.bytes("made"), "text/plain").request();
      exchange.call(
          function,
          details,
          new Made(request, kept),
          call -> exchange.answer(Answer.bytes(200, kept.written())));
    }

    private static void stream(
        HttpExchange exchange, FunctionHandle function, CallDetails details) {
      Response response = exchange.response();
      try {
        response.body().write(RawClient.bytes("first "));
        response.body().flush();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      Request request = MemoryExchange.post(RawClient.bytes("made"), "text/plain").request();
      exchange.call(
          function,
          details,
          new Made(request, response),
          call -> {
            if (call.outcome() instanceof Outcome.Threw) {
              exchange.cut("the function failed");
            } else {
              exchange.end(RawClient.bytes(" last"));
            }
          });
    }

    private record Made(Request request, Response response) implements Exchange {}

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
