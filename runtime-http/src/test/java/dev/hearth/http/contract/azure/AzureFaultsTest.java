package dev.hearth.http.contract.azure;

import static dev.hearth.http.contract.azure.AzureApp.httpIn;
import static dev.hearth.http.contract.azure.AzureApp.httpOut;
import static dev.hearth.http.contract.azure.AzureApp.json;
import static dev.hearth.http.contract.azure.AzureApp.map;
import static dev.hearth.http.contract.azure.AzureApp.queueIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that leave, calls that last too long, and envelopes that are meant to harm. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class AzureFaultsTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String AZURES =
      """
        @FunctionName("azures") public String azures(
            @HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> req) throws Exception {
          String key = req.getHeaders().get("meet");
          if (key == null) { return "no meeting"; }
          ((java.util.concurrent.CountDownLatch) System.getProperties().get(key + ".entered")).countDown();
          try {
            ((java.util.concurrent.CountDownLatch) System.getProperties().get(key + ".go"))
                .await(60, java.util.concurrent.TimeUnit.SECONDS);
            return "met";
          } catch (InterruptedException e) {
            tell(key, e);
            throw e;
          }
        }
        @SuppressWarnings("unchecked") private static void tell(String key, Exception e) {
          ((java.util.concurrent.atomic.AtomicReference<String>) System.getProperties().get(key + ".told"))
              .set(e.toString());
        }
      """;

  private static Path functions;
  private static Path azures;
  private static AzureApp shared;

  @TempDir Path directory;
  private AzureApp app;

  @BeforeAll
  static void build(@TempDir Path archives) throws IOException {
    functions = Functions.jar(archives);
    azures = AzureApp.jar(archives).source("acme.F", AzureApp.type("F", AZURES)).build("f.jar");
    shared = served(archives, "{}");
  }

  @AfterAll
  static void close() {
    shared.close();
  }

  @BeforeEach
  void share() {
    app = shared;
  }

  @AfterEach
  void stop() {
    if (app != shared) {
      app.close();
    }
  }

  /** An app of the test's own instead of the shared one. */
  private void serve(String hostJson) throws IOException {
    app = served(directory, hostJson);
  }

  /** Functions that wait for their test, {@code plain} and {@code azures}, and one that does not. */
  private static AzureApp served(Path directory, String hostJson) throws IOException {
    AzureApp made =
        AzureApp.in(directory)
            .hostJson(hostJson)
            .function("plain", "t.Meet", httpIn(), httpOut("res"))
            .function("azures", "acme.F.azures", httpIn(), httpOut("res"))
            .function("echo", "t.Upper", queueIn("item"));
    Hearth hearth = AzureApp.hearth();
    hearth.deploy("plain", spec(functions, "t.Meet"));
    hearth.deploy("azures", spec(azures, "acme.F::azures"));
    hearth.deploy("echo", spec(functions, "t.Upper"));
    return made.serve(hearth);
  }

  private static FunctionSpec spec(Path archive, String handler) {
    return FunctionSpec.builder(archive).handler(handler).build();
  }

  private static String meeting(String key) {
    return json(
        "{<Data>:{<req>:{<Url>:<http://h/x>,<Method>:<GET>,<Headers>:{<meet>:[<"
            + key
            + ">]}}},<Metadata>:{}}");
  }

  private void awaitRest() {
    for (FunctionHandle function : app.host().hearth().functions()) {
      await().atMost(BOUND).until(() -> function.inFlight() == 0);
    }
  }

  private void requireHealthy() throws IOException {
    awaitRest();
    assertThat(
            AzureApp.at(app.succeed("echo", "{<Data>:{<item>:<x>},<Metadata>:{}}"), "ReturnValue"))
        .isEqualTo("X");
  }

  @ParameterizedTest
  @CsvSource({"plain, false", "plain, true", "azures, false", "azures, true"})
  void hostLeaves_whileTheFunctionRuns_cancelsIt(String function, boolean byReset)
      throws Exception {
    String key = "az.leave." + function + byReset;
    try (Meeting meeting = new Meeting(key, 1)) {
      RawClient client = app.connect();
      client.send(AzureApp.invocation(function, "left", meeting(key)));
      assertThat(meeting.awaitEntered()).isTrue();
      if (byReset) {
        client.reset();
      } else {
        client.leave();
      }

      await().atMost(BOUND).until(() -> meeting.told().contains("InterruptedException"));
      requireHealthy();
    }
  }

  @Test
  void hostLeaves_whileAForwardedCallRuns_cancelsIt() throws Exception {
    serve("{\"customHandler\": {\"enableForwardingHttpRequest\": true}}");
    try (Meeting meeting = new Meeting("az.forwarded", 1)) {
      RawClient client = app.connect();
      client.send("GET /api/plain HTTP/1.1\r\nHost: x\r\nmeet: az.forwarded\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();
      client.reset();

      await().atMost(BOUND).until(() -> meeting.told().contains("cancelled=true"));
      requireHealthy();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "azures"})
  void hostLeaves_atAnyByteOfAnInvocation_runsNothingAndLeavesNothing(String function)
      throws IOException {
    byte[] all = AzureApp.invocation(function, "cut", json("{<Data>:{<item>:<x>},<Metadata>:{}}"));
    for (int length = 1; length < all.length; length += 3) {
      RawClient client = app.connect();
      client.send(Arrays.copyOf(all, length));
      if (length % 2 == 0) {
        client.reset();
      } else {
        client.leave();
      }
    }

    requireHealthy();
  }

  @Test
  void hostTakesNothingOfALargeAnswer_andLeaves_isForgotten() throws Exception {
    String large = "x".repeat(4 << 20);
    byte[] invocation =
        AzureApp.invocation("echo", "large", json("{<Data>:{<item>:<" + large + ">}}"));
    try (RawClient client = RawClient.slowReaderTo(app.host().server().port())) {
      client.send(invocation);
      assertThat(client.readHead().status()).isEqualTo(200);
      client.reset();
    }

    requireHealthy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "azures"})
  void functionTimeout_isKeptBeforeTheHostEndsTheProcess(String function) throws Exception {
    serve("{\"functionTimeout\": \"00:00:01\"}");
    String key = "az.late." + function;
    try (Meeting meeting = new Meeting(key, 1)) {
      long began = System.nanoTime();

      Answered answer = app.invoke(function, meeting(key));

      assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(10).toNanos());
      assertThat(answer.status()).isEqualTo(504);
      assertThat((String) map(answer).get("error")).contains("function '" + function + "'");
      await().atMost(BOUND).until(() -> meeting.told().contains("InterruptedException"));
      requireHealthy();
    }
  }

  @Test
  void host_closesDuringACall_endsItInTime() throws Exception {
    serve("{}");
    try (Meeting meeting = new Meeting("az.close", 1);
        RawClient client = app.connect()) {
      client.send(AzureApp.invocation("plain", "last", meeting("az.close")));
      assertThat(meeting.awaitEntered()).isTrue();
      Thread closing = new Thread(() -> app.host().server().close(Duration.ofSeconds(20)));
      closing.start();
      meeting.go();

      assertThat(AzureApp.at(map(client.read()), "Outputs", "res", "body")).isEqualTo("met /x");
      closing.join(BOUND.toMillis());
      assertThat(closing.isAlive()).isFalse();
    }
  }

  @Test
  void functionReplacedAndRemoved_isFoundAsItIs() throws Exception {
    serve("{}");
    FunctionHandle echo = app.host().hearth().function("echo").orElseThrow();
    echo.swap(spec(functions, "t.Reverse"));
    assertThat(AzureApp.at(app.succeed("echo", "{<Data>:{<item>:<ab>}}"), "ReturnValue"))
        .isEqualTo("ba");

    echo.undeploy().toCompletableFuture().get();

    assertThat(app.invoke("echo", "{<Data>:{<item>:<x>}}").status()).isEqualTo(404);
  }

  @Test
  void envelope_nestedTooDeeply_is400() throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    for (String function : new String[] {"echo", "azures"}) {
      assertThat(app.invoke(function, "{<Data>:{<item>:" + deep + "}}").status()).isEqualTo(400);
    }
    requireHealthy();
  }

  @Test
  void envelope_announcedOverTheLimit_is413() throws IOException {

    Answered answer =
        app.host().ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n");

    assertThat(answer.status()).isEqualTo(413);
    requireHealthy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/../echo", "/ech%6f", "/echo/", "//echo", "/echo;x=1"})
  void pathThatOnlyLooksLikeAName_is404(String path) throws IOException {
    String body = json("{<Data>:{<item>:<x>}}");

    assertThat(app.forward("POST", path, body).status()).isEqualTo(404);
  }
}
