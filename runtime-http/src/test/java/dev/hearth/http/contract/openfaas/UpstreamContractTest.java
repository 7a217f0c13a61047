package dev.hearth.http.contract.openfaas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The conformance cases of OpenFaaS' contract behind a watchdog; {@code .ci/clients/openfaas} puts one there. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class UpstreamContractTest {

  private static final String URL = "http://127.0.0.1:8082";

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
    List<String> all =
        new ArrayList<>(List.of("mode", "http", "upstream_url", URL, "fprocess", "hearth run"));
    all.addAll(List.of(variables));
    container = Container.serve(directory, jar, "t." + function, all.toArray(new String[0]));
  }

  @Test
  void openfaas_case_21_everyRequest_isTheFunctionsAndNothingIsAdded() throws IOException {
    serve("Echo", "max_inflight", "1", "exec_timeout", "1ms", "log_callid", "true");

    for (String path : new String[] {"/", "/_/health", "/_/ready", "/metrics"}) {
      Answered answer = container.get(path, "X-Call-Id: abc");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).startsWith("GET " + path + "?\n").contains("id=abc\n");
      assertThat(answer.headers()).noneMatch(line -> line.regionMatches(true, 0, "x-", 0, 2));
    }
    assertThat(container.lock).doesNotExist();
    assertThat(container.server().beside()).isEmpty();
    assertThat(container.err).isEmpty();
  }

  @Test
  void openfaas_case_22_stopping_servesOnForTheWatchdog() throws Exception {
    serve("Meet", "healthcheck_interval", "60s", "write_timeout", "30s");
    try (Meeting meeting = new Meeting("openfaas", 1);
        RawClient running = container.connect()) {
      running.send(Container.head("GET", "/running", "meet: openfaas") + "\r\n");
      assertThat(meeting.awaitEntered()).isTrue();
      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(() -> container.server().close(Duration.ofSeconds(92)));

      try (Meeting other = new Meeting("other", 1)) {
        other.go();
        Answered next = container.get("/new", "meet: other");
        assertThat(next.text()).isEqualTo("met /new");
        assertThat(next.header("Connection")).isNotEqualTo("close");
      }
      meeting.go();
      assertThat(running.read().text()).isEqualTo("met /running");
      assertThat(closed).isNotDone();
      container.contract.close();
      assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void openfaas_case_22_stopping_endsBySelfWhenNoMoreCanCome() throws Exception {
    serve("Meet", "healthcheck_interval", "200ms", "write_timeout", "60s");
    long begin = System.nanoTime();

    assertThat(container.server().close(Duration.ofSeconds(62))).isTrue();

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(2100), Duration.ofSeconds(30));
  }

  @Test
  void openfaas_case_22_watchdogThatBuffers_mayForwardUntilTheLast() throws Exception {
    serve("Meet", "healthcheck_interval", "0", "write_timeout", "2300ms", "buffer_http", "true");
    long begin = System.nanoTime();

    assertThat(container.server().close(Duration.ofSeconds(5))).isTrue();

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(2250), Duration.ofSeconds(30));
  }

  @Test
  void openfaas_case_23_watchdogThatDies_leavesNothing() throws Exception {
    serve("Meet");
    try (Meeting meeting = new Meeting("openfaas", 1)) {
      RawClient watchdog = container.connect();
      watchdog.send(Container.head("GET", "/", "meet: openfaas") + "\r\n");
      assertThat(meeting.awaitEntered()).isTrue();

      watchdog.leave();

      await().until(() -> meeting.told().contains("cancelled=true"));
      await().until(() -> container.server().connections() == 0);
    }
  }

  @Test
  void openfaas_case_24_hundredAtOnce_areAllServed() throws Exception {
    serve("Upper");
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + container.server().port() + "/"))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("abc"))
            .build();
    for (int round = 0; round < 2; round++) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("ABC");
      }
    }
  }
}
