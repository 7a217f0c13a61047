package dev.hearth.http.contract.knative;

import static dev.hearth.http.contract.knative.EventJar.attributes;
import static dev.hearth.http.contract.knative.EventJar.binary;
import static dev.hearth.http.contract.knative.EventJar.event;
import static dev.hearth.http.contract.knative.EventJar.request;
import static dev.hearth.http.contract.knative.EventJar.structured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Start;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.instance.InstanceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance cases of Knative's contract, by number; those that need a process are in {@code KnativeIT}. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class KnativeContractTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @TempDir Path directory;
  private TestHost host;

  private TestHost events(String... handlers) throws IOException {
    host = EventJar.serve(directory, Map.of(), handlers);
    return host;
  }

  private TestHost functions(String... classes) throws IOException {
    return functions(InstanceSettings.DEFAULT, classes);
  }

  private TestHost functions(InstanceSettings instances, String... classes) throws IOException {
    Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    Path jar = Functions.jar(directory);
    for (String name : classes) {
      hearth.deploy(
          name.toLowerCase(java.util.Locale.ROOT),
          FunctionSpec.builder(jar).handler("t." + name).instances(instances).build());
    }
    host = TestHost.serve(hearth, new KnativeContract(hearth, Map.of()), HttpLimits.defaults());
    return host;
  }

  @AfterEach
  void stop() {
    if (host != null) {
      host.close();
    }
  }

  private static Start start(String... variables) {
    Map<String, String> environment = new java.util.HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new KnativePlatform().start(environment);
  }

  private static Listen listen(String... variables) {
    Start.Said<Listen> said = start(variables).listen();
    return said == null ? Listen.NOWHERE : said.value();
  }

  // Serving.

  @Test
  void knative_case_01_port_isListenedOnEverywhere() {
    assertThat(listen("PORT", "8801")).isEqualTo(new Listen("0.0.0.0", 8801));
    assertThat(listen()).isEqualTo(Listen.NOWHERE);
    Hearth hearth = Hearth.builder().build();
    assertThat(new KnativePlatform().contract(ContractHost.of(hearth, Map.of())).defaults())
        .isEqualTo(new Listen("0.0.0.0", 8080));
    hearth.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "-1", "65536", "80 80", "123456"})
  void knative_case_01_portThatIsNone_isRefusedByName(String port) {
    assertThatThrownBy(() -> start("PORT", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PORT names port '" + port + "'");
  }

  @Test
  void knative_case_03_twoRequestsOnOneConnection_areAnswered() throws IOException {
    functions("Echo");
    try (RawClient client = host.connect()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send("GET /a/b?c HTTP/1.1\r\nHost: x\r\n\r\n").read().text())
            .startsWith("GET /a/b?c\n");
      }
    }
  }

  @Test
  void knative_case_10_clientThatLeaves_cancelsTheCall() throws Exception {
    functions("Meet");
    try (Meeting meeting = new Meeting("knative-leaves", 1)) {
      RawClient client = host.connect();
      client.send("GET / HTTP/1.1\r\nHost: x\r\nmeet: knative-leaves\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();
      client.leave();

      await().atMost(PATIENCE).until(() -> meeting.told().contains("InterruptedException"));
      assertThat(meeting.told()).contains("cancelled=true");
    }
  }

  @Test
  void knative_case_10_clientOfAnEventThatLeaves_cancelsTheCall() throws Exception {
    functions("Meet");
    try (Meeting meeting = new Meeting("knative-event-leaves", 1)) {
      RawClient client = host.connect();
      client.send(request("POST", "/", event("meet: knative-event-leaves"), ""));
      assertThat(meeting.awaitEntered()).isTrue();
      client.leave();

      await().atMost(PATIENCE).until(() -> meeting.told().contains("InterruptedException"));
      assertThat(meeting.told()).contains("cancelled=true");
      await().atMost(PATIENCE).until(() -> inFlight() == 0);
    }
  }

  private int inFlight() {
    return host.hearth().functions().iterator().next().inFlight();
  }

  @Test
  void knative_case_11_twoHundredCallsAtOnce_areAllInTheFunction() throws Exception {
    functions("Meet");
    List<RawClient> clients = new ArrayList<>();
    try (Meeting meeting = new Meeting("knative-many", 200)) {
      for (int i = 0; i < 200; i++) {
        clients.add(host.connect());
        clients.get(i).send("GET / HTTP/1.1\r\nHost: x\r\nmeet: knative-many\r\n\r\n");
      }
      assertThat(meeting.awaitEntered()).isTrue();
      meeting.go();
      for (RawClient client : clients) {
        assertThat(client.read().status()).isEqualTo(200);
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void knative_case_12_limitOfOne_neverOverlaps() throws Exception {
    functions(new InstanceSettings(1, 1, 1, 10, Duration.ofHours(1).toNanos()), "Meet");
    try (Meeting first = new Meeting("knative-one", 1);
        Meeting second = new Meeting("knative-two", 1);
        RawClient a = host.connect();
        RawClient b = host.connect()) {
      a.send("GET /a HTTP/1.1\r\nHost: x\r\nmeet: knative-one\r\n\r\n");
      assertThat(first.awaitEntered()).isTrue();
      b.send("GET /b HTTP/1.1\r\nHost: x\r\nmeet: knative-two\r\n\r\n");
      await().atMost(PATIENCE).until(() -> inFlight() == 2);

      assertThat(second.isAnyoneIn()).isFalse();
      first.go();
      assertThat(a.read().text()).isEqualTo("met /a");
      assertThat(second.awaitEntered()).isTrue();
      second.go();
      assertThat(b.read().text()).isEqualTo("met /b");
    }
  }

  @Test
  void knative_case_13_probesUnderLoad_areAnsweredBesideTheFunction() throws Exception {
    functions(new InstanceSettings(1, 1, 1, 100, Duration.ofHours(1).toNanos()), "Meet");
    List<RawClient> clients = new ArrayList<>();
    try (Meeting meeting = new Meeting("knative-busy", 1)) {
      for (int i = 0; i < 50; i++) {
        clients.add(host.connect());
        clients.get(i).send("GET / HTTP/1.1\r\nHost: x\r\nmeet: knative-busy\r\n\r\n");
      }
      assertThat(meeting.awaitEntered()).isTrue();
      await().atMost(PATIENCE).until(() -> inFlight() == 50);

      // Answered at all while no call can be: the function is not asked.
      for (int i = 0; i < 20; i++) {
        Answered answer =
            host.ask(
                "GET /health/readiness HTTP/1.1\r\nHost: x\r\nUser-Agent: kube-probe/1.30\r\n\r\n");
        assertThat(answer.status()).isEqualTo(200);
      }
      assertThat(inFlight()).isEqualTo(50);
      meeting.go();
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void knative_case_14_headers_reachTheFunctionAsTheyWere() throws IOException {
    functions("Echo");

    Answered answer =
        host.ask(
            request(
                "GET",
                "/",
                String.join(
                    "\r\n",
                    "Forwarded: for=\"[2001:db8::1]\";host=x;proto=http, for=b",
                    "X-Forwarded-For: a, b",
                    "X-Forwarded-Proto: http",
                    "traceparent: " + TRACE,
                    "This-Was-User-Set: yes",
                    "X-B3-Sampled: 1"),
                ""));

    assertThat(answer.text())
        .contains(
            "Forwarded=[for=\"[2001:db8::1]\";host=x;proto=http, for=b]",
            "X-Forwarded-For=[a, b]",
            "X-Forwarded-Proto=[http]",
            "This-Was-User-Set=[yes]",
            "X-B3-Sampled=[1]",
            "traceparent=" + TRACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8008", "8012", "8013", "8022", "8112", "9090", "9091"})
  void knative_case_15_portsOfTheProxyBesideIt_areRefused(String port) {
    assertThatThrownBy(() -> start("PORT", port, "K_REVISION", "r-1"))
        .hasMessageContaining("queue-proxy");
    assertThat(listen("PORT", port).port()).isEqualTo(Integer.parseInt(port));
  }

  @Test
  void namesOfTheRevision_reachTheFunction() throws IOException {
    host =
        EventJar.serve(
            directory,
            Map.of("K_SERVICE", "s", "K_CONFIGURATION", "c", "K_REVISION", "r"),
            "e.Tell::tell");

    assertThat(host.get("/").text())
        .contains("knative.configuration=c\n", "knative.revision=r\n", "knative.service=s\n");
    Start start = start("K_SERVICE", "s", "K_REVISION", "s-1", "OTHER", "x");
    assertThat(start.variables()).isEqualTo(Map.of("K_SERVICE", "s", "K_REVISION", "s-1"));
    assertThat(start.name().value()).isEqualTo("s");
  }

  // Functions.

  @Test
  void knative_case_16_liveness_is200AsSoonAsTheSocketIsOpen() throws IOException {
    functions();

    assertThat(host.get("/health/liveness").status()).isEqualTo(200);
    assertThat(host.ask("HEAD /health/liveness HTTP/1.1\r\nHost: x\r\n\r\n").status())
        .isEqualTo(200);
  }

  @Test
  void knative_case_17_readiness_is503UntilThereIsAFunction() throws IOException {
    functions();
    assertThat(host.get("/health/readiness").status()).isEqualTo(503);

    host.hearth()
        .deploy("word", FunctionSpec.builder(Functions.jar(directory)).handler("t.Word").build());
    assertThat(host.get("/health/readiness").status()).isEqualTo(200);
    assertThat(host.get("/").text()).isEqualTo("foo");
  }

  @Test
  void knative_case_18_readinessHook_isAsked() throws IOException {
    events("e.Moody");
    try {
      assertThat(host.get("/health/readiness").status()).isEqualTo(503);
      assertThat(host.get("/health/liveness").status()).isEqualTo(200);
      System.setProperty("e.ready", "true");
      assertThat(host.get("/health/readiness").status()).isEqualTo(200);
      System.setProperty("e.fails", "true");
      assertThat(host.get("/health/liveness").status()).isEqualTo(503);
      assertThat(host.ask(request("GET", "/health/readiness", "", "body")).status()).isEqualTo(413);
      assertThat(host.get("/health/readiness").status()).isEqualTo(200);
    } finally {
      System.clearProperty("e.ready");
      System.clearProperty("e.fails");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9000, 127.0.0.1, 9000",
    "[::]:8080,      0.0.0.0,   8080",
    "[::1]:8080,     ::1,       8080",
    ":8080,          0.0.0.0,   8080"
  })
  void knative_case_19_listenAddress_goesBeforePort(String address, String host, int port) {
    assertThat(listen("LISTEN_ADDRESS", address, "PORT", "1")).isEqualTo(new Listen(host, port));
  }

  @Test
  void knative_case_19_listenAddressThatIsNone_isRefusedByName() {
    assertThatThrownBy(() -> start("LISTEN_ADDRESS", "nowhere"))
        .hasMessageContaining("LISTEN_ADDRESS is 'nowhere'");
    assertThatThrownBy(() -> start("LISTEN_ADDRESS", "a:b")).hasMessageContaining("port 'b'");
  }

  @Test
  void knative_case_20_postedJson_isTheFunctionsInput() throws IOException {
    functions("Pojo");

    Answered answer =
        host.ask(
            request("POST", "/", "Content-Type: application/json", "{\"value\":\"Hello World\"}"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text()).isEqualTo("{\"value\":\"Hello WorldHello World\"}");
  }

  @Test
  void knative_case_21_outputOfABinaryEvent_isABinaryEvent() throws IOException {
    events("e.Do");

    Answered answer = binary(host, "json", "Content-Type: text/plain");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(attributes(answer))
        .containsEntry("ce-specversion", "1.0")
        .containsEntry("ce-source", "do")
        .containsEntry("ce-type", "do.output")
        .containsEntry("content-type", "application/json");
    assertThat(attributes(answer).get("ce-id"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(answer.text()).isEqualTo("{\"a\":1}");
    assertThat(binary(host, "json", "Content-Type: text/plain").header("ce-id"))
        .isNotEqualTo(attributes(answer).get("ce-id"));
  }

  @Test
  void knative_case_21_outputOfAStructuredEvent_isAStructuredEvent() throws IOException {
    events("e.Do");

    Answered json = structured(host, ",\"datacontenttype\":\"text/plain\",\"data\":\"json\"");
    assertThat(json.header("Content-Type")).isEqualTo("application/cloudevents+json");
    assertThat(json.text())
        .contains("\"source\":\"do\",\"type\":\"do.output\"")
        .endsWith("\"data\":{\"a\":1}}");
    Answered bytes = structured(host, ",\"datacontenttype\":\"text/plain\",\"data\":\"bytes\"");
    assertThat(bytes.text())
        .contains("\"datacontenttype\":\"application/octet-stream\"", "\"data_base64\":\"AAEC\"");
  }

  @Test
  void knative_case_21_mappedReply_hasTypeAndSourceOfTheMapping() throws IOException {
    host =
        EventJar.serve(
            directory,
            Map.of(),
            spec -> spec.env("HEARTH_REPLY_TYPE", "acme.out").env("HEARTH_REPLY_SOURCE", "/acme"),
            "e.Do");

    Answered answer = binary(host, "json", "Content-Type: text/plain");

    assertThat(answer.header("ce-type")).isEqualTo("acme.out");
    assertThat(answer.header("ce-source")).isEqualTo("/acme");
  }

  @Test
  void knative_case_22_voidFunction_is204() throws IOException {
    events("e.Sink");

    Answered event = binary(host, "x", "Content-Type: text/plain");
    assertThat(event.status()).isEqualTo(204);
    assertThat(event.body()).isEmpty();
    assertThat(host.post("/", "y").status()).isEqualTo(204);
  }

  @Test
  void knative_case_23_batchOfFunqyMode_is406() throws IOException {
    host = EventJar.serve(directory, Map.of("HEARTH_CLOUDEVENTS_BATCH", "off"), "e.Sink");

    assertThat(EventJar.post(host, "application/cloudevents-batch+json", "[]").status())
        .isEqualTo(406);
  }

  @Test
  void knative_case_24_eventsOfSeveralFunctions_goByTheirType() throws IOException {
    Hearth hearth = Hearth.builder().build();
    Path jar = EventJar.build(directory);
    deploy(hearth, jar, "echo", "e.Echo", null);
    deploy(hearth, jar, "acme", "e.Do", "acme.order");
    host = TestHost.serve(hearth, new KnativeContract(hearth, Map.of()), HttpLimits.defaults());

    assertThat(typed("echo", "x").text()).isEqualTo("x");
    assertThat(typed("acme.order", "bytes").body()).containsExactly(0, 1, 2);
    assertThat(typed("acme", "x").status()).isEqualTo(404);
    assertThat(host.post("/acme/rest", "x").text()).isEqualTo("x");
    assertThat(host.post("/", "x").status()).isEqualTo(404);
    deploy(hearth, jar, "two", "e.Echo", "acme.order");
    assertThat(typed("acme.order", "x").status()).isEqualTo(409);
    assertThat(typed("acme.order", "x").text()).contains("'acme'", "'two'");
    deploy(hearth, jar, "any", "e.Echo", "*");
    assertThat(typed("unknown", "any").text()).isEqualTo("any");
  }

  private static void deploy(Hearth hearth, Path jar, String name, String handler, String trigger) {
    FunctionSpec.Builder spec = FunctionSpec.builder(jar).handler(handler);
    if (trigger != null) {
      spec.env("HEARTH_EVENT_TYPE", trigger);
    }
    hearth.deploy(name, spec.build());
  }

  private Answered typed(String type, String data) throws IOException {
    return host.ask(
        request(
            "POST",
            "/",
            event("Content-Type: text/plain").replace("ce-type: t", "ce-type: " + type),
            data));
  }

  @Test
  void knative_case_25_eventFunctionByPlainPost_is400() throws IOException {
    events("e.SdkEcho");

    Answered answer = host.ask(request("POST", "/", "Content-Type: application/json", "{}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("specversion");
  }

  // Eventing.

  @Test
  void knative_case_26_and_27_eventToAFunctionThatGivesNothing_is2xxAndEmpty() throws IOException {
    events("e.Do");

    Answered toBinary = binary(host, "nothing", "Content-Type: text/plain", "Prefer: reply");
    Answered toStructured =
        structured(host, ",\"datacontenttype\":\"text/plain\",\"data\":\"nothing\"");
    Answered empty = binary(host, "empty", "Content-Type: text/plain");

    for (Answered answer : List.of(toBinary, toStructured, empty)) {
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(attributes(answer)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Prefer: reply", "X-None: x"})
  void knative_case_28_and_29_reply_is200AndAValidEvent(String prefer) throws IOException {
    events("e.Do");

    Answered answer = binary(host, "reply", "Content-Type: text/plain", prefer);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(attributes(answer))
        .isEqualTo(
            Map.of(
                "ce-specversion", "1.0",
                "ce-id", "r1",
                "ce-source", "/acme",
                "ce-type", "acme.reply",
                "ce-subject", "Euro%20%E2%82%AC%20100%25",
                "ce-time", "2018-04-05T03:56:24Z",
                "ce-n", "5",
                "content-type", "text/plain; charset=utf-8"));
    assertThat(answer.header("X-Other")).isEqualTo("kept");
    assertThat(answer.text()).isEqualTo("data");
  }

  @Test
  void knative_case_28_replyWithoutData_isAnEvent() throws IOException {
    events("e.Do");

    Answered answer = binary(host, "onlyHeaders", "Content-Type: text/plain");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ce-id")).isEqualTo("r2");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void knative_case_28_structuredReply_isSentInTheModeOfTheRequest() throws IOException {
    events("e.Do");

    Answered answer = binary(host, "structured", "Content-Type: text/plain");

    assertThat(attributes(answer))
        .containsEntry("ce-id", "s1")
        .containsEntry("content-type", "application/json");
    assertThat(answer.text()).isEqualTo("[1,2]");
  }

  @ParameterizedTest
  @CsvSource({"badReply, time", "badStructured, specversion", "batch, batch", "status 302, 302"})
  void knative_case_28_replyThatIsNoEvent_is500(String what, String named) throws IOException {
    events("e.Do");

    Answered answer = binary(host, what, "Content-Type: text/plain");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("function 'do'", named);
  }

  @Test
  void knative_case_30_plainText_isWrapped() throws IOException {
    events("e.Do");

    Answered answer = binary(host, "OK", "Content-Type: text/plain");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ce-type")).isEqualTo("do.output");
    assertThat(answer.text()).isEqualTo("OK");
  }

  @Test
  void knative_case_31_unknownVersion_is400() throws IOException {
    events("e.Do");

    assertThat(host.ask(request("POST", "/", event().replace("1.0", "9000.1"), "garbage")).status())
        .isEqualTo(400);
  }

  @Test
  void knative_case_32_missingId_is400() throws IOException {
    events("e.Do");

    Answered answer = host.ask(request("POST", "/", event().replace("ce-id: 1\r\n", ""), ""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("id is missing");
  }

  @Test
  void knative_case_33_failure_is500WithAShortBody() throws IOException {
    events("e.Do");

    Answered thrown = binary(host, "throw", "Content-Type: text/plain");
    assertThat(thrown.status()).isEqualTo(500);
    assertThat(thrown.body()).hasSizeLessThanOrEqualTo(768);
    assertThat(thrown.text()).contains("IllegalStateException").doesNotContain("nono");
    Answered refused = structured(host, ",\"" + "ä".repeat(2000) + "\":\"x\"");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).hasSizeBetween(700, 768);
    assertThat(refused.text()).doesNotContain("\ufffd");
  }

  @Test
  void knative_case_33_statusOfTheFunction_isToldAsItIs() throws IOException {
    events("e.Do");

    Answered answer = binary(host, "status 418", "Content-Type: text/plain");

    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.text()).isEqualTo("told");
    assertThat(answer.header("ce-id")).isEmpty();
  }

  @Test
  void knative_case_33_answerOverTheLimit_is500() throws IOException {
    events("e.Do");

    assertThat(binary(host, "big", "Content-Type: text/plain").status()).isEqualTo(500);
  }

  @Test
  void knative_case_34_overload_is429WithRetryAfter() throws Exception {
    functions(new InstanceSettings(1, 1, 1, 0, Duration.ofHours(1).toNanos()), "Meet");
    try (Meeting meeting = new Meeting("knative-full", 1);
        RawClient first = host.connect()) {
      first.send(request("POST", "/", event("meet: knative-full"), ""));
      assertThat(meeting.awaitEntered()).isTrue();

      Answered answer = binary(host, "", "meet: knative-full");
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      meeting.go();
      assertThat(first.read().status()).isEqualTo(200);
    }
  }

  @Test
  void knative_case_35_timeout_is504() throws Exception {
    Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    hearth.deploy(
        "meet",
        FunctionSpec.builder(Functions.jar(directory))
            .handler("t.Meet")
            .runTimeout(Duration.ofMillis(100))
            .build());
    host = TestHost.serve(hearth, new KnativeContract(hearth, Map.of()), HttpLimits.defaults());
    try (Meeting meeting = new Meeting("knative-late", 1)) {
      assertThat(binary(host, "", "meet: knative-late").status()).isEqualTo(504);
      assertThat(meeting.awaitEntered()).isTrue();
    }
  }

  @Test
  void knative_case_36_withoutAFunction_is503() throws IOException {
    functions();

    Answered event = binary(host, "");
    assertThat(event.status()).isEqualTo(503);
    assertThat(event.header("Retry-After")).isEqualTo("1");
    assertThat(host.get("/").status()).isEqualTo(503);
  }

  @Test
  void knative_case_37_options_allowsPost() throws IOException {
    events("e.Do");

    Answered answer = host.ask("OPTIONS / HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).contains("POST");
    assertThat(answer.header("WebHook-Allowed-Origin")).isEmpty();
  }

  @Test
  void knative_case_37_webhookValidation_isAnswered() throws IOException {
    functions("Echo");

    Answered answer =
        host.ask(
            request(
                "OPTIONS",
                "/",
                "WebHook-Request-Origin: events.example.com\r\nWebHook-Request-Rate: 120",
                ""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Allow")).contains("POST");
    assertThat(answer.header("WebHook-Allowed-Origin")).isEqualTo("events.example.com");
    assertThat(answer.header("WebHook-Allowed-Rate")).isEqualTo("*");
    assertThat(host.ask("OPTIONS /a HTTP/1.1\r\nHost: x\r\n\r\n").text()).startsWith("OPTIONS /a");
  }

  @Test
  void knative_case_38_sameEventTwice_isAcceptedTwice() throws IOException {
    events("e.Sink");

    for (int i = 0; i < 2; i++) {
      assertThat(binary(host, "x", "Content-Type: text/plain").status()).isEqualTo(204);
    }
  }

  @Test
  void knative_case_39_acceptedStatuses_neverComeWithAnEvent() throws IOException {
    events("e.Do");

    for (int status : new int[] {202, 204}) {
      Answered answer = binary(host, "status " + status, "Content-Type: text/plain");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).isEmpty();
      assertThat(attributes(answer)).isEmpty();
    }
    Answered created = binary(host, "status 201", "Content-Type: text/plain");
    assertThat(created.status()).isEqualTo(200);
    assertThat(created.header("ce-type")).isEqualTo("do.output");
  }

  @Test
  void undeployedMeanwhile_is503() throws Exception {
    functions("Word");
    host.hearth()
        .function("word")
        .orElseThrow()
        .undeploy()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);

    assertThat(binary(host, "").status()).isEqualTo(503);
  }

  @Test
  void manyEventsAtOnce_areEachAnsweredTheirOwn() throws Exception {
    events("e.Do");
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String data = "n" + i;
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return binary(host, data, "Content-Type: text/plain").text();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("n" + i);
    }
  }
}
