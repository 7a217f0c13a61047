package dev.hearth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Going back to versions that were replaced. */
@Timeout(120)
final class RollbackTest {

  @TempDir Path directory;
  private Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private void keep(int versions) {
    keep(versions, Duration.ofMillis(300));
  }

  private void keep(int versions, Duration drainLimit) {
    hearth.close();
    hearth = Hearth.builder().keepVersions(versions).drainLimit(drainLimit).build();
  }

  private Path jar(String name, String body) {
    return TestJar.of(directory)
        .source(
            "acme." + name,
            """
            package acme;
            public class %s implements java.util.function.Function<String, Object> {
              private static int calls;
              public Object apply(String in) {
                %s
              }
            }
            """
                .formatted(name, body))
        .build(name + ".jar");
  }

  private FunctionSpec counter(String name) {
    return FunctionSpec.of(jar(name, "return \"" + name + "\" + ++calls;"));
  }

  @Test
  void rollback_versionKeptWarm_goesOnWhereItWas() {
    keep(1);
    FunctionHandle f = hearth.deploy("f", counter("One"));
    String first = f.version();
    assertThat(f.invoke("")).isEqualTo("One1");
    f.swap(counter("Two"));
    assertThat(f.invoke("")).isEqualTo("Two1");
    assertThat(f.past())
        .singleElement()
        .matches(past -> past.warm() && past.version().equals(first));

    String back = f.rollback();

    assertThat(back).isEqualTo(first).isEqualTo(f.version());
    assertThat(f.invoke("")).isEqualTo("One2");
    assertThat(f.past()).isEmpty();
  }

  @Test
  void F09_rollbackWithoutWarmVersions_loadsTheSameArchiveFromTheStore() throws Exception {
    FunctionHandle f = hearth.deploy("f", counter("One"));
    String archive = f.archiveHash();
    f.invoke("");
    f.swap(counter("Two"));
    Files.delete(directory.resolve("One.jar"));

    f.rollback();

    assertThat(f.archiveHash()).isEqualTo(archive);
    assertThat(f.invoke("")).isEqualTo("One1");
  }

  @Test
  void rollback_again_goesFurtherBackThroughColdVersions() {
    keep(1);
    FunctionHandle f = hearth.deploy("f", counter("One"));
    f.swap(counter("Two"));
    f.swap(counter("Three"));
    assertThat(f.past()).extracting(FunctionHandle.Past::warm).containsExactly(true, false);

    f.rollback();
    assertThat(f.invoke("")).isEqualTo("Two1");
    f.rollback();
    assertThat(f.invoke("")).isEqualTo("One1");

    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(f::rollback)
        .withMessageContaining("'f' has no version before")
        .withMessageContaining("deploy the archive");
    assertThat(f.invoke("")).isEqualTo("One2");
  }

  @Test
  void rollback_versionThatCannotStartAgain_leavesThePresentOne() {
    FunctionHandle f =
        hearth.deploy(
            "f",
            FunctionSpec.of(
                TestJar.of(directory)
                    .source(
                        "acme.Once",
                        """
                        package acme;
                        public class Once implements java.util.function.Function<String, String> {
                          static {
                            if (((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).get("once") != null) throw new IllegalStateException("only once");
                            ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("once", "");
                          }
                          public String apply(String in) { return in; }
                        }
                        """)
                    .build("once.jar")));
    f.swap(counter("Two"));
    try {
      assertThatExceptionOfType(DeployException.class)
          .isThrownBy(f::rollback)
          .withMessageContaining("only once");
    } finally {
      TestBag.remove("once");
    }
    assertThat(f.invoke("")).isEqualTo("Two1");
    assertThat(f.past()).hasSize(1);
  }

  @Test
  void F08_newVersionFailsToInitialise_neverGetsACallAndIsNoVersionToGoBackTo() {
    keep(2);
    FunctionHandle f = hearth.deploy("f", counter("One"));
    FunctionSpec bad =
        FunctionSpec.of(
            TestJar.of(directory)
                .source(
                    "acme.Bad",
                    "package acme; public class Bad implements java.util.function.Supplier<String> {"
                        + " public Bad() { throw new IllegalStateException(\"no\"); }"
                        + " public String get() { return \"bad\"; } }")
                .build("bad.jar"));

    assertThatExceptionOfType(DeployException.class).isThrownBy(() -> f.swap(bad));

    assertThat(f.invoke("")).isEqualTo("One1");
    assertThat(f.past()).isEmpty();
  }

  @Test
  void undeploy_keptVersions_areLetGoToo() throws Exception {
    keep(1);
    FunctionHandle f =
        hearth.deploy("f", FunctionSpec.of(jar("Who", "return getClass().getClassLoader();")));
    WeakReference<ClassLoader> old = new WeakReference<>((ClassLoader) f.invoke(""));
    f.swap(counter("Two"));
    assertThat(UnloadAssert.isCollected(old)).as("kept").isFalse();

    f.undeploy().toCompletableFuture().get(30, SECONDS);

    UnloadAssert.assertCollected(old);
  }

  @Test
  void swap_moreVersionsThanKept_letsTheOldestGo() {
    keep(1);
    FunctionHandle f =
        hearth.deploy("f", FunctionSpec.of(jar("Who", "return getClass().getClassLoader();")));
    WeakReference<ClassLoader> old = new WeakReference<>((ClassLoader) f.invoke(""));
    f.swap(counter("Two"));

    f.swap(counter("Three"));

    UnloadAssert.assertCollected(old);
  }

  @Test
  void swap_callThatRunsOnInAKeptVersion_isStoppedAtTheDrainLimit() throws Exception {
    keep(1);
    FunctionHandle f =
        hearth.deploy(
            "f",
            FunctionSpec.of(
                jar(
                    "Stuck",
                    "try { Thread.sleep(60_000); } catch (InterruptedException e) {} return in;")));
    CompletableFuture<Outcome<?>> stuck = f.invokeAsync("x", null);

    f.swap(counter("Two"));

    assertThat(stuck.get(30, SECONDS)).isInstanceOf(Outcome.Cancelled.class);
    f.rollback();
    assertThat(f.handler()).isEqualTo("acme.Stuck");
  }

  @Test
  void F06_swapAndRollbackUnderLoad_noCallFails() throws Exception {
    keep(1, Duration.ofSeconds(30)); // a call may stand still for long where processors are few
    FunctionHandle f = hearth.deploy("f", counter("One"));
    FunctionSpec two = counter("Two");
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> answered =
        CompletableFuture.supplyAsync(
            () -> {
              int calls = 0;
              while (!stop.get()) {
                assertThat((String) f.invoke("")).matches("(One|Two)\\d+");
                calls++;
              }
              return calls;
            });

    for (int i = 0; i < 50; i++) {
      f.swap(two);
      assertThat((String) f.invoke("")).startsWith("Two");
      f.rollback();
      assertThat((String) f.invoke("")).startsWith("One");
    }

    stop.set(true);
    assertThat(answered.get(30, SECONDS)).isPositive();
  }

  @Test
  void keepVersions_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hearth.builder().keepVersions(11))
        .withMessageContaining("keepVersions is 11");
  }
}
