package dev.hearth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.hearth.function.Context;
import dev.hearth.guard.Guarding;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hooks of a function and what it wants done after its response, over the embedding API. */
@Timeout(120)
class LifecycleTest {

  /** Where functions of these tests say what happened to them; a JDK type, so that they can find it. */
  private static final String SEEN = "hearth.test.lifecycle";

  @TempDir Path directory;
  private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
  private final Hearth hearth =
      Hearth.builder().drainLimit(Duration.ofSeconds(5)).hookLimit(Duration.ofMillis(500)).build();

  LifecycleTest() {
    System.getProperties().put(SEEN, seen);
  }

  @AfterEach
  void close() {
    hearth.close();
    System.getProperties().remove(SEEN);
  }

  /** A function whose hooks tell what runs, and whether the context class loader is right. */
  private FunctionSpec.Builder spec(String members) {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Hooked",
                """
                package acme;
                import dev.hearth.function.*;
                public class Hooked implements ContextFunction<String, String>, Lifecycle {
                  @SuppressWarnings("unchecked")
                  static void say(Object what) {
                    boolean own =
                        Thread.currentThread().getContextClassLoader() == Hooked.class.getClassLoader();
                    ((java.util.Queue<Object>) System.getProperties().get("hearth.test.lifecycle"))
                        .add(own ? what : what + " with a wrong loader");
                  }
                  public Hooked() { say("constructor"); }
                  public void init(Environment e) { say("init"); }
                  public void warm(Environment e) throws Exception { say("warm"); }
                """
                    + members
                    + "\n}")
            .withApi()
            .build("hooked.jar");
    return FunctionSpec.builder(jar);
  }

  private static final String HOOKS =
      """
        public void beforeFreeze() { say("beforeFreeze"); }
        public void afterThaw() { say("afterThaw"); }
        public void drain() { say("drain"); }
        public void close() { say("close"); }
        public String apply(String input, Context context) { say("call"); return input; }
      """;

  private List<Object> drained() {
    List<Object> all = new java.util.ArrayList<>();
    seen.drainTo(all);
    return all;
  }

  @Test
  void hooks_wholeLife_runInOrderWithTheFunctionsLoader() throws Exception {
    FunctionHandle function = hearth.deploy("f", spec(HOOKS).build());
    function.invoke("x");
    function.freeze();
    function.thaw();
    function.invoke("x");

    function.undeploy().toCompletableFuture().get(10, SECONDS);

    assertThat(drained())
        .containsExactly(
            "constructor",
            "init",
            "warm",
            "call",
            "beforeFreeze",
            "afterThaw",
            "call",
            "drain",
            "close");
  }

  @Test
  void warm_instanceThatACallWaitsFor_isNotRun() {
    FunctionHandle function =
        hearth.deploy("f", spec(HOOKS).instances(new InstanceSettings(0, 1, 1, 10)).build());

    function.invoke("x");

    assertThat(drained()).containsExactly("constructor", "init", "call");
  }

  @Test
  void warm_throws_refusesTheVersionAndClosesTheInstance() {
    FunctionHandle good = hearth.deploy("good", spec(HOOKS).build());
    Path bad =
        TestJar.of(directory)
            .source(
                "acme.Bad",
                """
                package acme;
                public class Bad implements java.util.function.Supplier<String>,
                    dev.hearth.function.Lifecycle {
                  public void warm(dev.hearth.function.Environment e) {
                    throw new IllegalStateException("no price list");
                  }
                  @SuppressWarnings("unchecked")
                  public void close() {
                    ((java.util.Queue<Object>) System.getProperties().get("hearth.test.lifecycle"))
                        .add("bad closed");
                  }
                  public String get() { return "bad"; }
                }
                """)
            .withApi()
            .build("bad.jar");

    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> good.swap(FunctionSpec.of(bad)))
        .withMessageContaining("no price list");
    assertThat(drained()).contains("bad closed");
    assertThat(good.invoke("still", String.class)).isEqualTo("still");
  }

  @Test
  void freeze_hookThrows_isToldWithTheFunctionsName() {
    FunctionHandle function =
        hearth.deploy(
            "f",
            spec(HOOKS.replace(
                    "say(\"beforeFreeze\")", "throw new IllegalStateException(\"busy\")"))
                .build());

    assertThatExceptionOfType(FunctionFailedException.class)
        .isThrownBy(function::freeze)
        .withMessageContaining("function 'f'")
        .withMessageContaining("busy");
  }

  @Test
  void freeze_hookDoesNotEnd_isCutOffAtItsBound() {
    FunctionHandle function =
        hearth.deploy(
            "f",
            spec(HOOKS.replace(
                    "public void beforeFreeze() { say(\"beforeFreeze\"); }",
                    """
                        public void beforeFreeze() throws Exception {
                          try { new java.util.concurrent.CountDownLatch(1).await(); }
                          finally { say("interrupted"); }
                        }
                        """))
                .build());

    assertThatExceptionOfType(InvocationTimeoutException.class)
        .isThrownBy(function::freeze)
        .withMessageContaining("hook beforeFreeze did not end within 500 ms");
    await().atMost(Duration.ofSeconds(10)).until(() -> drained().contains("interrupted"));
  }

  @Test
  void L55_closeHookThrowsOrHangs_retirementGoesOnAndTheLoaderGoes() throws Exception {
    for (String close :
        List.of(
            "throw new IllegalStateException(\"close\");",
            "try { Thread.sleep(3600_000); } catch (InterruptedException e) { }")) {
      FunctionHandle function =
          hearth.deploy(
              "f",
              spec(HOOKS
                      .replace("say(\"close\");", close)
                      .replace("say(\"call\")", "say(Hooked.class.getClassLoader())"))
                  .build());
      function.invoke("x");
      WeakReference<ClassLoader> loader =
          new WeakReference<>(
              (ClassLoader)
                  seen.stream().filter(ClassLoader.class::isInstance).findFirst().orElseThrow());
      seen.clear();

      function.undeploy().toCompletableFuture().get(10, SECONDS);

      UnloadAssert.assertCollected(loader);
    }
  }

  @Test
  void afterResponse_tasks_runInOrderOnceTheCallerHasItsAnswer() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Map<String, Object> shared = new ConcurrentHashMap<>(Map.of("answered", answered));
    System.getProperties().put("hearth.test.shared", shared);
    try {
      FunctionHandle function =
          hearth.deploy(
              "f",
              spec(HOOKS.replace(
                      "say(\"call\");",
                      """
                          context.afterResponse(() -> {
                            try {
                              ((java.util.concurrent.CountDownLatch)
                                  ((java.util.Map<?, ?>) System.getProperties().get("hearth.test.shared"))
                                      .get("answered")).await();
                            } catch (InterruptedException e) { throw new IllegalStateException(e); }
                            say("first");
                            throw new IllegalStateException("a failure that the next must survive");
                          });
                          context.afterResponse(() -> say("second"));
                          """))
                  .build());

      assertThat(function.invoke("x", String.class)).isEqualTo("x");
      assertThat(function.inFlight()).isEqualTo(1); // it keeps its place
      answered.countDown();

      await().atMost(Duration.ofSeconds(10)).until(() -> function.inFlight() == 0);
      assertThat(drained()).endsWith("first", "second");
    } finally {
      System.getProperties().remove("hearth.test.shared");
    }
  }

  @Test
  void afterResponse_callThatFailed_runsThemToo() {
    FunctionHandle function =
        hearth.deploy(
            "f",
            spec(HOOKS.replace(
                    "say(\"call\");",
                    """
                        context.afterResponse(() -> say("after"));
                        if (true) throw new IllegalStateException("failed");
                        """))
                .build());

    assertThatExceptionOfType(FunctionFailedException.class).isThrownBy(() -> function.invoke("x"));

    await().atMost(Duration.ofSeconds(10)).until(() -> drained().contains("after"));
  }

  @Test
  void afterResponse_tasksThatDoNotEnd_areInterruptedAtTheRunLimit() {
    FunctionHandle function =
        hearth.deploy(
            "f",
            spec(HOOKS.replace(
                    "say(\"call\");",
                    """
                        context.afterResponse(() -> {
                          try { new java.util.concurrent.CountDownLatch(1).await(); }
                          catch (InterruptedException e) { say("interrupted"); }
                        });
                        """))
                .guarding(
                    Guarding.OFF) // a poll might be faster than what says that it was interrupted
                .runTimeout(Duration.ofMillis(300))
                .build());

    assertThat(function.invoke("x", String.class)).isEqualTo("x");

    await().atMost(Duration.ofSeconds(10)).until(() -> drained().contains("interrupted"));
    await().atMost(Duration.ofSeconds(10)).until(() -> function.inFlight() == 0);
  }

  @Test
  void afterResponse_askedForTooLate_isRefused() throws Exception {
    FunctionHandle function =
        hearth.deploy("f", spec(HOOKS.replace("say(\"call\")", "say(context)")).build());
    function.invoke("x");
    Context context =
        (Context) seen.stream().filter(Context.class::isInstance).findFirst().orElseThrow();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> context.afterResponse(() -> seen.add("late")))
        .withMessageContaining("has ended");
    assertThat(drained()).doesNotContain("late");
  }

  @Test
  void failureFormat_signatureWithoutOne_isNull() {
    assertThat(hearth.deploy("f", spec(HOOKS).build()).failureFormat()).isNull();
  }
}
