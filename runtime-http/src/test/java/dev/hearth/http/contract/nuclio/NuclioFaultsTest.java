package dev.hearth.http.contract.nuclio;

import static dev.hearth.http.contract.nuclio.FakeProcessor.base64;
import static dev.hearth.http.contract.nuclio.FakeProcessor.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.Hearth;
import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.UnloadAssert;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A processor that goes away at any point, and a host that stops: nothing is left behind. */
@Timeout(120)
class NuclioFaultsTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    jar = NuclioJars.jar(work);
  }

  /** How the processor goes. */
  enum End {
    CLOSE,
    RESET;

    void of(FakeProcessor processor) throws IOException {
      if (this == CLOSE) {
        processor.hangUp();
      } else {
        processor.reset();
      }
    }
  }

  @AfterEach
  void nothingIsLeft() {
    await().atMost(BOUND).until(() -> !isWorkerAlive());
  }

  private static boolean isWorkerAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("hearth-nuclio"));
  }

  private static void assertEnded(NuclioRun run) throws Exception {
    assertThat(run.exitCode()).isZero();
    await().atMost(BOUND).until(() -> run.inFlight() == 0);
    await().atMost(BOUND).until(() -> !isWorkerAlive());
  }

  @ParameterizedTest
  @EnumSource
  void processorGoes_beforeAnyEvent_endsWithZero(End end) throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      end.of(processor.accept());
      assertEnded(run);
    }
  }

  @ParameterizedTest
  @EnumSource
  void processorGoes_withinAnEvent_endsWithZero(End end) throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept().post("x");
      processor.sendPart(FakeProcessor.json(event("body", base64("whole"))));
      end.of(processor);
      assertEnded(run);
    }
  }

  @ParameterizedTest
  @EnumSource
  void processorGoes_whileTheFunctionRuns_theCallIsCancelled(End end) throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        Meeting meeting = new Meeting("cut", 1);
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Meets")) {
      processor.accept().send(event("body", base64("cut")));
      assertThat(meeting.awaitEntered()).isTrue();
      end.of(processor);
      assertEnded(run);
      assertThat(run.reason()).startsWith("the processor is gone");
    }
  }

  @ParameterizedTest
  @EnumSource
  void processorGoes_withoutReadingLogLines_theFunctionIsLetGo(End end) throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Chatters")) {
      processor.accept().send(event());
      await().atMost(BOUND).until(() -> isSendingInVain());
      end.of(processor);
      assertEnded(run);
    }
  }

  /** Whether the worker cannot send what it has. */
  private static boolean isSendingInVain() {
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      if (thread.getKey().getName().equals("hearth-nuclio")) {
        boolean writes = false;
        boolean waits = false;
        for (StackTraceElement frame : thread.getValue()) {
          writes |= frame.getMethodName().equals("write") && isOfConnection(frame);
          waits |= frame.getMethodName().equals("select") && isOfConnection(frame);
        }
        return writes && waits;
      }
    }
    return false;
  }

  private static boolean isOfConnection(StackTraceElement frame) {
    return frame.getClassName().equals(Connection.class.getName());
  }

  @ParameterizedTest
  @EnumSource
  void processorGoes_withoutReadingAnAnswer_endsWithZero(End end) throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Big")) {
      processor.accept().send(event("body", base64(new byte[4 << 20])));
      await().atMost(BOUND).until(() -> isSendingInVain());
      end.of(processor);
      assertEnded(run);
    }
  }

  @Test
  void processorStopsSending_aCallThatRunsIsAnswered() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        Meeting meeting = new Meeting("half", 1);
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Meets")) {
      processor.accept().send(event("body", base64("half")));
      processor.endEvents();
      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(processor.line()).as("what asks whether somebody reads").isEmpty();
      meeting.go();

      assertThat(processor.read().text()).isEqualTo("met");
      assertEnded(run);
    }
  }

  @Test
  void function_removed_isLetGoWhileTheWorkerWaits() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Leaves")) {
      // Not by an exception that it throws: a JVM thread keeps the last one it has unwound compiled
      // code for.
      assertThat(processor.accept().post("x").text()).contains("left");
      run.hearth().function("fn1").orElseThrow().undeploy().toCompletableFuture().join();

      UnloadAssert.assertCollected(loader());
      assertThat(processor.post("y").status()).isEqualTo(503);
    } finally {
      TestBag.remove("t.loader");
    }
  }

  @SuppressWarnings("unchecked")
  private static Reference<ClassLoader> loader() {
    return (Reference<ClassLoader>)
        Objects.requireNonNull(TestBag.get("t.loader"), "the function tells it");
  }

  @Test
  void open_nobodyListens_saysWhere() throws Exception {
    FakeProcessor gone = new FakeProcessor();
    gone.close();

    assertThatThrownBy(() -> NuclioRun.start(gone, jar, "example.N$Echo"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("localhost:" + gone.port());
  }

  @Test
  void drain_idle_endsAtOnceAndAsksForNothing() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept().post("x");

      assertThat(run.contract().drain(BOUND)).isTrue();
      assertThat(processor.line()).isNull();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void drain_callUnderWay_isAnswered() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        Meeting meeting = new Meeting("drain", 1);
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Meets")) {
      processor.accept().send(event("body", base64("drain")));
      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(run.contract().drain(Duration.ofMillis(50))).isFalse();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> run.contract().drain(BOUND));
      meeting.go();

      assertThat(processor.read().text()).isEqualTo("met");
      assertThat(drained.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(processor.line()).isNull();
    }
  }

  @Test
  void close_callUnderWay_isCancelled() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        Meeting meeting = new Meeting("close", 1);
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Meets")) {
      processor.accept().send(event("body", base64("close")));
      assertThat(meeting.awaitEntered()).isTrue();

      run.contract().close();
      run.contract().close();

      await().atMost(BOUND).until(() -> run.inFlight() == 0);
      assertThat(processor.line()).isNull();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void embedded_processOfSomebodyElse_isServed() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        Hearth hearth = Hearth.builder().providedApis(NuclioJars.PROVIDED).build();
        Contract contract =
            Contracts.create(
                "nuclio", hearth, Map.of("HEARTH_PORT", String.valueOf(processor.port())))) {
      hearth.deploy("f", NuclioRun.spec(jar, "example.N$Logs").build());
      contract.open();

      assertThat(processor.accept().post("").logs().get(0).get("with"))
          .isEqualTo(Map.of("worker_id", "0"));
    }
  }
}
