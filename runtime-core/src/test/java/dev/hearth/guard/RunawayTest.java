package dev.hearth.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionFailedException;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Quarantine;
import dev.hearth.invoke.Threads;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that do not stop by themselves, by the numbers of the catalogue. */
@Timeout(60)
final class RunawayTest {

  private static final Duration LIMIT = Duration.ofMillis(100);
  private static final Duration GONE = Duration.ofSeconds(10); // a busy machine's second

  @TempDir private static Path directory;
  private static final Hearth hearth = Hearth.builder().maxQuarantined(1).build();
  private static Path jar;
  private static FunctionHandle good;

  @BeforeAll
  static void build() {
    jar = RunawayFunctions.build(directory);
    good = hearth.deploy("good", FunctionSpec.builder(jar).handler("acme.Runaway").build());
  }

  @AfterAll
  static void close() {
    hearth.close();
  }

  private static FunctionHandle deploy(String name, Threads threads) {
    return deploy(name, threads, Guarding.AUTO);
  }

  private static FunctionHandle deploy(String name, Threads threads, Guarding guarding) {
    return hearth.deploy(
        name,
        FunctionSpec.builder(jar)
            .handler("acme.Runaway")
            .threads(threads)
            .runTimeout(LIMIT)
            .guarding(guarding)
            .instances(new InstanceSettings(1, 1, 4, 10))
            .build());
  }

  private static Outcome<?> call(FunctionHandle function, String what) {
    try {
      return function.invokeAsync(what, null).get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(what, e);
    }
  }

  /** Its own calls and those of others are answered, and no thread is left in its code. */
  private static void assertHealthy(FunctionHandle function) {
    await().atMost(GONE).until(() -> function.inFlight() == 0);
    assertThat(hearth.quarantined()).isEmpty();
    assertThat(call(function, "echo")).isInstanceOf(Outcome.Returned.class);
    assertThat(good.invoke("echo", String.class)).isEqualTo("echo");
    await().atMost(GONE).until(() -> function.inFlight() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "R01_spinsInWhileTrue",
        "R01_spinsInAFinally",
        "R01_spinsUnderALock",
        "R02_countsTo2Power31Nested",
        "R03_catchesThrowableInTheLoop",
        "R03_catchesThrowableAroundAndInTheLoop",
        "R03_retriesInACatch",
        "R04_streamsForEver",
        "R04_generatesForEver",
        "R04_trampolines",
        "R04_recursesExponentially",
        "R04_recursesAndCatchesThrowable",
        "R04_computesInAMap",
        "R06_sleepsAndSwallowsInterrupts",
        "R07_sleeps",
        "R07_parks",
        "R07_takes",
        "R07_waits",
        "R07_sends",
      })
  void isStopped(String what) {
    FunctionHandle function = deploy(what, Threads.PLATFORM);
    try {
      assertThat(call(function, what)).isInstanceOf(Outcome.TimedOut.class);

      assertHealthy(function);
      assertThat(hearth.unready()).isNull();
    } finally {
      function.undeploy();
    }
  }

  @Test
  void R04_loopsOfLibraries_areStoppedWhereAllClassesHavePolls() {
    Path library =
        TestJar.of(directory)
            .source(
                "lib.Spin",
                "package lib; public class Spin { public static void now() { while (true) {} } }")
            .build("spin.jar");
    Path zip =
        TestJar.of(directory)
            .source(
                "acme.Uses",
                "package acme; public class Uses implements"
                    + " java.util.function.Function<String, String> {"
                    + " public String apply(String in) {"
                    + " if (!in.equals(\"echo\")) lib.Spin.now(); return in; } }")
            .library(library)
            .buildZip("uses.zip");
    FunctionHandle function =
        hearth.deploy(
            "libraries",
            FunctionSpec.builder(zip)
                .handler("acme.Uses")
                .runTimeout(LIMIT)
                .threads(Threads.PLATFORM)
                .guarding(Guarding.ALL)
                .build());
    try {
      assertThat(call(function, "spin")).isInstanceOf(Outcome.TimedOut.class);

      assertHealthy(function);
    } finally {
      function.undeploy();
    }
  }

  @Test
  void R05_recursionForEver_isAFailedCall() {
    FunctionHandle function =
        hearth.deploy(
            "R05", FunctionSpec.builder(jar).handler("acme.Runaway").runTimeout(GONE).build());
    try {
      assertThatThrownBy(() -> function.invoke("R05_recurses"))
          .isInstanceOf(FunctionFailedException.class)
          .hasCauseInstanceOf(StackOverflowError.class);

      assertThat(function.invoke("echo", String.class)).isEqualTo("echo");
    } finally {
      function.undeploy();
    }
  }

