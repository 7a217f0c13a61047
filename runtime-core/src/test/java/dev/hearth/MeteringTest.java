package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.FunctionMeter;
import dev.hearth.invoke.LimitReachedException;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Metering;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Threads;
import dev.hearth.invoke.Timings;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What calls use is measured, bounded and counted. */
@Timeout(120)
final class MeteringTest {

  private static final int MEGABYTE = 1 << 20;

  @TempDir Path directory;

  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionSpec.Builder function(String body) {
    Path jar =
        TestJar.of(directory)
            .withApi()
            .source(
                "acme.F",
                "package acme; public class F implements"
                    + " dev.hearth.function.ContextFunction<String, String>"
                    + " { static java.util.List<Object> kept = new java.util.ArrayList<>(); static"
                    + " int primed; public String apply(String in, dev.hearth.function.Context c)"
                    + " { "
                    + body
                    + " } }")
            .build("f.jar");
    return FunctionSpec.builder(jar).handler("acme.F");
  }

  private static Metering metering(long cpuNanos, long allocatedBytes) {
    return new Metering(Metering.Scope.FULL, cpuNanos, allocatedBytes, 512L * MEGABYTE);
  }

  private static Outcome<?> call(FunctionHandle function, String input) {
    return function.invokeAsync(input, Duration.ofSeconds(60)).join();
  }

  @Test
  void call_isMeasured_andAddedUp() {
    FunctionHandle function =
        hearth.deploy(
            "f",
            function(
                    "byte[] b = new byte[4 << 20]; long end = System.nanoTime() + 20_000_000; while"
                        + " (System.nanoTime() < end) { b[0]++; } return \"x\" + b.length;")
                .threads(Threads.PLATFORM)
                .metering(metering(Duration.ofSeconds(60).toNanos(), 1L << 40))
                .build());

    Timings timings = call(function, "x").timings();

    assertThat(timings.allocatedBytes()).isBetween(4L * MEGABYTE, 64L * MEGABYTE);
    assertThat(timings.cpuNanos()).isBetween(1_000_000L, 60_000_000_000L);
    assertThat(timings.runNanos()).isGreaterThanOrEqualTo(20_000_000);
    FunctionMeter meter = function.meter();
    assertThat(meter.count(FunctionMeter.End.RETURNED)).isEqualTo(1);
    assertThat(meter.allocatedBytes()).isEqualTo(timings.allocatedBytes());
    assertThat(meter.cpuNanos()).isEqualTo(timings.cpuNanos());
    assertThat(meter.gbSeconds())
        .isEqualTo(0.5 * FunctionMeter.billedMillis(timings) / 1000)
        .isGreaterThanOrEqualTo(0.01);
    assertThat(meter.run().nanos()).isEqualTo(timings.runNanos());
  }

  @Test
  void meter_survivesASwap_andNotARemoval() {
    FunctionSpec spec = function("return in;").build();
    FunctionHandle function = hearth.deploy("f", spec);
    call(function, "x");
    function.swap(spec);
    call(function, "x");
    assertThat(function.meter().calls()).isEqualTo(2);

    function.undeploy().toCompletableFuture().join();

    assertThat(hearth.deploy("f", spec).meter().calls()).isZero();
  }

  @Test
  void coldStarts_areCounted() {
    FunctionHandle function =
        hearth.deploy(
            "f", function("return in;").instances(new InstanceSettings(0, 1, 1, 10)).build());
    call(function, "x");
    call(function, "x");

    assertThat(function.meter().coldStarts()).isEqualTo(1);
  }

  @Test
  void R13_allocationOverItsLimit_isStoppedBeforeTheHeapIsGone() {
    FunctionHandle function =
        hearth.deploy(
            "f",
            function(
                    "if (in.equals(\"ok\")) return in; while (true) { byte[] b = new byte[1 << 16];"
                        + " b[9] = 1; if (in.equals(\"keep\")) kept.add(b); }")
                .metering(metering(Limits.NONE, 64L * MEGABYTE))
                .build());
    FunctionHandle other = hearth.deploy("other", function("return in;").build());

    Outcome<?> outcome = call(function, "drop");

    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    assertThat(((Outcome.Threw<?>) outcome).cause())
        .isInstanceOf(LimitReachedException.class)
        .hasMessageContaining("function 'f' has allocated ")
        .hasMessageContaining("above limits.allocation=" + 64 * MEGABYTE);
    assertThat(outcome.timings().allocatedBytes()).isGreaterThan(64L * MEGABYTE);
    assertThat(call(function, "ok")).isInstanceOf(Outcome.Returned.class);
    assertThat(call(other, "x")).isInstanceOf(Outcome.Returned.class);
    assertThat(function.meter().count(FunctionMeter.End.LIMITED)).isEqualTo(1);
    await().until(() -> function.inFlight() == 0);
  }

  @Test
  void R17_processorTimeOverItsLimit_isStoppedWithinTheDeadline() {
    FunctionHandle function =
        hearth.deploy(
            "f",
            function("long n = 0; while (in.equals(\"spin\")) { n++; } return in + n;")
                .runTimeout(Duration.ofSeconds(60))
                .metering(metering(Duration.ofMillis(100).toNanos(), Limits.NONE))
                .build());

    Outcome<?> outcome = call(function, "spin");

    assertThat(((Outcome.Threw<?>) outcome).cause())
        .isInstanceOf(LimitReachedException.class)
        .hasMessageContaining("above limits.cpu=100 ms");
    assertThat(outcome.timings().cpuNanos()).isGreaterThan(100_000_000);
    assertThat(call(function, "x")).isInstanceOf(Outcome.Returned.class);
    await().until(() -> function.inFlight() == 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"VIRTUAL", "EVENT_LOOP"})
  void R30_limitsOnThreadsThatAreNotMeasured_areRefused(Threads threads) {
    if (threads == Threads.VIRTUAL && Runtime.version().feature() < 21) {
      return; // refused for another reason
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                function("return in;")
                    .threads(threads)
                    .metering(metering(1_000_000, Limits.NONE))
                    .build())
        .withMessageContaining("limits.cpu");
  }

  @Test
  void priming_callsTheVersionBeforeItIsServed_andIsNotCounted() {
    FunctionHandle function =
        hearth.deploy(
            "f",
            function("if (c.isPriming() && in.equals(\"e\")) primed++; return in + primed;")
                .priming(Priming.text("e", 20))
                .build());

    assertThat(function.meter().calls()).isZero();
    assertThat(function.invoke("x", String.class)).isEqualTo("x20");
  }

  @Test
  void priming_thatFails_keepsTheVersionFromBeingServed() {
    FunctionSpec good = function("return \"good\";").build();
    FunctionHandle function = hearth.deploy("f", good);
    FunctionSpec bad =
        function("if (c.isPriming()) throw new IllegalStateException(\"cold\"); return in;")
            .priming(Priming.text("e", 3))
            .build();

    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> function.swap(bad))
        .withMessageContaining("function 'f': call 1 of 3 that should warm it failed")
        .withMessageContaining("cold");
    assertThat(function.invoke("x", String.class)).isEqualTo("good");
  }
}
