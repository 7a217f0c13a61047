package dev.hearth.unload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Threads;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.ForkedJvm;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions that hold on to their loader in every way of the catalogue, on threads that outlive them: it is collected. */
@Timeout(120)
final class LeakCatalogueTest {

  @TempDir static Path directory;

  private static Path jar;
  private static Hearth hearth;

  @BeforeAll
  static void build() {
    jar = LeakFunctions.jar(directory);
    hearth = Hearth.builder().build();
  }

  @AfterAll
  static void close() {
    hearth.close();
  }

  static Stream<String> numbers() {
    return StreamSupport.stream(LeakFunctions.numbers().spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void loader_ofWhatHoldsOnToIt_isCollected(String number) throws Exception {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();

    WeakReference<ClassLoader> loader = callOnce(number);

    if (!UnloadAssert.isCollected(loader)) {
      throw new AssertionError(
          "held by "
              + String.join(" -> ", hearth.holder(number, hearth.retired().get(0).version())));
    }
    assertThat(Locale.getDefault()).isEqualTo(locale);
    assertThat(TimeZone.getDefault()).isEqualTo(zone);
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handler);
  }

  private static WeakReference<ClassLoader> callOnce(String number) {
    FunctionHandle function =
        hearth.deploy(
            number,
            FunctionSpec.builder(jar).handler("acme." + number).threads(Threads.PLATFORM).build());
    try {
      // On a thread of the host's: what stays in a caller's own thread locals is the caller's.
      Outcome<?> outcome = function.invokeAsync(null, Duration.ofSeconds(60)).join();
      assertThat(outcome).as(number).isInstanceOf(Outcome.Returned.class);
      return new WeakReference<>((ClassLoader) ((Outcome.Returned<?>) outcome).value());
    } finally {
      function.undeploy().toCompletableFuture().join();
    }
  }

  /** What happens once in a JVM pins the first who has it happen. */
  @Test
  void loader_ofTheFirstUserOfSomething_isCollected(@TempDir Path own) throws Exception {
    String output =
        ForkedJvm.of(own, FirstUseLeaks.class)
            .options("-Djava.util.prefs.userRoot=" + own, "-Djava.awt.headless=true")
            .run();

    assertThat(output.lines().filter(line -> line.matches("L\\d\\d .*")))
        .hasSize(8)
        .allMatch(line -> line.endsWith(" collected"));
  }

  @Test
  void L56_threadsOfAVersionThatDoesNotStart_end() {
    Path failing =
        TestJar.of(directory)
            .source(
                "acme.L56",
                "package acme; public class L56 implements java.util.function.Supplier<Object> {"
                    + " static { Thread t = new Thread(() -> { try { Thread.sleep(60_000); } catch"
                    + " (InterruptedException e) { } }, \"l56\"); t.start(); } public L56() { throw"
                    + " new IllegalStateException(\"no\"); } public Object get() { return 1; } }")
            .build("l56.jar");

    assertThatThrownBy(() -> hearth.deploy("l56", FunctionSpec.of(failing)))
        .isInstanceOf(DeployException.class);

    Awaitility.await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("l56")));
  }
}