  @Test
  void R08_readOnAPlatformThread_isQuarantinedAndTakenBack() throws IOException {
    FunctionHandle function = deploy("R08", Threads.PLATFORM);
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(call(function, "R08_reads:" + silent.getLocalPort()))
          .isInstanceOf(Outcome.TimedOut.class);
      await().atMost(GONE).until(() -> !hearth.quarantined().isEmpty());

      Quarantine.Held held = hearth.quarantined().get(0);
      assertThat(held.function()).isEqualTo("R08");
      assertThat(held.where()).contains("RUNNABLE", "Socket");
      assertThat(hearth.unready()).isNull();
      assertThat(call(function, "echo")).isInstanceOf(Outcome.Returned.class);
      assertThat(call(function, "R08_reads:" + silent.getLocalPort()))
          .isInstanceOf(Outcome.TimedOut.class);
      await()
          .atMost(GONE)
          .untilAsserted(
              () ->
                  assertThat(hearth.unready())
                      .contains("2 threads are held")
                      .contains("[R08]")
                      .contains("restart"));
      try (Socket one = silent.accept();
          Socket two = silent.accept()) {
        assertThat(one.isConnected() && two.isConnected()).isTrue();
      }
      await().atMost(GONE).until(() -> hearth.quarantined().isEmpty());
      assertHealthy(function);
    } finally {
      function.undeploy();
    }
  }

  @Test
  void R09_monitorOfAStoppedCall_isGivenFree() {
    FunctionHandle function = deploy("R09", Threads.PLATFORM);
    try {
      CompletableFuture<Outcome<?>> holder = function.invokeAsync("R01_spinsUnderALock", null);
      CompletableFuture<Outcome<?>> waiter = function.invokeAsync("R01_spinsUnderALock", null);

      assertThat(holder.join()).isInstanceOf(Outcome.TimedOut.class);
      assertThat(waiter.join()).isInstanceOf(Outcome.TimedOut.class);
      await().atMost(GONE).until(() -> hearth.quarantined().isEmpty());
      assertHealthy(function);
    } finally {
      function.undeploy();
    }
  }

  @Test
  void R09_deadlock_isNamedWithBothStacks() {
    // Without polls, which would end the wait in the function's own lock.
    FunctionHandle function = deploy("deadlock", Threads.PLATFORM, Guarding.OFF);
    long before = hearth.quarantinedTotal();
    CompletableFuture<Outcome<?>> one = function.invokeAsync("R09_locks:AB", null);
    CompletableFuture<Outcome<?>> other = function.invokeAsync("R09_locks:BA", null);

    assertThat(one.join()).isInstanceOf(Outcome.TimedOut.class);
    assertThat(other.join()).isInstanceOf(Outcome.TimedOut.class);
    await().atMost(GONE).until(() -> hearth.quarantinedTotal() - before == 2);
    assertThat(hearth.quarantined())
        .anySatisfy(
            held ->
                assertThat(held.where())
                    .contains("a deadlock", "held by hearth-worker", "Runaway.locks"));
    assertThat(call(function, "echo")).isInstanceOf(Outcome.Returned.class);
    assertThat(call(function, "R09_break")).isInstanceOf(Outcome.Returned.class);
    await().atMost(GONE).until(() -> hearth.quarantined().isEmpty());
    function.undeploy();
  }

  @Test
  void R10_join_isQuarantinedUntilItIsCompleted() {
    FunctionHandle function = deploy("R10", Threads.PLATFORM);
    try {
      assertThat(call(function, "R10_joins")).isInstanceOf(Outcome.TimedOut.class);
      await().atMost(GONE).until(() -> !hearth.quarantined().isEmpty());

      assertThat(hearth.quarantined().get(0).where()).contains("CompletableFuture.join");
      assertThat(call(function, "R10_completes")).isInstanceOf(Outcome.Returned.class);
      await().atMost(GONE).until(() -> hearth.quarantined().isEmpty());
      assertHealthy(function);
    } finally {
      function.undeploy();
    }
  }

  @Test
  void R14_oneArrayTooLong_isAFailedCall() {
    assertThatThrownBy(() -> good.invoke("R14_array"))
        .isInstanceOf(FunctionFailedException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class);
    assertThat(good.invoke("echo", String.class)).isEqualTo("echo");
  }

  @Test
  void R22_changesOfTheThread_areUndone() {
    FunctionHandle function =
        hearth.deploy(
            "R22",
            FunctionSpec.builder(jar).handler("acme.Runaway").threads(Threads.EVENT_LOOP).build());
    Thread here = Thread.currentThread();
    String name = here.getName();
    ClassLoader loader = here.getContextClassLoader();
    Thread.UncaughtExceptionHandler handler = here.getUncaughtExceptionHandler();

    assertThat(function.invoke("R22_changes", String.class)).isEqualTo("changed");

    assertThat(here.getName()).isEqualTo(name);
    assertThat(here.getContextClassLoader()).isSameAs(loader);
    assertThat(here.getUncaughtExceptionHandler()).isSameAs(handler);
    assertThat(Thread.interrupted()).isFalse();
    function.undeploy();
  }

  @Test
  void R25_spinsInAStaticInitialiser_deployIsRefusedAndTheThreadIsFree() {
    long before = hearth.quarantinedTotal();

    assertThatThrownBy(
            () ->
                hearth.deploy(
                    "R25",
                    FunctionSpec.builder(jar)
                        .handler("acme.SpinsAtStart")
                        .initTimeout(Duration.ofMillis(100))
                        .guarding(Guarding.OWN)
                        .build()))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("not initialised after 100 ms");

    await()
        .atMost(GONE)
        .until(
            () ->
                Thread.getAllStackTraces().values().stream()
                    .noneMatch(RunawayTest::isInSpinsAtStart));
    assertThat(hearth.quarantinedTotal()).isEqualTo(before);
  }

  private static boolean isInSpinsAtStart(StackTraceElement[] stack) {
    return List.of(stack).stream().anyMatch(f -> f.getClassName().equals("acme.SpinsAtStart"));
  }

  @Test
  void guardOff_spinningCall_isQuarantined() {
    FunctionHandle function = deploy("off", Threads.PLATFORM, Guarding.OFF);
    try {
      assertThat(call(function, "spinsUntilTold")).isInstanceOf(Outcome.TimedOut.class);
      await().atMost(GONE).until(() -> !hearth.quarantined().isEmpty());

      assertThat(call(function, "tell")).isInstanceOf(Outcome.Returned.class);
      await().atMost(GONE).until(() -> hearth.quarantined().isEmpty());
    } finally {
      function.undeploy();
    }
  }
}
