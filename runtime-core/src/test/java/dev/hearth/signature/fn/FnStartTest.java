package dev.hearth.signature.fn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs before a function's first call: its constructor, features and configuration methods. */
@Timeout(120)
final class FnStartTest {

  private static final Map<String, String> UNDER_FN =
      Map.of("FN_LISTENER", "unix:/tmp/iofs/lsnr.sock");

  @TempDir private Path directory;
  private FnFunctions functions;

  @BeforeEach
  void open() {
    functions = new FnFunctions(directory);
  }

  @AfterEach
  void close() {
    functions.close();
  }

  private static String answer(FunctionHandle function) {
    return FnFunctions.call("").text(function);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refusal(String members) {
    return assertThatThrownBy(() -> functions.deploy(members))
        .isInstanceOf(DeployException.class)
        .hasMessageMatching("[^\\n]+");
  }

  @Test
  void fn_case_17_state_persists_andConfigurationRunsOnce() {
    FunctionHandle function =
        functions.deploy(
            """
            static int configured;
            static int made;
            int calls;
            static int allCalls;
            public F() { made++; }
            @FnConfiguration public void configure(RuntimeContext context) { configured++; }
            public String f() { return configured + " " + made + " " + ++calls + " " + ++allCalls; }
            """);

    assertThat(answer(function)).isEqualTo("1 1 1 1");
    assertThat(answer(function)).isEqualTo("1 1 2 2");
    assertThat(answer(function)).isEqualTo("1 1 3 3");
  }

  @Test
  void constructor_takesNothingOrTheRuntimeContext() {
    assertThat(
            answer(
                functions.deploy("public F() {} public String f(InputEvent e) { return \"OK\"; }")))
        .isEqualTo("OK");
    assertThat(
            answer(
                functions.deploy(
                    """
                    final String p;
                    public F(RuntimeContext context) { p = context.getConfigurationByKey("PARAM").orElse("default"); }
                    private F(int other, int more) { p = ""; }
                    public String f() { return p; }
                    """,
                    Map.of("PARAM", "value"))))
        .isEqualTo("value");
  }

  @Test
  void constructor_ofAnotherKind_isRefused() {
    String function = "public void f(InputEvent e) {}";
    String rule =
        "; give it one public constructor that takes nothing or a com.fnproject.fn.api.RuntimeContext";

    refusal("private F() {}" + function)
        .hasMessage("function class F has no public constructor" + rule);
    refusal("public F() {} public F(RuntimeContext c) {}" + function)
        .hasMessage("function class F has 2 public constructors" + rule);
    refusal("public F(RuntimeContext a, RuntimeContext b) {}" + function)
        .hasMessage("function class F has a constructor that takes more than one argument" + rule);
    refusal("public F(int a) {}" + function)
        .hasMessage("function class F has a constructor that takes int" + rule);
    Path jar =
        functions.jar(
            "public class In { public void f(InputEvent e) {} } public abstract static class Ab { public void f() {}"
                + " public static String s(InputEvent e) { return \"static\"; } }");
    assertThatThrownBy(() -> functions.deploy(jar, "F.In::f", Map.of()))
        .hasMessage("function class F$In is a non-static inner class; make it static");
    assertThatThrownBy(() -> functions.deploy(jar, "F.Ab::f", Map.of()))
        .hasMessage("function class F$Ab is abstract; name one that is not");
    // A static method needs no instance.
    assertThat(answer(functions.deploy(jar, "F.Ab::s", Map.of()))).isEqualTo("static");
  }

  @Test
  void configuration_ofEachKind_runs() {
    String target = "public static String s() { return how; } public String i() { return how; }";
    Path ofClass =
        functions.jar(
            "static String how; @FnConfiguration public static void c(RuntimeContext r) { how = \"static\"; }"
                + target);
    Path ofClassWithout =
        functions.jar(
            "static String how; @FnConfiguration public static void c() { how = \"none\"; }"
                + target);
    Path ofInstance =
        functions.jar(
            "String how; @FnConfiguration public void c(RuntimeContext r) { how = \"instance\"; }"
                + "public String i() { return how; }");

    assertThat(answer(functions.deploy(ofClass, "F::s", Map.of()))).isEqualTo("static");
    assertThat(answer(functions.deploy(ofClass, "F::i", Map.of()))).isEqualTo("static");
    assertThat(answer(functions.deploy(ofClassWithout, "F::s", Map.of()))).isEqualTo("none");
    assertThat(answer(functions.deploy(ofClassWithout, "F::i", Map.of()))).isEqualTo("none");
    assertThat(answer(functions.deploy(ofInstance, "F::i", Map.of()))).isEqualTo("instance");
  }

  @Test
  void configuration_thatCannotBe_isRefused() {
    refusal("@FnConfiguration public void config() {} public static void f() {}")
        .hasMessage(
            "function class F: configuration method 'config' cannot be an instance method if the function method is a"
                + " static method; make it static");
    refusal("@FnConfiguration public String config() { return null; } public void f() {}")
        .hasMessage(
            "function class F: configuration method 'config' does not have a void return type");
    String arguments =
        "function class F: configuration method 'config' may take nothing or a com.fnproject.fn.api.RuntimeContext,"
            + " nothing else";
    refusal("@FnConfiguration public void config(String s) {} public void f() {}")
        .hasMessage(arguments);
    refusal(
            "@FnConfiguration public void config(RuntimeContext a, RuntimeContext b) {} public void f() {}")
        .hasMessage(arguments);
  }

  @Test
  void configuration_inherited_runsInOrder_andOverridesCountOnlyIfTheyRepeatTheAnnotation() {
    Path jar =
        functions.source(
            """
            public class F extends Base implements Sub {
              @FnConfiguration public static void subStatic() { order += " subStatic"; }
              @FnConfiguration public void sub() { order += " sub"; }
              @Override public void notRun() { throw new IllegalStateException("not run"); }
              @Override @FnConfiguration public void run() { order += " run"; }
              public String f() { return order; }
            }
            abstract class Base implements Root {
              public static String order = "";
              @FnConfiguration public static void baseStatic() { order += " baseStatic"; }
              @FnConfiguration public void base() { order += " base"; }
              @FnConfiguration public abstract void notRun();
              public abstract void run();
              public void notConfiguration() { throw new IllegalStateException("no configuration"); }
            }
            interface Root {
              @FnConfiguration default void ignored() { throw new IllegalStateException("interface"); }
              @FnConfiguration static void ignoredStatic() { throw new IllegalStateException("interface"); }
            }
            interface Sub {
              @FnConfiguration default void ignoredToo() { throw new IllegalStateException("interface"); }
            }
            """);

    String order = answer(functions.deploy(jar, "F::f", Map.of()));

    assertThat(order)
        .isIn(" baseStatic subStatic base sub run", " baseStatic subStatic base run sub");
  }

  @Test
  void instance_isMadeBeforeTheFirstConfigurationMethod() {
    FunctionHandle function =
        functions.deploy(
            """
            static String order = "";
            public F() { order += "made "; }
            @FnConfiguration public static void first(RuntimeContext context) {
              order += "static " + (context.getInvokeInstance().get() instanceof F) + " ";
            }
            public String f(RuntimeContext context) {
              return order + (context.getInvokeInstance().get() == this);
            }
            """);

    assertThat(answer(function)).isEqualTo("made static true true");
  }

  @Test
  void features_areInitialisedInOrder_beforeConfiguration() {
    Path jar =
        functions.source(
            """
            @FnFeature(F.One.class) @FnFeature(F.Two.class)
            public class F {
              public static class One implements RuntimeFeature {
                public void initialize(RuntimeContext c) { c.setAttribute("seen", "one "); }
              }
              public static class Two implements RuntimeFeature {
                public void initialize(RuntimeContext c) {
                  c.setAttribute("seen", c.getAttribute("seen", String.class).get() + "two ");
                }
              }
              private static class Broken implements RuntimeFeature {
                Broken() { throw new IllegalStateException("unmade"); }
                public void initialize(RuntimeContext c) {}
              }
              public static class Failing implements RuntimeFeature {
                public void initialize(RuntimeContext c) { throw new IllegalStateException("failing"); }
              }
              @FnFeature(Broken.class) public static class OfBroken { public void f() {} }
              @FnFeature(Failing.class) public static class OfFailing { public void f() {} }
              @FnConfiguration public void configure(RuntimeContext c) {
                c.setAttribute("seen", c.getAttribute("seen", String.class).get() + "configured");
              }
              public String f(RuntimeContext c) { return c.getAttribute("seen", String.class).get(); }
            }
            """);

    assertThat(answer(functions.deploy(jar, "F::f", Map.of()))).isEqualTo("one two configured");
    assertThat(failure(functions.deploy(jar, "F.OfBroken::f", UNDER_FN)))
        .hasMessageContaining("feature F$Broken of function class F$OfBroken cannot be made")
        .hasRootCauseMessage("unmade");
    assertThat(failure(functions.deploy(jar, "F.OfFailing::f", UNDER_FN)))
        .hasMessageContaining("feature F$Failing of function class F$OfFailing failed")
        .hasRootCauseMessage("failing");
  }

  private static Throwable failure(FunctionHandle function) {
    Outcome<?> outcome = FnFunctions.call("").outcome(function);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }

  @Test
  void start_underFn_waitsForTheFirstCall_elsewhereItIsPartOfTheDeployment() {
    String members =
        """
        static { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("fn.start.test", "initialised"); }
        public F() { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("fn.start.test", "constructed"); }
        public String f(InputEvent e) { return (String) ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).get("fn.start.test"); }
        """;
    try {
      FunctionHandle lazy = functions.deploy(members, UNDER_FN);
      assertThat(TestBag.get("fn.start.test")).isNull();
      assertThat(answer(lazy)).isEqualTo("constructed");
      TestBag.remove("fn.start.test");

      functions.deploy(members);
      assertThat(TestBag.get("fn.start.test")).isEqualTo("constructed");
    } finally {
      TestBag.remove("fn.start.test");
    }
  }

  @Test
  void calls_whileTheFirstIsStarting_waitForIt() throws Exception {
    Path jar =
        functions.jar(
            """
            static int made;
            public F() throws Exception {
              made++;
              Object latch = System.getProperties().get("fn.start.latch");
              ((java.util.concurrent.CountDownLatch) latch).await(60, java.util.concurrent.TimeUnit.SECONDS);
            }
            @FnConfiguration public void c() {}
            public String f() { return "made " + made; }
            """);
    FunctionSpec spec =
        FunctionSpec.builder(jar)
            .handler("F::f")
            .env(UNDER_FN)
            .instances(new InstanceSettings(1, 1, 4, 10))
            .build();
    CountDownLatch bothThere = new CountDownLatch(1);
    System.getProperties().put("fn.start.latch", bothThere);
    try (Hearth hearth = host()) {
      FunctionHandle function = hearth.deploy("f", spec);
      List<CompletableFuture<Outcome<?>>> calls =
          List.of(function.invokeAsync("", null), function.invokeAsync("", null));
      bothThere.countDown();

      for (CompletableFuture<Outcome<?>> call : calls) {
        assertThat(call.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Returned.class);
      }
      assertThat(answer(function)).isEqualTo("made 1");
    } finally {
      System.getProperties().remove("fn.start.latch");
    }
  }

  private static Hearth host() {
    return Hearth.builder().providedApis(TestHost.provided("fn").getParent()).build();
  }

  @Test
  void instances_ofOneVersion_areEachARuntimeOfTheirOwn() throws Exception {
    Path jar =
        functions.jar(
            """
            static final java.util.concurrent.CyclicBarrier BOTH = new java.util.concurrent.CyclicBarrier(2);
            @FnConfiguration public void c(RuntimeContext c) { c.setAttribute("me", this); }
            public String f(RuntimeContext c) throws Exception {
              BOTH.await(60, java.util.concurrent.TimeUnit.SECONDS);
              return "" + (c.getAttribute("me", F.class).get() == this);
            }
            """);
    FunctionSpec spec =
        FunctionSpec.builder(jar)
            .handler("F::f")
            .instances(new InstanceSettings(2, 2, InstanceSettings.BY_SIGNATURE, 10))
            .build();
    try (Hearth hearth = host()) {
      FunctionHandle function = hearth.deploy("f", spec);
      CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> answer(function));

      assertThat(answer(function)).isEqualTo("true");
      assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("true");
    }
  }
}
