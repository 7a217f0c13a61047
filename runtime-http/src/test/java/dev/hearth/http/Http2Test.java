package dev.hearth.http;

import static dev.hearth.http.testing.Http2Client.CONTINUATION;
import static dev.hearth.http.testing.Http2Client.DATA;
import static dev.hearth.http.testing.Http2Client.END_HEADERS;
import static dev.hearth.http.testing.Http2Client.END_STREAM;
import static dev.hearth.http.testing.Http2Client.GOAWAY;
import static dev.hearth.http.testing.Http2Client.HEADERS;
import static dev.hearth.http.testing.Http2Client.PING;
import static dev.hearth.http.testing.Http2Client.PRIORITY;
import static dev.hearth.http.testing.Http2Client.RST_STREAM;
import static dev.hearth.http.testing.Http2Client.SETTINGS;
import static dev.hearth.http.testing.Http2Client.WINDOW_UPDATE;
import static dev.hearth.http.testing.Http2Client.pairs;
import static dev.hearth.http.testing.Http2Client.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.hearth.NativeContract;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.Http2Client;
import dev.hearth.http.testing.Http2Client.Stream;
import dev.hearth.http.testing.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 over a real socket; hostile cases by their numbers in chapter G of the list of hostile cases. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class Http2Test {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PROTOCOL_ERROR = 1;
  private static final int INTERNAL_ERROR = 2;
  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;

  @TempDir Path directory;
  private Hearth hearth;
  private HttpServer server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      // Still healthy: the next client is served as the first was.
      if (!server.isDraining() && hearth.function("echo").isPresent()) {
        try (Http2Client client = Http2Client.to(server.port())) {
          assertThat(client.get(1, "/echo").await(1).status()).isEqualTo(200);
        }
      }
      server.close(Duration.ofSeconds(2));
      hearth.close();
    }
  }

  private void serve(String... classes) throws IOException {
    serve(HttpLimits.defaults(), Http2Use.EVERYWHERE, classes);
  }

  private void serve(HttpLimits limits, Http2Use use, String... classes) throws IOException {
    hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    Path jar = Functions.jar(directory);
    for (String name : classes) {
      hearth.deploy(
          name.toLowerCase(Locale.ROOT), FunctionSpec.builder(jar).handler("t." + name).build());
    }
    server =
        HttpServer.builder().contract(new NativeContract(hearth)).limits(limits).http2(use).start();
  }

  private Http2Client connect() throws IOException {
    return Http2Client.to(server.port());
  }

  // What it is for.

  @Test
  void priorKnowledge_isServedOnTheSamePort() throws IOException {
    serve("Echo");
    try (Http2Client client = connect()) {
      Stream got =
          client
              .get(1, "/echo/a%2Fb?c=d", "x-more", "1", "cookie", "a=1", "cookie", "b=2")
              .await(1);
      Stream posted = client.post(3, "/echo", "body", "content-type", "text/plain").await(3);

      assertThat(got.status()).isEqualTo(200);
      assertThat(got.header("content-type")).isEqualTo("text/plain");
      assertThat(got.header("content-length")).isEqualTo(String.valueOf(got.bytes()));
      assertThat(got.text())
          .startsWith("GET /echo/a%2Fb?c=d\n")
          .contains("host=[x]", "x-more=[1]", "cookie=[a=1; b=2]", "length=0");
      assertThat(posted.text()).contains("content-type=[text/plain]").endsWith("body=body");
    }
    try (RawClient client = RawClient.to(server.port())) {
      assertThat(client.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n").read().status())
          .isEqualTo(200);
    }
  }

  @Test
  void preface_byteByByte_isServed() throws IOException {
    serve("Echo");
    try (Http2Client client = Http2Client.silent(server.port())) {
      for (byte b : RawClient.bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
        client.raw(new byte[] {b});
      }
      client.send(SETTINGS, 0, 0, new byte[0]);

      assertThat(client.get(1, "/echo").await(1).status()).isEqualTo(200);
    }
  }

  @Test
  void prefaceThatIsNone_isRefusedAsHttp1() throws IOException {
    serve("Echo");
    try (RawClient client = RawClient.to(server.port())) {
      assertThat(client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n").readAll())
          .startsWith("HTTP/1.1 505 ");
    }
    try (RawClient client = RawClient.to(server.port())) {
      assertThat(client.send("P").send("UT /echo HTTP/1.1\r\nHost: x\r\n\r\n").read().status())
          .isEqualTo(200);
    }
  }

  @Test
  void knative_case_04_http2TurnedOff_closesAndStaysHealthy() throws IOException {
    serve(HttpLimits.defaults(), Http2Use.SECURED, "Word");
    try (RawClient client = RawClient.to(server.port())) {
      assertThat(client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").readAll())
          .startsWith("HTTP/1.1 505 ");
    }
    try (RawClient client = RawClient.to(server.port())) {
      assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read().status()).isEqualTo(200);
    }
  }

  private static String upgrade(String method, String settings, String more) {
    return method
        + " /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: "
        + settings
        + "\r\n"
        + more
        + "\r\n";
  }

  @Test
  void knative_case_05_upgrade_is101AndTheAnswerIsTheFirstStream() throws IOException {
    serve("Echo");
    byte[] settings = {0, 4, 0, 1, 0, 0}; // a first window of 64 KiB
    try (Http2Client client = Http2Client.silent(server.port())) {
      String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(settings);
      client.raw(RawClient.bytes(upgrade("GET", base64, "X-More: 1\r\n")));
      byte[] switching = client.input().readNBytes(71);
      assertThat(new String(switching, StandardCharsets.US_ASCII))
          .isEqualTo(
              "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
      client.preface();

      Stream first = client.await(1);
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.text())
          .startsWith("GET /echo?\n")
          .contains("x-more=[1]", "host=[x]")
          .doesNotContain("upgrade", "http2-settings");
      assertThat(client.get(3, "/echo").await(3).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "AAMAAA", "AAUAAAAA"})
  void knative_case_05_upgradeThatCannotBe_isServedAsHttp1(String settings) throws IOException {
    serve("Echo");
    try (RawClient client = RawClient.to(server.port())) {
      assertThat(client.send(upgrade("GET", settings, "")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void knative_case_05_upgradeWithABody_isServedAsHttp1() throws IOException {
    serve("Echo");
    try (RawClient client = RawClient.to(server.port())) {
      RawClient.Answered answer =
          client.send(upgrade("POST", "", "Content-Length: 2\r\n") + "hi").read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).endsWith("body=hi");
    }
  }

  @Test
  void upgradeTurnedOff_isServedAsHttp1() throws IOException {
    serve(HttpLimits.defaults(), Http2Use.OFF, "Word");
    try (RawClient client = RawClient.to(server.port())) {
      assertThat(client.send(upgrade("GET", "", "")).read().statusLine())
          .isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void javaClient_isServedByUpgrade() throws Exception {
    serve("Echo");
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/echo"))
                .timeout(PATIENCE)
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.body()).startsWith("GET /echo?\n");
  }

  @Test
  void streams_areServedSideBySide() throws Exception {
    serve("Meet", "Echo");
    try (Meeting meeting = new Meeting("h2-side", 1);
        Http2Client client = connect()) {
      client.get(1, "/meet", "meet", "h2-side");
      assertThat(meeting.awaitEntered()).isTrue();

      assertThat(client.get(3, "/echo").await(3).status()).isEqualTo(200);
      assertThat(client.stream(1).status()).isZero();
      meeting.go();
      assertThat(client.await(1).text()).isEqualTo("met /meet");
    }
  }

  @Test
  void headAndEmptyAnswers_haveNoBody() throws IOException {
    serve("Word", "Nothing", "Echo");
    try (Http2Client client = connect()) {
      client.send(HEADERS, END_HEADERS | END_STREAM, 1, request("HEAD", "/word"));

      assertThat(client.await(1).status()).isEqualTo(200);
      assertThat(client.stream(1).header("content-length")).isEqualTo("3");
      assertThat(client.stream(1).bytes()).isZero();
      assertThat(client.get(3, "/nothing").await(3).status()).isEqualTo(204);
      assertThat(client.stream(3).header("content-length")).isEmpty();
    }
  }

  @Test
  void longBodies_goThroughInBothDirections() throws IOException {
    serve("Mirror");
    byte[] part = new byte[16384];
    try (Http2Client client = connect()) {
      client.queue(HEADERS, END_HEADERS, 1, request("POST", "/mirror"));
      int sent = 0;
      int window = 65535;
      while (sent < 1 << 20) {
        while (window < part.length) {
          Http2Client.Frame frame = client.read();
          if (frame.type() == DATA) {
            give(client, frame.payload().length);
          } else if (frame.type() == WINDOW_UPDATE && frame.stream() == 1) {
            window += frame.number(0);
          }
        }
        sent += part.length;
        window -= part.length;
        client.send(DATA, sent == 1 << 20 ? END_STREAM : 0, 1, part);
      }
      while (!client.stream(1).isEnded()) {
        Http2Client.Frame frame = client.read();
        if (frame.type() == DATA) {
          give(client, frame.payload().length);
        }
      }
      assertThat(client.stream(1).bytes()).isEqualTo(1 << 20);
    }
  }

  /** Lets the server send so much more. */
  private static void give(Http2Client client, int bytes) throws IOException {
    if (bytes > 0) {
      byte[] more = ByteBuffer.allocate(4).putInt(bytes).array();
      client.queue(WINDOW_UPDATE, 0, 0, more).send(WINDOW_UPDATE, 0, 1, more);
    }
  }

  @Test
  void expectation_isAnswered() throws IOException {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.send(HEADERS, END_HEADERS, 1, request("POST", "/echo", "expect", "100-continue"));
      client.awaitFrame(HEADERS);
      assertThat(client.stream(1).status()).isEqualTo(100);
      client.send(DATA, END_STREAM, 1, new byte[] {'x'});

      assertThat(client.await(1).text()).endsWith("body=x");
    }
  }

  @Test
  void trailers_areDropped() throws IOException {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.queue(HEADERS, END_HEADERS, 1, request("POST", "/echo"));
      client.queue(DATA, 0, 1, new byte[] {'x'});
      client.send(HEADERS, END_HEADERS | END_STREAM, 1, pairs("x-trailer", "1"));

      assertThat(client.await(1).text()).endsWith("body=x").doesNotContain("x-trailer");
    }
  }

  @Test
  void answerBeforeTheBody_hasTheClientStop() throws IOException {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.send(HEADERS, END_HEADERS, 1, request("POST", "/../x"));

      assertThat(client.await(1).status()).isEqualTo(400);
      assertThat(client.awaitFrame(RST_STREAM).number(0)).isZero();
    }
  }

  @Test
  void failureHalfWay_resetsTheStreamOnly() throws IOException {
    serve("Wire", "Echo");
    try (Http2Client client = connect()) {
      Stream half = client.get(1, "/wire", "do", "half").await(1);

      assertThat(half.text()).isEqualTo("half");
      assertThat(half.reset()).isEqualTo(INTERNAL_ERROR);
      assertThat(client.get(3, "/echo").await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void framingHeadersOfAFunction_areLeftOut() throws IOException {
    serve("Wire", "Echo");
    try (Http2Client client = connect()) {
      Stream answer = client.get(1, "/wire", "do", "framing").await(1);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-length")).isEqualTo("4");
      assertThat(answer.header("connection")).isEmpty();
      assertThat(answer.header("transfer-encoding")).isEmpty();
    }
  }

  @Test
  void refusals_haveTheirStatus() throws IOException {
    serve(HttpLimits.builder().bodyBytes(10).build(), Http2Use.EVERYWHERE, "Echo");
    try (Http2Client client = connect()) {
      client.send(HEADERS, END_HEADERS, 1, request("POST", "/echo", "content-length", "11"));
      assertThat(client.await(1).status()).isEqualTo(413);
      client.send(HEADERS, END_HEADERS | END_STREAM, 3, request("TRACE", "/echo"));
      assertThat(client.await(3).status()).isEqualTo(405);
      assertThat(client.stream(3).header("allow")).contains("POST");
      client.get(5, "/" + "x".repeat(8200));
      assertThat(client.await(5).status()).isEqualTo(414);
      client.post(7, "/echo", "more than ten bytes");
      assertThat(client.await(7).status()).isEqualTo(413);
      client.get(9, "/echo", "expect", "200-ok");
      assertThat(client.await(9).status()).isEqualTo(417);
    }
  }

  @Test
  void clientThatLeaves_cancelsItsCalls() throws Exception {
    serve("Meet");
    try (Meeting meeting = new Meeting("h2-leaves", 1)) {
      Http2Client client = connect();
      client.get(1, "/meet", "meet", "h2-leaves");
      assertThat(meeting.awaitEntered()).isTrue();
      client.leave();

      await().atMost(PATIENCE).until(() -> meeting.told().contains("InterruptedException"));
      await().atMost(PATIENCE).until(() -> server.connections() == 0);
    }
  }

  @Test
  void idleConnection_isToldAndClosed() throws IOException {
    serve(
        HttpLimits.builder().idleTimeout(Duration.ofMillis(300)).build(),
        Http2Use.EVERYWHERE,
        "Echo");
    try (Http2Client client = connect()) {
      assertThat(client.get(1, "/echo").await(1).status()).isEqualTo(200);
      assertThat(client.awaitEnd()).isZero();
    }
  }

  @Test
  void slowBody_is408() throws IOException {
    serve(
        HttpLimits.builder().bodyGrace(Duration.ofMillis(300)).build(),
        Http2Use.EVERYWHERE,
        "Echo");
    try (Http2Client client = connect()) {
      client.send(HEADERS, END_HEADERS, 1, request("POST", "/echo"));

      assertThat(client.await(1).status()).isEqualTo(408);
    }
  }

  // What is done to it.

  @Test
  void G01_rapidReset_endsTheConnectionAndStopsTheCalls() throws Exception {
    serve("Meet", "Echo");
    try (Meeting meeting = new Meeting("h2-reset", 1);
        Http2Client client = connect()) {
      byte[] head = request("GET", "/meet", "meet", "h2-reset");
      try {
        for (int id = 1; id < 4000; id += 2) {
          client.queue(HEADERS, END_HEADERS | END_STREAM, id, head);
          client.queue(RST_STREAM, 0, id, new byte[] {0, 0, 0, CANCEL});
        }
        client.raw(new byte[0]);
      } catch (IOException e) {
        // The server has had enough before all of it was sent.
      }
      int code = client.awaitEnd();

      assertThat(code).isIn(ENHANCE_YOUR_CALM, -1); // -1 where the reset of the socket overtook it
      await().atMost(PATIENCE).until(() -> inFlight("meet") == 0);
      await().atMost(PATIENCE).until(() -> server.connections() == 0);
      meeting.go(); // nobody is left to wait for it
      assertThat(meeting.told()).isNotEqualTo("done");
    }
  }

  private int inFlight(String function) {
    return hearth.function(function).orElseThrow().inFlight();
  }

  @Test
  void G01_oneReset_cancelsItsCallOnly() throws Exception {
    serve("Meet", "Echo");
    try (Meeting one = new Meeting("h2-one", 1);
        Meeting other = new Meeting("h2-other", 1);
        Http2Client client = connect()) {
      client.get(1, "/meet", "meet", "h2-one").get(3, "/meet", "meet", "h2-other");
      assertThat(one.awaitEntered() && other.awaitEntered()).isTrue();
      client.send(RST_STREAM, 0, 1, new byte[] {0, 0, 0, CANCEL});

      await().atMost(PATIENCE).until(() -> one.told().contains("InterruptedException"));
      assertThat(other.told()).isEmpty();
      other.go();
      assertThat(client.await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void G02_resetsMadeByTheServer_areCountedToo() throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      try {
        for (int id = 1; id < 4000; id += 2) {
          client.queue(HEADERS, END_HEADERS, id, request("POST", "/echo"));
          client.queue(WINDOW_UPDATE, 0, id, new byte[4]); // an increment of zero is a stream error
        }
        client.raw(new byte[0]);
      } catch (IOException e) {
        // The server has had enough before all of it was sent.
      }
      assertThat(client.awaitEnd()).isIn(ENHANCE_YOUR_CALM, -1);
      await().atMost(PATIENCE).until(() -> server.connections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16000})
  void G03_endlessContinuation_endsTheConnection(int size) throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.queue(HEADERS, END_STREAM, 1, request("GET", "/echo"));
      byte[] part = size < 2 ? new byte[size] : pairs("x", "v".repeat(size));
      boolean ended = false;
      try {
        for (int i = 0; i < 20_000 && !ended; i++) {
          client.queue(CONTINUATION, 0, 1, part);
        }
        client.raw(new byte[0]);
      } catch (IOException e) {
        ended = true;
      }
      client.awaitEnd();
      await().atMost(PATIENCE).until(() -> server.connections() == 0);
    }
  }

  static Object[][] floods() {
    return new Object[][] {
      {SETTINGS, 0, new byte[0]},
      {PING, 0, new byte[8]},
      {PRIORITY, 3, new byte[] {0, 0, 0, 5, 1}},
      {250, 0, new byte[1]},
    };
  }

  @ParameterizedTest
  @MethodSource("floods")
  void G04_floods_endTheConnection(int type, int stream, byte[] payload) throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      try {
        for (int i = 0; i < 50_000; i++) {
          client.queue(type, 0, stream, payload);
        }
        client.raw(new byte[0]);
      } catch (IOException e) {
        // The server has had enough before all of it was sent.
      }
      assertThat(client.awaitEnd()).isIn(ENHANCE_YOUR_CALM, -1);
      await().atMost(PATIENCE).until(() -> server.connections() == 0);
    }
  }

  @Test
  void G04_emptyData_endsTheConnection() throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.queue(HEADERS, END_HEADERS, 1, request("POST", "/echo"));
      try {
        for (int i = 0; i < 10_000; i++) {
          client.queue(DATA, 0, 1, new byte[0]);
        }
        client.raw(new byte[0]);
      } catch (IOException e) {
        // The server has had enough before all of it was sent.
      }
      assertThat(client.awaitEnd()).isIn(ENHANCE_YOUR_CALM, -1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void G05_streamsPastTheAdvertisedNumber_areRefused(boolean acknowledged) throws Exception {
    serve("Meet", "Echo");
    try (Meeting meeting = new Meeting("h2-many", 100);
        Http2Client client = connect()) {
      if (!acknowledged) {
        client.acknowledgeNothing();
      }
      byte[] head = request("GET", "/meet", "meet", "h2-many");
      for (int i = 0; i < 101; i++) {
        client.queue(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, head);
      }
      client.raw(new byte[0]);

      assertThat(client.await(201).reset()).isEqualTo(REFUSED_STREAM);
      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(inFlight("meet")).isEqualTo(100);
      meeting.go();
      for (int i = 0; i < 100; i++) {
        assertThat(client.await(2 * i + 1).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void G05_settings_tellTheNumber() throws IOException {
    serve("Echo");
    try (Http2Client client = connect()) {
      ByteBuffer settings = ByteBuffer.wrap(client.awaitFrame(SETTINGS).payload());
      java.util.Map<Integer, Integer> told = new java.util.HashMap<>();
      while (settings.hasRemaining()) {
        told.put((int) settings.getShort(), settings.getInt());
      }
      assertThat(told).containsEntry(3, 100).containsEntry(6, 24 << 10);
    }
  }

  @Test
  void G06_windowThatStaysShut_isCutAtTheWriteLimit() throws Exception {
    serve(
        HttpLimits.builder().writeStall(Duration.ofMillis(500)).build(),
        Http2Use.EVERYWHERE,
        "Wire",
        "Echo");
    try (Http2Client client = connect()) {
      client.send(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0}); // windows of zero
      client.get(1, "/wire", "do", "big").get(3, "/echo");

      assertThat(client.await(1).reset()).isNotNegative();
      assertThat(client.await(3).reset()).isNotNegative();
      assertThat(client.stream(1).bytes()).isZero();
      await().atMost(PATIENCE).until(() -> inFlight("wire") == 0);
    }
  }

  @Test
  void G07_headerListOverTheLimit_isRefusedBeforeItIsExpanded() throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      byte[] lines = pairs("x-long", "v".repeat(13_000));
      client.queue(HEADERS, END_STREAM, 1, request("GET", "/echo"));
      client.queue(CONTINUATION, 0, 1, lines);
      client.send(CONTINUATION, END_HEADERS, 1, lines);

      Stream refused = client.await(1);
      assertThat(refused.status() == 431 || refused.reset() >= 0).isTrue();
      assertThat(client.get(3, "/echo").await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void G07_oneHeaderManyTimes_isRefusedBeforeItIsExpanded() throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      java.io.ByteArrayOutputStream block = new java.io.ByteArrayOutputStream();
      block.writeBytes(request("GET", "/echo"));
      byte[] indexed = pairs("x-bomb", "v".repeat(3000));
      indexed[0] = 0x40; // a literal that is indexed
      block.writeBytes(indexed);
      for (int i = 0; i < 10_000; i++) {
        block.write(0xbe); // the newest entry of the table
      }
      client.send(HEADERS, END_HEADERS | END_STREAM, 1, block.toByteArray());

      Stream refused = client.await(1);
      assertThat(refused.status() == 431 || refused.reset() >= 0).isTrue();
      assertThat(client.get(3, "/echo").await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void G07_tooManyLines_are431() throws Exception {
    serve("Echo");
    String[] lines = new String[402];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "h" + i;
    }
    try (Http2Client client = connect()) {
      Stream refused = client.get(1, "/echo", lines).await(1);

      assertThat(refused.status()).isEqualTo(431);
    }
  }

  /** The setting is advice (RFC 9113, section 6.5.2): an answer that it made fail would be work for nothing. */
  @Test
  void G08_tinyHeaderListOfTheClient_failsNoAnswer() throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.send(SETTINGS, 0, 0, new byte[] {0, 6, 0, 0, 0, 1});
      client.get(1, "/echo");

      assertThat(client.await(1).reset()).isEqualTo(-1);
      assertThat(client.stream(1).status()).isEqualTo(200);
    }
  }

  static Object[][] malformed() {
    String[] get = {":method", "GET", ":scheme", "http", ":path", "/echo", ":authority", "x"};
    return new Object[][] {
      {"G09 upper case", with(get, "X-Upper", "1")},
      {"G09 CR LF", with(get, "x", "a\r\nb: c")},
      {"G09 NUL", with(get, "x", "a\0b")},
      {"G09 padded", with(get, "x", " a")},
      {"G09 name", with(get, "x y", "a")},
      {"G09 empty name", with(get, "", "a")},
      {"G09 connection", with(get, "connection", "close")},
      {"G09 transfer-encoding", with(get, "transfer-encoding", "chunked")},
      {"G09 upgrade", with(get, "upgrade", "h2c")},
      {"G09 te", with(get, "te", "gzip")},
      {"G09 length without body", with(get, "content-length", "3")},
      {"G09 length", with(get, "content-length", "-1")},
      {"G10 no method", without(get, 0)},
      {"G10 no scheme", without(get, 2)},
      {"G10 no path", without(get, 4)},
      {"G10 no authority", without(get, 6)},
      {"G10 method twice", with(get, ":method", "GET")},
      {"G10 path twice", with(get, ":path", "/")},
      {"G10 unknown", with(get, ":other", "x")},
      {"G10 of responses", with(get, ":status", "200")},
      {"G10 behind", with(with(get, "x", "y"), ":path", "/")},
      {"G10 empty path", with(without(get, 4), ":path", "")},
      {"G10 path without slash", with(without(get, 4), ":path", "echo")},
      {"G10 space in path", with(without(get, 4), ":path", "/a b")},
      {"G10 fragment", with(without(get, 4), ":path", "/a#b")},
      {"G10 authority", with(without(get, 6), ":authority", "u@x")},
      {"G10 other host", with(get, "host", "y")},
    };
  }

  private static String[] with(String[] lines, String name, String value) {
    String[] more = java.util.Arrays.copyOf(lines, lines.length + 2);
    more[lines.length] = name;
    more[lines.length + 1] = value;
    return more;
  }

  private static String[] without(String[] lines, int at) {
    String[] less = new String[lines.length - 2];
    System.arraycopy(lines, 0, less, 0, at);
    System.arraycopy(lines, at + 2, less, at, less.length - at);
    return less;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void G09_and_G10_malformedHeads_areStreamErrors(String name, String[] lines) throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.send(HEADERS, END_HEADERS | END_STREAM, 1, pairs(lines));

      assertThat(client.await(1).reset()).isEqualTo(PROTOCOL_ERROR);
      assertThat(client.stream(1).status()).isZero();
      assertThat(client.get(3, "/echo").await(3).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void G09_lengthOtherThanTheData_isAStreamError(int length) throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.post(1, "/echo", "abc", "content-length", String.valueOf(length));

      assertThat(client.await(1).reset()).isEqualTo(PROTOCOL_ERROR);
      assertThat(client.get(3, "/echo").await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void G10_pseudoHeaderInTrailers_isAStreamError() throws Exception {
    serve("Echo");
    try (Http2Client client = connect()) {
      client.queue(HEADERS, END_HEADERS, 1, request("POST", "/echo"));
      client.send(HEADERS, END_HEADERS | END_STREAM, 1, pairs(":path", "/"));

      assertThat(client.await(1).reset()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @Test
  void G12_shutdownWhileStreamsRun_letsAllOfThemEnd() throws Exception {
    serve("Meet");
    try (Meeting meeting = new Meeting("h2-drain", 100);
        Http2Client client = connect()) {
      for (int i = 0; i < 100; i++) {
        client.get(2 * i + 1, "/meet", "meet", "h2-drain");
      }
      assertThat(meeting.awaitEntered()).isTrue();
      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(() -> server.close(Duration.ofSeconds(60)));

      Http2Client.Frame goAway = client.awaitFrame(GOAWAY);
      assertThat(goAway.number(0)).isEqualTo(199);
      assertThat(goAway.number(4)).isZero();
      meeting.go();
      for (int i = 0; i < 100; i++) {
        assertThat(client.await(2 * i + 1).text()).isEqualTo("met /meet");
      }
      assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(client.awaitEnd()).isEqualTo(-1);
    }
  }

  @Test
  void G12_shutdownWhileIdle_saysSoAndCloses() throws Exception {
    serve("Word");
    try (Http2Client client = connect()) {
      assertThat(client.get(1, "/").await(1).text()).isEqualTo("foo");
      assertThat(server.close(Duration.ofSeconds(60))).isTrue();

      assertThat(client.awaitEnd()).isZero();
    }
  }
}
