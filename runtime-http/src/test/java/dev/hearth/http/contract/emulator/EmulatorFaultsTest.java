package dev.hearth.http.contract.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.instance.InstanceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clients that leave at any moment, and a host that stops: nothing is left behind. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class EmulatorFaultsTest {

  private static final String STREAM =
      "/2021-11-15/functions/streams/response-streaming-invocations";

  @TempDir static Path directory;
  private static Path jar;
  private Emulated host;

  @BeforeAll
  static void build() {
    jar = EmulatorJar.build(directory);
  }

  @BeforeEach
  void serve() throws IOException {
    host =
        new Emulated(jar, EmulatorSettings.TIMEOUT, "30", EmulatorSettings.PAUSES, "1h")
            .with("fn1", "F$Echo", s -> s.instances(new InstanceSettings(1, 1, 1, 100)))
            .with("boom", "F$Boom")
            .with("meets", "F$Meets", s -> s.instances(new InstanceSettings(1, 1, 1, 0)))
            .with("streams", "F$Streams", s -> s.instances(new InstanceSettings(1, 1, 1, 0)))
            .serve();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  /** All places are free again, and nobody follows a call that is over. */
  private void assertNothingLeft() {
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              host.hearth.functions().forEach(function -> assertThat(function.inFlight()).isZero());
              assertThat(host.contract().shared().followed()).isZero();
              assertThat(host.contract().shared().restarts.isIdle()).isTrue();
            });
  }

  @Test
  void client_leavesDuringTheCall_freesItsInstance() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (Meeting meeting = new Meeting("left." + i, 1)) {
        RawClient client = host.connect();
        client.send(Emulated.request("POST", Emulated.path("meets"), "\"left." + i + "\""));
        assertThat(meeting.awaitEntered()).isTrue();
        client.reset();
        assertNothingLeft();
      }
    }
    try (Meeting meeting = new Meeting("left.last", 1)) {
      meeting.go();
      assertThat(host.invoke("meets", "\"left.last\"").text()).isEqualTo("\"left.last\"");
    }
  }

  @Test
  void client_leavesDuringAStream_freesItsInstance() throws Exception {
    try (Meeting meeting = new Meeting("endless.left", 1)) {
      RawClient client = RawClient.slowReaderTo(host.port());
      client.send(Emulated.request("POST", STREAM, "\"endless.left\""));
      client.readHead();
      client.chunk();
      meeting.go();
      client.chunk();
      client.reset();
      assertNothingLeft();
    }
    try (Meeting meeting = new Meeting("stream.after", 1)) {
      meeting.go();
      assertThat(host.send("POST", STREAM, "\"stream.after\"").text()).contains("ab", "cd");
    }
  }

  @Test
  void client_cutsItsRequestAnywhere_leavesNothing() throws Exception {
    byte[][] requests = {
      Emulated.request("POST", Emulated.path("fn1"), "{\"a\":\"" + "x".repeat(300) + "\"}"),
      Emulated.request("POST", Emulated.path("fn1"), "{}", "X-Amz-Log-Type: Tail"),
      Emulated.request("POST", Emulated.path("boom"), "{}"),
      Emulated.request("POST", "/2015-03-31/functions/fn1/aliases", "{\"Name\":\"a\"}"),
    };
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] request = requests[i % requests.length];
      byte[] part = java.util.Arrays.copyOf(request, random.nextInt(request.length + 1));
      RawClient client = host.connect();
      client.send(part);
      if (i % 3 == 0) {
        client.reset();
      } else {
        client.leave();
      }
    }
    assertNothingLeft();
    assertThat(host.invoke("fn1", "{}").status()).isEqualTo(200);
  }

  @Test
  void host_closesWithEventsLeft_givesThemUpAtOnce() throws Exception {
    host.invoke("boom", "{}", "X-Amz-Invocation-Type: Event");
    await().until(() -> host.out().stream().anyMatch(line -> line.startsWith("REPORT")));
    EmulatorContract contract = host.contract();
    assertThat(contract.events().size()).as("it waits for its second attempt").isEqualTo(1);

    contract.close();
    contract.close();

    assertThat(host.invoke("fn1", "{}", "X-Amz-Invocation-Type: Event").status()).isEqualTo(429);
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("hearth-lambda-events")));
  }

  @Test
  void function_removedMeanwhile_isNotFound() throws Exception {
    host.hearth.function("boom").orElseThrow().undeploy();

    assertThat(host.invoke("boom", "{}").status()).isEqualTo(404);
  }
}
