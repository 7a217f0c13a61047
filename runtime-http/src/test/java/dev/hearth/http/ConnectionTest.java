package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.invoke.Threads;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections do in time: keep, wait, give up, notice who left (HOSTILE.md, H42 to H57). */
class ConnectionTest {

  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String path, String headers) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n";
  }

  private static String meet(String key) {
    return "GET /meet HTTP/1.1\r\nHost: x\r\nmeet: " + key + "\r\n\r\n";
  }

  private TestHost host(String... classes) throws IOException {
    return TestHost.with(directory, classes);
  }

  private TestHost host(HttpLimits.Builder limits, String... classes) throws IOException {
    return TestHost.with(directory, limits.build(), classes);
  }

  @Test
  void keepAlive_manyRequests_useOneConnection() throws IOException {
    try (TestHost host = host("Count");
        RawClient client = host.connect()) {
      for (int i = 1; i <= 100; i++) {
        assertThat(client.send(get("/count")).read().text()).isEqualTo(String.valueOf(i));
      }
      assertThat(host.server().connections()).isEqualTo(1);
    }
  }

  @Test
  void idleTimeout_byDefault_outlivesTheRoutersOfPlatforms() {
    assertThat(HttpLimits.defaults().idleTimeout()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void http10_withoutKeepAlive_isClosedBehindTheAnswer() throws IOException {
    try (TestHost host = host("Upper", "Word");
        RawClient client = host.connect()) {
      assertThat(client.send("GET /word HTTP/1.0\r\n\r\n").readAll())
          .contains("Connection: close")
          .endsWith("\r\n\r\nfoo");
    }
  }

  @Test
  void http10_withKeepAlive_isKept() throws IOException {
    try (TestHost host = host("Upper", "Word");
        RawClient client = host.connect()) {
      String request = "GET /word HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";

      assertThat(client.send(request).read().header("Connection")).isEqualTo("keep-alive");
      assertThat(client.send(request).read().text()).isEqualTo("foo");
    }
  }

  @Test
  void H42_expectContinue_isInvitedThenServed() throws IOException {
    try (TestHost host = host("Echo");
        RawClient client = host.connect()) {
      client.send(post("/echo", "Expect: 100-continue\r\nContent-Length: 3"));

      assertThat(client.readOne(false).status()).isEqualTo(100);
      assertThat(client.send("abc").read().text()).endsWith("body=abc");
      assertThat(client.send(get("/echo")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void H42_expectContinueWhereNobodyWantsTheBody_isAnsweredAtOnce() throws IOException {
    try (TestHost host = host("Echo", "Upper");
        RawClient client = host.connect()) {
      client.send(post("/nobody", "Expect: 100-continue\r\nContent-Length: 3"));

      Answered answer = client.readOne(false);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void H44_headByDribs_is408AtATotalDeadline() throws Exception {
    try (TestHost host = host(HttpLimits.builder().headerTimeout(SOON), "Echo");
        RawClient client = host.connect()) {
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.trickle(RawClient.bytes("GET /echo HTTP/1.1\r\nHost: x\r\nA: "));
                  while (true) {
                    client.send("a");
                    TimeUnit.MILLISECONDS.sleep(10); // the pace of the sender, not a wait
                  }
                } catch (IOException | InterruptedException done) {
                  // the server has closed
                }
              });

      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
      client.leave();
      sender.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void H45_bodyBelowTheLeastRate_is408AndNoInstanceWaits() throws IOException {
    HttpLimits.Builder limits = HttpLimits.builder().bodyGrace(SOON).bodyBytesPerSecond(1 << 20);
    try (TestHost host = host(limits, "Echo");
        RawClient client = host.connect()) {
      client.send(post("/echo", "Content-Length: 60000") + "slow");

      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
      assertThat(host.hearth().function("echo").orElseThrow().inFlight()).isZero();
    }
  }

  @Test
  void H45_slowBodyThatIsStreamed_fails() throws Exception {
    HttpLimits.Builder limits = HttpLimits.builder().bodyGrace(SOON).bodyBytesPerSecond(1 << 20);
    try (Meeting meeting = new Meeting("H45", 1);
        TestHost host = host(limits, "Meet");
        RawClient client = host.connect()) {
      client.send(post("/meet", "meet: H45\r\nbody: read\r\nContent-Length: 1000000"));
      client.send("a".repeat(100_000));

      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
      await().atMost(PATIENCE).until(() -> !meeting.told().isEmpty());
      assertThat(meeting.told()).contains("too slowly");
    }
  }

  @Test
  void H46_clientThatNeverReads_isCutAtTheWriteLimit() throws Exception {
    try (TestHost host = host(HttpLimits.builder().writeStall(SOON), "Wire");
        RawClient client = RawClient.slowReaderTo(host.server().port())) {
      client.send("GET /wire HTTP/1.1\r\nHost: x\r\ndo: endless\r\n\r\n");

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(host.server().connections()).isZero();
                assertThat(host.hearth().function("wire").orElseThrow().inFlight()).isZero();
              });
    }
  }

  @Test
  void H47_idleConnections_areClosedAtTheLimit() throws IOException {
    try (TestHost host = host(HttpLimits.builder().idleTimeout(SOON), "Echo");
        RawClient silent = host.connect();
        RawClient used = host.connect()) {
      assertThat(used.send(get("/echo")).read().status()).isEqualTo(200);

      assertThat(silent.isAtEnd()).isTrue();
      assertThat(used.isAtEnd()).isTrue();
    }
  }

  @Test
  void H47_thousandConnections_leaveNothingBehind() throws IOException {
    try (TestHost host = host(HttpLimits.builder().idleTimeout(Duration.ofSeconds(30)), "Echo")) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        clients.add(host.connect());
      }
      await().atMost(PATIENCE).until(() -> host.server().connections() == 1000);

      assertThat(host.get("/echo").status()).isEqualTo(200);
      for (RawClient client : clients) {
        client.leave();
      }
      await().atMost(PATIENCE).until(() -> host.server().connections() == 0);
    }
  }

  @Test
  void connections_overTheLimit_areToldSo() throws IOException {
    try (TestHost host = host(HttpLimits.builder().connections(1), "Echo");
        RawClient first = host.connect()) {
      assertThat(first.send(get("/echo")).read().status()).isEqualTo(200);

      try (RawClient second = host.connect()) {
        assertThat(second.readAll()).startsWith("HTTP/1.1 503 ");
      }
      assertThat(first.send(get("/echo")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void H48_clientLeavesDuringASmallBody_nothingIsCalled() throws IOException {
    try (TestHost host = host("Count");
        RawClient client = host.connect()) {
      client.send(post("/count", "Content-Length: 10") + "abc").close();

      await().atMost(PATIENCE).until(() -> host.server().connections() == 0);
      assertThat(host.get("/count").text()).isEqualTo("1");
    }
  }

  @Test
  void H48_clientLeavesDuringAStreamedBody_functionFails() throws Exception {
    try (Meeting meeting = new Meeting("H48", 1);
        TestHost host = host("Meet");
        RawClient client = host.connect()) {
      client.send(post("/meet", "meet: H48\r\nbody: read\r\nContent-Length: 1000000"));
      client.send("a".repeat(100_000)).close();

      await().atMost(PATIENCE).until(() -> !meeting.told().isEmpty());
      assertThat(meeting.told()).contains("IOException").contains("client left");
    }
  }

  @Test
  void H49_clientResetsDuringTheCall_callIsCancelled() throws Exception {
    try (Meeting meeting = new Meeting("H49", 1);
        TestHost host = host("Meet");
        RawClient client = host.connect()) {
      client.send(meet("H49"));
      assertThat(meeting.awaitEntered()).isTrue();

      client.reset();

      await().atMost(PATIENCE).until(() -> !meeting.told().isEmpty());
      assertThat(meeting.told()).contains("InterruptedException").contains("cancelled=true");
    }
  }

  @Test
  void H49_clientClosesDuringTheCall_callIsCancelled() throws Exception {
    try (Meeting meeting = new Meeting("H49c", 1);
        TestHost host = host("Meet");
        RawClient client = host.connect()) {
      client.send(meet("H49c"));
      assertThat(meeting.awaitEntered()).isTrue();

      client.leave();

      await().atMost(PATIENCE).until(() -> !meeting.told().isEmpty());
      assertThat(meeting.told()).contains("InterruptedException").contains("cancelled=true");
    }
  }

  @Test
  void H49_clientLeavesDuringTheResponse_functionIsStopped() throws Exception {
    try (TestHost host = host("Wire");
        RawClient client = host.connect()) {
      client.send("GET /wire HTTP/1.1\r\nHost: x\r\ndo: endless\r\n\r\n");
      assertThat(client.readHead().status()).isEqualTo(200);

      client.leave();

      await()
          .atMost(PATIENCE)
          .until(() -> host.hearth().function("wire").orElseThrow().inFlight() == 0);
    }
  }

  @Test
  void H50_halfClose_stillGetsItsAnswer() throws Exception {
    try (Meeting meeting = new Meeting("H50", 1);
        TestHost host = host("Meet", "Echo");
        RawClient client = host.connect()) {
      client.send(meet("H50")).endOutput();
      assertThat(meeting.awaitEntered()).isTrue();
      // An interim answer proves that the server has noticed and looked whether we are still there.
      assertThat(client.readOne(false).status()).isEqualTo(100);

      meeting.go();

      assertThat(client.read().text()).isEqualTo("met /meet");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void H50_halfCloseBehindPipelinedRequests_allAreAnswered() throws IOException {
    try (TestHost host = host("Count");
        RawClient client = host.connect()) {
      client.send(get("/count") + get("/count") + get("/count")).endOutput();

      assertThat(client.read().text()).isEqualTo("1");
      assertThat(client.read().text()).isEqualTo("2");
      assertThat(client.read().text()).isEqualTo("3");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void H50_halfCloseBehindRequestsAnsweredAtOnce_allAreAnswered() throws IOException {
    try (TestHost host = host("Count", "Meet")) {
      for (int i = 0; i < 100; i++) {
        try (RawClient client = host.connect()) {
          client.send(get("/count") + get("/a") + get("/b") + get("/c")).endOutput();

          assertThat(client.read().status()).isEqualTo(200);
          assertThat(client.read().text()).contains("/a");
          assertThat(client.read().text()).contains("/b");
          assertThat(client.read().text()).contains("/c");
          assertThat(client.isAtEnd()).isTrue();
        }
      }
    }
  }

  @Test
  void H50_halfCloseBehindAnUnfinishedRequest_isClosedAtOnce() throws Exception {
    try (Meeting meeting = new Meeting("unfinished", 1);
        TestHost host = host("Meet", "Count");
        RawClient client = host.connect()) {
      client.send(meet("unfinished") + post("/count", "Content-Length: 9") + "abc").endOutput();
      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(client.readOne(false).status()).isEqualTo(100);

      meeting.go();

      assertThat(client.read().text()).isEqualTo("met /meet");
      long started = System.nanoTime();
      assertThat(client.isAtEnd()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - started))
          .isLessThan(HttpLimits.defaults().bodyGrace().dividedBy(2));
    }
  }

  @Test
  void pipelinedBodies_longerThanIsHeld_areReadOn() throws Exception {
    try (Meeting meeting = new Meeting("readOn", 1);
        TestHost host = host("Meet", "Echo");
        RawClient client = host.connect()) {
      client.send(meet("readOn"));
      assertThat(meeting.awaitEntered()).isTrue();
      client.send(post("/echo", "Content-Length: 1000000") + "a".repeat(1_000_000) + get("/echo"));

      meeting.go();

      assertThat(client.read().text()).isEqualTo("met /meet");
      assertThat(client.read().body()).hasSizeGreaterThan(1_000_000);
      assertThat(client.read().text()).startsWith("GET /echo?\n");
    }
  }

  @Test
  void H51_thousandResets_leaveNothingBehind() throws IOException {
    try (TestHost host = host("Count")) {
      for (int i = 0; i < 1000; i++) {
        RawClient client = host.connect();
        client.send("GET /count HT");
        client.reset();
      }

      await().atMost(PATIENCE).until(() -> host.server().connections() == 0);
      assertThat(host.get("/count").text()).isEqualTo("1");
    }
  }

  @Test
  void H52_pipelinedRequestsFirstSlowest_areAnsweredInOrder() throws Exception {
    try (Meeting meeting = new Meeting("H52", 1);
        TestHost host = host("Meet", "Count", "Word");
        RawClient client = host.connect()) {
      client.send(meet("H52") + get("/count") + get("/word"));
      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(host.get("/count").text()).isEqualTo("1");

      meeting.go();

      assertThat(client.read().text()).isEqualTo("met /meet");
      assertThat(client.read().text()).isEqualTo("2");
      assertThat(client.read().text()).isEqualTo("foo");
    }
  }

  @Test
  void H53_tenThousandPipelinedRequestsReadingNothing_readingStops() throws Exception {
    try (TestHost host = host("Count");
        RawClient client = RawClient.slowReaderTo(host.server().port())) {
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.trickle(RawClient.bytes(get("/count").repeat(10_000)), 1 << 16);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      for (int i = 1; i <= 10_000; i++) {
        assertThat(client.read().text()).isEqualTo(String.valueOf(i));
      }
      sender.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void H55_requestBehindConnectionClose_isNotAnswered() throws IOException {
    try (TestHost host = host("Count");
        RawClient client = host.connect()) {
      client.send("GET /count HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + get("/count"));

      assertThat(client.readAll().split("HTTP/1.1 200", -1)).hasSize(2);
      assertThat(host.get("/count").text()).isEqualTo("2");
    }
  }

  @Test
  void H27_bodyInOneByteChunks_isServed() throws IOException {
    try (TestHost host = host("Echo");
        RawClient client = host.connect()) {
      client.send(post("/echo", "Transfer-Encoding: chunked"));
      client.send("1\r\na\r\n".repeat(200_000) + "0\r\n\r\n");

      assertThat(client.read().body()).hasSizeGreaterThan(200_000);
    }
  }

  @Test
  void largeBody_echoedWhileItArrives_isBackPressuredBothWays() throws Exception {
    try (TestHost host = host("Mirror");
        RawClient client = host.connect()) {
      byte[] sent = new byte[8 << 20];
      for (int i = 0; i < sent.length; i++) {
        sent[i] = (byte) (i * 31 + (i >> 8));
      }
      client.send(post("/mirror", "Content-Length: " + sent.length));
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.send(sent);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      assertThat(client.read().body()).isEqualTo(sent);
      sender.get(60, TimeUnit.SECONDS);
      assertThat(client.send(post("/mirror", "Content-Length: 2") + "ok").read().text())
          .isEqualTo("ok");
    }
  }

  @Test
  void largeBody_notRead_connectionIsClosedBehindTheAnswer() throws IOException {
    try (TestHost host = host("Wire");
        RawClient client = host.connect()) {
      client.send(post("/wire", "Content-Length: 50000000"));
      client.send("a".repeat(100_000));

      Answered answer = client.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void smallBody_forNobody_isDroppedAndTheConnectionKept() throws IOException {
    try (TestHost host = host("Echo", "Count");
        RawClient client = host.connect()) {
      client.send(post("/nobody", "Content-Length: 6"));
      assertThat(client.read().status()).isEqualTo(404);

      client.send("ignore" + get("/count"));

      assertThat(client.read().text()).isEqualTo("1");
    }
  }

  @Test
  void emptyBody_closedByItsReader_isThereForTheNextRequest() throws IOException {
    try (TestHost host = host("Wire")) {
      for (int i = 0; i < 2; i++) {
        assertThat(host.ask("GET /wire HTTP/1.1\r\nHost: x\r\ndo: closeIn\r\n\r\n").text())
            .isEqualTo("body");
      }
    }
  }

  @Test
  void eventLoopFunction_largeBody_isCollectedFirst() throws IOException {
    try (TestHost host =
            TestHost.with(
                directory,
                HttpLimits.defaults(),
                spec -> spec.threads(Threads.EVENT_LOOP),
                "Echo");
        RawClient client = host.connect()) {
      client.send(post("/echo", "Content-Length: 300000") + "a".repeat(300_000));

      assertThat(client.read().text()).endsWith("a".repeat(300_000));
    }
  }

  @Test
  void timeout_ofTheFunction_is504AndItIsInterrupted() throws Exception {
    try (Meeting meeting = new Meeting("504", 1);
        TestHost host =
            TestHost.with(
                directory,
                HttpLimits.defaults(),
                spec -> spec.runTimeout(Duration.ofMillis(200)),
                "Meet");
        RawClient client = host.connect()) {
      Answered answer = client.send(meet("504")).read();

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.text()).contains("200 ms");
      await().atMost(PATIENCE).until(() -> meeting.told().contains("InterruptedException"));
    }
  }

  @Test
  void close_whileACallRuns_waitsForItsAnswer() throws Exception {
    try (Meeting meeting = new Meeting("drain", 1);
        TestHost host = host("Meet", "Count");
        RawClient busy = host.connect();
        RawClient idle = host.connect()) {
      assertThat(idle.send(get("/count")).read().status()).isEqualTo(200);
      busy.send(meet("drain"));
      assertThat(meeting.awaitEntered()).isTrue();

      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(() -> host.server().close(Duration.ofSeconds(60)));

      assertThat(idle.isAtEnd()).isTrue();
      assertThat(closed).isNotDone();
      assertThatThrownBy(() -> RawClient.to(host.server().port()).send(get("/count")).read())
          .isInstanceOf(IOException.class);
      meeting.go();
      Answered answer = busy.read();
      assertThat(answer.text()).isEqualTo("met /meet");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void close_callOutlivesTheBound_isCancelled() throws Exception {
    try (Meeting meeting = new Meeting("bound", 1);
        TestHost host = host("Meet");
        RawClient client = host.connect()) {
      client.send(meet("bound"));
      assertThat(meeting.awaitEntered()).isTrue();

      assertThat(host.server().close(Duration.ofMillis(100))).isFalse();

      assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
      await().atMost(PATIENCE).until(() -> meeting.told().contains("cancelled=true"));
      assertThat(host.server().close(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void start_portInUse_saysWhatToDo() throws IOException {
    try (TestHost host = host("Count")) {
      int port = host.server().port();

      assertThatThrownBy(
              () ->
                  HttpServer.builder()
                      .port(port)
                      .contract(Contracts.create("native", host.hearth(), java.util.Map.of()))
                      .start())
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("choose another port");
    }
  }
}
