package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.BreakerSettings;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.ValueCall;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A function that keeps failing is parked, and tried again. */
@Timeout(120)
final class BreakerTest {

  @TempDir Path directory;

  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionSpec.Builder function(int failures, Duration pause) {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                "package acme; public class F implements java.util.function.Function<String, String>"
                    + " { static volatile int turns; public String apply(String in) { if"
                    + " (in.equals(\"fail\")) throw new IllegalStateException(\"no database\"); if"
                    + " (in.equals(\"spin\")) while (true) turns++; if (in.equals(\"wait\")) try {"
                    + " latch(\"breaker.here\").countDown(); latch(\"breaker.go\").await(); } catch"
                    + " (InterruptedException e) { } return in; } static"
                    + " java.util.concurrent.CountDownLatch latch(String name) { return"
                    + " (java.util.concurrent.CountDownLatch) ((java.util.Map<?, ?>)"
                    + " System.getProperties().get(\"hearth.test.bag\")).get(name); } }")
            .build("f.jar");
    return FunctionSpec.builder(jar)
        .handler("acme.F")
        .breaker(new BreakerSettings(failures, pause));
  }

  private static void fails(FunctionHandle function) {
    assertThatExceptionOfType(FunctionFailedException.class)
        .isThrownBy(() -> function.invoke("fail", String.class));
  }

  private static String call(FunctionHandle function, String input) {
    return String.valueOf(function.invoke(input, String.class));
  }

  @Test
  void keepsFailing_isParked_withoutBeingCalled_andOthersServe() {
    FunctionHandle function = hearth.deploy("f", function(3, Duration.ofHours(1)).build());
    FunctionHandle other = hearth.deploy("other", function(3, Duration.ofHours(1)).build());
    fails(function);
    fails(function);
    assertThat(function.isParked()).isFalse();
    fails(function);

    assertThat(function.isParked()).isTrue();
    assertThatExceptionOfType(InvocationRejectedException.class)
        .isThrownBy(() -> call(function, "x"))
        .withMessageContaining("function 'f' is parked: 3 calls in a row failed")
        .withMessageContaining("java.lang.IllegalStateException")
        .withMessageContaining("tried again in");
    assertThat(call(other, "x")).isEqualTo("x");
  }

  @Test
  void failuresApart_doNotPark() {
    FunctionHandle function = hearth.deploy("f", function(2, Duration.ofHours(1)).build());
    for (int i = 0; i < 5; i++) {
      fails(function);
      call(function, "x");
    }

    assertThat(function.isParked()).isFalse();
  }

  @Test
  void afterThePause_aCallThatWorksEndsIt() {
    FunctionHandle function = hearth.deploy("f", function(1, Duration.ofMillis(50)).build());
    fails(function);

    await().ignoreExceptions().untilAsserted(() -> assertThat(call(function, "x")).isEqualTo("x"));

    assertThat(function.isParked()).isFalse();
    assertThat(call(function, "x")).isEqualTo("x");
  }

  @Test
  void afterThePause_aCallThatFailsParksItAgain() {
    FunctionHandle function = hearth.deploy("f", function(2, Duration.ofMillis(50)).build());
    fails(function);
    fails(function);

    await().ignoreExceptions().until(() -> failed(function)); // the first that is let through

    assertThat(function.isParked()).isTrue();
  }

  private static boolean failed(FunctionHandle function) {
    try {
      call(function, "fail");
      return false;
    } catch (FunctionFailedException e) {
      return true;
    }
  }

  @Test
  void onlyOneCallTriesAtATime() throws InterruptedException {
    CountDownLatch here = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    TestBag.put("breaker.here", here);
    TestBag.put("breaker.go", go);
    FunctionHandle function =
        hearth.deploy(
            "f",
            function(1, Duration.ofMillis(1)).instances(new InstanceSettings(1, 2, 4, 10)).build());
    fails(function);
    CompletableFuture<String> probe =
        CompletableFuture.supplyAsync(() -> onceAllowed(function, "wait"));
    here.await();

    assertThatExceptionOfType(InvocationRejectedException.class)
        .isThrownBy(() -> call(function, "y"))
        .withMessageContaining("a call is trying it now");
    go.countDown();

    assertThat(probe.join()).isEqualTo("wait");
    assertThat(function.isParked()).isFalse();
  }

  private static String onceAllowed(FunctionHandle function, String input) {
    while (true) {
      try {
        return call(function, input);
      } catch (InvocationRejectedException e) {
        Thread.onSpinWait(); // bounded by the test's timeout
      }
    }
  }

  @Test
  void callsThatNobodyWants_andThoseWithoutRoom_countNeitherWay() throws Exception {
    CountDownLatch here = new CountDownLatch(1);
    TestBag.put("breaker.here", here);
    TestBag.put("breaker.go", new CountDownLatch(1));
    FunctionHandle function =
        hearth.deploy(
            "f",
            function(2, Duration.ofHours(1)).instances(new InstanceSettings(1, 1, 1, 0)).build());
    fails(function);
    Invocation left = function.dispatch(new ValueCall("wait", null));
    here.await();
    assertThatExceptionOfType(InvocationRejectedException.class)
        .isThrownBy(() -> call(function, "x"))
        .withMessageContaining("no free instance");
    left.cancel("nobody wants it any more");
    await().until(() -> function.inFlight() == 0);

    assertThat(function.isParked()).isFalse();

    fails(function);

    assertThat(function.isParked()).isTrue();
  }

  @Test
  void callThatTriesAndIsGivenUp_leavesThePlaceToTheNext() throws Exception {
    CountDownLatch here = new CountDownLatch(1);
    TestBag.put("breaker.here", here);
    TestBag.put("breaker.go", new CountDownLatch(1));
    FunctionHandle function = hearth.deploy("f", function(1, Duration.ofNanos(1)).build());
    fails(function);
    Invocation left = function.dispatch(new ValueCall("wait", null));
    here.await();
    left.cancel("nobody wants it any more");
    await().until(() -> function.inFlight() == 0);

    assertThat(function.isParked()).isTrue();
    assertThat(call(function, "x")).isEqualTo("x");
    assertThat(function.isParked()).isFalse();
  }

  @Test
  void lateCalls_parkIt() {
    FunctionHandle function =
        hearth.deploy(
            "f", function(1, Duration.ofHours(1)).runTimeout(Duration.ofMillis(100)).build());

    assertThatExceptionOfType(InvocationTimeoutException.class)
        .isThrownBy(() -> call(function, "spin"));

    assertThat(function.isParked()).isTrue();
  }

  @Test
  void callThatIsLateForItsCallerOnly_countsNeitherWay() throws Exception {
    FunctionHandle function = hearth.deploy("f", function(1, Duration.ofHours(1)).build());
    CountDownLatch go = new CountDownLatch(1);
    TestBag.put("breaker.here", new CountDownLatch(1));
    TestBag.put("breaker.go", go);

    Outcome<?> outcome = function.invokeAsync("wait", Duration.ofMillis(50)).get();

    go.countDown();
    assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
    assertThat(function.isParked()).isFalse();
  }

  @Test
  void refusedCall_saysWhenToTryAgain() throws Exception {
    FunctionHandle function = hearth.deploy("f", function(1, Duration.ofMinutes(10)).build());
    fails(function);

    Outcome<?> outcome = function.invokeAsync("x", null).get();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            refused -> assertThat(refused.retrySeconds()).isBetween(300L, 600L));
  }

  @Test
  void newVersion_beginsAnew() {
    FunctionHandle function = hearth.deploy("f", function(1, Duration.ofHours(1)).build());
    fails(function);

    function.swap(function(1, Duration.ofHours(1)).build());

    assertThat(function.isParked()).isFalse();
    assertThat(call(function, "x")).isEqualTo("x");
  }

  @Test
  void settings_outOfRange_areRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BreakerSettings(0, Duration.ofSeconds(1)))
        .withMessageContaining("breaker.failures is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BreakerSettings(1, Duration.ZERO))
        .withMessageContaining("breaker.pause is PT0S");
  }
}
