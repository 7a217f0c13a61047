package dev.hearth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.instance.InstanceSettings;
import dev.hearth.instance.spi.ResourceProvider;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Threads;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HearthTest {

  private static final String GREETER =
      """
      package acme;
      public class %s implements java.util.function.Function<String, String> {
        private static int calls;
        public String apply(String name) {
          %s
        }
      }
      """;

  @TempDir Path directory;
  private Hearth hearth;

  @BeforeEach
  void build() {
    hearth = Hearth.builder().name("test").drainLimit(Duration.ofSeconds(5)).build();
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  @Test
  void invoke_deployedJar_givesWhatTheFunctionReturns() {
    FunctionHandle hello = hearth.deploy("hello", greeter("Hello", "return \"Hello, \" + name;"));

    assertThat(hello.invoke("world", String.class)).isEqualTo("Hello, world");
    assertThat(hello.signature()).isEqualTo("java.util.function.Function");
    assertThat(hello.facts()).isEmpty();
    assertThat(hello.handler()).isEqualTo("acme.Hello");
    assertThat(hearth.functions()).containsExactly(hello);
  }

  @Test
  void invoke_static_staysWarm() {
    FunctionHandle counter = hearth.deploy("counter", greeter("Counter", "return \"\" + ++calls;"));

    assertThat(counter.invoke("", String.class)).isEqualTo("1");
    assertThat(counter.invoke("", String.class)).isEqualTo("2");
  }

  @Test
  void invoke_functionThrows_causeIsWhatItThrew() {
    FunctionHandle boom =
        hearth.deploy("boom", greeter("Boom", "throw new IllegalStateException(name);"));

    assertThatThrownBy(() -> boom.invoke("why"))
        .isInstanceOf(FunctionFailedException.class)
        .hasMessageContaining("'boom'")
        .hasCauseExactlyInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("why");
    assertThatThrownBy(() -> boom.invoke("again")).hasRootCauseMessage("again");
  }

  @Test
  void invoke_runTimeout_callerIsAnsweredThoughTheFunctionSpins() {
    FunctionSpec spec =
        builder("Spin", "while (true) { if (name == null) return name; }")
            .runTimeout(Duration.ofMillis(100))
            .threads(Threads.PLATFORM)
            .build();
    FunctionHandle spin = hearth.deploy("spin", spec);

    assertThatThrownBy(() -> spin.invoke("x"))
        .isInstanceOf(InvocationTimeoutException.class)
        .hasMessageContaining("'spin'")
        .hasMessageContaining("100 ms");
  }

  @Test
  void invokeAsync_manyAtOnce_eachGetsItsOwnAnswer() throws Exception {
    FunctionHandle echo = hearth.deploy("echo", greeter("Echo", "return name;"));

    List<CompletableFuture<Outcome<?>>> outcomes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      outcomes.add(echo.invokeAsync("n" + i, Duration.ofSeconds(30)));
    }

    for (int i = 0; i < 200; i++) {
      Outcome<?> outcome = outcomes.get(i).get(30, SECONDS);
      assertThat(((Outcome.Returned<?>) outcome).value()).isEqualTo("n" + i);
    }
  }

  @Test
  void deploy_nameTaken_isRefused() {
    hearth.deploy("one", greeter("One", "return name;"));

    assertThatThrownBy(() -> hearth.deploy("one", greeter("Two", "return name;")))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("'one' is deployed already");
  }

  @Test
  void deploy_badName_isRefusedByOneRule() {
    for (String name : List.of("", "..", "a/b", "-x", "x".repeat(64), "é", "a b")) {
      assertThatThrownBy(() -> hearth.deploy(name, greeter("X", "return name;")))
          .as(name)
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("not allowed");
    }
  }

  @Test
  void deploy_initTakesTooLong_isRefusedAndTheNameIsFree() {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Slow",
                """
                package acme;
                public class Slow implements java.util.function.Function<String, String> {
                  public Slow() throws InterruptedException { Thread.sleep(60_000); }
                  public String apply(String name) { return name; }
                }
                """)
            .build("slow.jar");
    FunctionSpec spec =
        FunctionSpec.builder(jar).handler("acme.Slow").initTimeout(Duration.ofMillis(200)).build();

    assertThatThrownBy(() -> hearth.deploy("slow", spec))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("'slow'")
        .hasMessageContaining("200 ms");
    assertThat(hearth.function("slow")).isEmpty();
  }

  @Test
  void deploy_constructorThrows_isToldFromHandlersThatCannotBeBound() {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Bad",
                """
                package acme;
                public class Bad implements java.util.function.Function<String, String> {
                  public Bad() throws Exception { throw new ClassNotFoundException("driver"); }
                  public String apply(String name) { return name; }
                }
                """)
            .build("bad.jar");

    assertThatThrownBy(
            () -> hearth.deploy("bad", FunctionSpec.builder(jar).handler("acme.Bad").build()))
        .isInstanceOfSatisfying(
            StartFailedException.class, e -> assertThat(e.handler()).isEqualTo("acme.Bad"))
        .hasCauseInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(
            () -> hearth.deploy("bad", FunctionSpec.builder(jar).handler("acme.Gone").build()))
        .isInstanceOf(DeployException.class)
        .isNotInstanceOf(StartFailedException.class)
        .hasCauseInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void swap_underLoad_losesNoCallAndEndsOnTheNewVersion() throws Exception {
    FunctionHandle handle = hearth.deploy("f", greeter("Old", "return \"old\";"));
    FunctionSpec next = greeter("New", "return \"new\";");
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<List<Object>> answers =
        CompletableFuture.supplyAsync(
            () -> {
              List<Object> seen = new ArrayList<>();
              while (!stop.get()) {
                seen.add(handle.invoke("x"));
              }
              return seen;
            });

    for (int i = 0; i < 20; i++) {
      handle.swap(next);
    }
    assertThat(handle.invoke("x")).isEqualTo("new");
    stop.set(true);

    List<Object> seen = answers.get(30, SECONDS);
    assertThat(seen).isNotEmpty().allMatch(answer -> answer.equals("old") || answer.equals("new"));
    assertThat(seen.lastIndexOf("old")).isLessThan(Math.max(1, seen.size()));
  }

  @Test
  void swap_newVersionIsBad_oldOneKeepsServing() {
    FunctionHandle handle = hearth.deploy("f", greeter("Old", "return \"old\";"));
    String version = handle.version();

    assertThatThrownBy(
            () -> handle.swap(FunctionSpec.builder(directory.resolve("absent.jar")).build()))
        .isInstanceOf(DeployException.class);

    assertThat(handle.version()).isEqualTo(version);
    assertThat(handle.invoke("x")).isEqualTo("old");
  }

  @Test
  void undeploy_thenInvoke_saysSo() throws Exception {
    FunctionHandle handle = hearth.deploy("gone", greeter("Gone", "return name;"));

    handle.undeploy().toCompletableFuture().get(10, SECONDS);

    assertThat(hearth.function("gone")).isEmpty();
    assertThatThrownBy(() -> handle.invoke("x")).hasMessageContaining("'gone' is not deployed");
    hearth.deploy("gone", greeter("Back", "return name;"));
  }

  @Test
  void retired_versionSwappedAway_isListedUntilCollected() {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Who",
                """
                package acme;
                public class Who implements java.util.function.Function<Object, Object> {
                  public Object apply(Object ignored) { return getClass().getClassLoader(); }
                }
                """)
            .build("who.jar");
    FunctionHandle handle =
        hearth.deploy("f", FunctionSpec.builder(jar).handler("acme.Who").build());
    String old = handle.version();
    Object[] holder = {handle.invoke("x")};

    handle.swap(greeter("New", "return \"new\";"));

    await().until(() -> isRetired(old));
    System.gc();
    assertThat(isRetired(old)).as("held by %s", holder[0]).isTrue();
    holder[0] = null;
    await()
        .until(
            () -> {
              System.gc();
              return !isRetired(old);
            });
    assertThat(handle.invoke("x")).isEqualTo("new");
  }

  private boolean isRetired(String version) {
    return hearth.retired().stream().anyMatch(each -> each.version().equals(version));
  }

  @Test
  void restart_fileGoneMeanwhile_servesTheSameCodeWithNewStatics() throws Exception {
    FunctionSpec spec = greeter("Counts", "return String.valueOf(++calls);");
    FunctionHandle counter = hearth.deploy("counts", spec);
    assertThat(counter.invoke("", String.class)).isEqualTo("1");
    assertThat(counter.invoke("", String.class)).isEqualTo("2");
    String version = counter.version();
    Files.delete(spec.archive());

    assertThat(counter.restart(version)).isTrue();

    assertThat(counter.invoke("", String.class)).isEqualTo("1");
    assertThat(counter.version()).isNotEqualTo(version);
    assertThat(counter.restart(version)).isFalse();
    assertThat(counter.startTime()).isPositive();
  }

  @Test
  void deployCopy_otherSettings_runsTheCodeAsItWasDeployed() throws Exception {
    FunctionSpec spec = greeter("Env", "return name + System.getenv(\"WHO\");");
    FunctionHandle first = hearth.deploy("first", spec);
    Files.delete(spec.archive());

    FunctionHandle copy =
        hearth.deployCopy(
            "copy",
            FunctionSpec.builder(spec.archive()).handler("acme.Env").env("WHO", "me").build(),
            first);

    assertThat(copy.archiveHash()).isEqualTo(first.archiveHash());
    assertThat(copy.invoke("it is ", String.class)).isEqualTo("it is me");
  }

  @Test
  void swap_sameArchiveManyTimes_keepsOneCopy() throws Exception {
    Path store = directory.resolve("store");
    try (Hearth own = Hearth.builder().store(store).build()) {
      FunctionSpec spec = greeter("Same", "return name;");
      FunctionHandle handle = own.deploy("same", spec);
      long before = count(store);
      for (int i = 0; i < 10; i++) {
        handle.swap(spec);
      }
      assertThat(count(store)).isEqualTo(before);
    }
  }

  private static long count(Path store) throws Exception {
    try (var files = Files.walk(store)) {
      return files.count();
    }
  }

  @Test
  void twoHosts_sameNames_knowNothingOfEachOther() {
    FunctionSpec spec = greeter("Counter", "return \"\" + ++calls;");
    FunctionHandle here = hearth.deploy("counter", spec);
    try (Hearth other = Hearth.builder().name("other").build()) {
      FunctionHandle there = other.deploy("counter", spec);

      assertThat(here.invoke("")).isEqualTo("1");
      assertThat(there.invoke("")).isEqualTo("1");
    }
    assertThat(here.invoke("")).isEqualTo("2");
  }

  @Test
  void close_twiceAndUsedAfter_saysSo() {
    hearth.deploy("f", greeter("F", "return name;"));

    hearth.close();
    hearth.close();

    assertThatThrownBy(() -> hearth.deploy("g", greeter("G", "return name;")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the host is closed");
  }

  @Test
  void close_callsThatNeverEnd_endsWithinTheDrainLimit() {
    Hearth own = Hearth.builder().name("own").drainLimit(Duration.ofMillis(100)).build();
    FunctionHandle handle =
        own.deploy(
            "stuck",
            builder(
                    "Stuck",
                    "try { Thread.sleep(60_000); } catch (InterruptedException e) { } return name;")
                .build());
    CompletableFuture<Outcome<?>> outcome = handle.invokeAsync("x", null);

    own.close();

    await().until(outcome::isDone);
    assertThat(outcome.join()).isInstanceOf(Outcome.Cancelled.class);
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("own-")));
  }

  @Test
  void invokeAsync_saturated_isRejected() throws Exception {
    FunctionSpec spec =
        builder(
                "Slow",
                "try { Thread.sleep(60_000); } catch (InterruptedException e) { } return name;")
            .instances(new InstanceSettings(1, 1, 1, 0))
            .build();
    FunctionHandle slow = hearth.deploy("slow", spec);
    CompletableFuture<Outcome<?>> first = slow.invokeAsync("x", Duration.ofSeconds(1));

    Outcome<?> second = slow.invokeAsync("y", null).get(10, SECONDS);

    assertThat(second).isInstanceOf(Outcome.Rejected.class);
    first.get(10, SECONDS);
  }

  @Test
  void close_resources_areClosedAfterTheFunctions() {
    List<String> closed = new ArrayList<>();
    Hearth own = Hearth.builder().resources(new Lender(closed::add)).build();
    own.deploy("f", greeter("F", "return name;"));

    own.close();

    assertThat(closed).containsExactly("lender");
  }

  private FunctionSpec greeter(String className, String body) {
    return builder(className, body).build();
  }

  private FunctionSpec.Builder builder(String className, String body) {
    Path jar =
        TestJar.of(directory)
            .source("acme." + className, GREETER.formatted(className, body))
            .build(className + ".jar");
    return FunctionSpec.builder(jar).handler("acme." + className);
  }

  private record Lender(Consumer<String> closed) implements ResourceProvider {
    @Override
    public String kind() {
      return "lender";
    }

    @Override
    public boolean has(String name) {
      return false;
    }

    @Override
    public <T> @Nullable T lend(Class<T> type, String name, String function) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public void close() {
      closed.accept("lender");
    }
  }
}
