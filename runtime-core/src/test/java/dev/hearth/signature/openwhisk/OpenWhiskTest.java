package dev.hearth.signature.openwhisk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import dev.hearth.testing.WireCall;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OpenWhisk's Java actions; names say which row of its own suites, or which case of ours, a test is. */
@Timeout(120)
final class OpenWhiskTest {

  private static final Path GSON = TestHost.provided("openwhisk").resolve("gson.jar");
  private static final Path OLD_GSON = TestHost.library("gson-2.3.1.jar");

  private static final String ECHO =
      "public static JsonObject main(JsonObject args) { return args; }";

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  @Test
  void openwhisk_B5_entryPointOtherThanMain_isCalled() {
    Path jar =
        jar("example.Hello", "public static JsonObject naim(JsonObject args) { return args; }");

    FunctionHandle action = deploy(jar, "example.Hello#naim");

    assertThat(WireCall.post("{\"a\":1}").text(action)).isEqualTo("{\"a\":1}");
  }

  @Test
  void openwhisk_B6_echo_givesBackWhatCame() {
    FunctionHandle action = deploy(jar("example.Echo", ECHO), "example.Echo");

    for (String args :
        List.of(
            "{\"string\":\"hello\"}",
            "{\"string\":\"❄ ☃ ❄\"}",
            "{\"numbers\":[42,56,1e2,12345678901234567890]}",
            "{\"object\":{\"goodbye\":null,\"html\":\"<a&b>\"}}")) {
      Reply<byte[]> reply = WireCall.post(args).reply(action);
      assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo(args);
      assertThat(reply.headers()).containsEntry("Content-Type", List.of("application/json"));
    }
  }

  @Test
  void openwhisk_B10_largeInput_isEchoed() {
    FunctionHandle action = deploy(jar("example.Echo", ECHO), "example.Echo");
    String large = "{\"a\":\"" + "x".repeat(1_048_561) + "\"}";

    assertThat(WireCall.post(large).text(action)).isEqualTo(large);
  }

  @Test
  void openwhisk_J1_to_J6_whatIsNotThere_isRefused() {
    Path jar =
        jar(
            "example.HelloWhisk",
            "public static JsonObject hello(JsonObject args) { return args; }");

    for (String suffix : List.of("", "x", "!", "#", "#main", "#bogus")) {
      assertThatThrownBy(() -> deploy(jar, "example.HelloWhisk" + suffix))
          .as(suffix)
          .isInstanceOf(DeployException.class);
    }
    assertThatThrownBy(() -> deploy(jar, "example.HelloWhisk#bogus"))
        .hasMessageContaining("example.HelloWhisk has no action bogus");
    assertThat(hearth.functions()).isEmpty();
  }

  @Test
  void openwhisk_J8_exception_isTheCallsFailure() {
    FunctionHandle action =
        deploy(
            jar(
                "example.Throws",
                """
                public static JsonObject main(JsonObject args) throws Exception {
                  if (args.has("throw")) { throw new Exception("noooooooo"); }
                  return args;
                }
                """),
            "example.Throws");

    assertThat(failure(action, "{\"throw\":1}")).isExactlyInstanceOf(Exception.class);
    assertThat(WireCall.post("{}").text(action)).isEqualTo("{}");
  }

  @Test
  void openwhisk_J9_resultThatSpeaksOfAnError_isAResult() {
    FunctionHandle action =
        deploy(
            jar(
                "example.Error",
                """
                public static JsonObject main(JsonObject args) {
                  JsonObject error = new JsonObject();
                  error.addProperty("error", "This action is unhappy.");
                  return error;
                }
                """),
            "example.Error");

    assertThat(WireCall.post("{}").text(action))
        .isEqualTo("{\"error\":\"This action is unhappy.\"}");
  }

  @Test
  void openwhisk_J10_classInTheDefaultPackage_isCalled() {
    FunctionHandle action = deploy(jar("Echo", ECHO), "Echo");

    assertThat(WireCall.post("{\"a\":1}").text(action)).isEqualTo("{\"a\":1}");
  }

  @Test
  void openwhisk_J11_arrayAsResult_isSent() {
    FunctionHandle action =
        deploy(
            jar(
                "example.ReturnsArray",
                """
                public static JsonArray main(JsonObject args) {
                  JsonArray array = new JsonArray();
                  array.add(new JsonPrimitive("a"));
                  array.add(new JsonPrimitive("b"));
                  return array;
                }
                """),
            "example.ReturnsArray");

    assertThat(WireCall.post("{}").text(action)).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void openwhisk_J12_arrayAsInput_isGivenToTheMethodThatTakesOne() {
    FunctionHandle arrays =
        deploy(
            jar("example.Arrays", "public static JsonArray main(JsonArray args) { return args; }"),
            "example.Arrays");
    FunctionHandle both =
        deploy(
            jar(
                "example.Both",
                ECHO
                    + """
                      public static JsonObject main(JsonArray args) {
                        JsonObject size = new JsonObject();
                        size.addProperty("size", args.size());
                        return size;
                      }
                      """),
            "example.Both");

    assertThat(WireCall.post("[\"a\",1]").text(arrays)).isEqualTo("[\"a\",1]");
    assertThat(WireCall.post("[\"a\",1]").text(both)).isEqualTo("{\"size\":2}");
    assertThat(WireCall.post("{\"a\":1}").text(both)).isEqualTo("{\"a\":1}");
    assertThat(refusal(arrays, "{}"))
        .isEqualTo("action example.Arrays takes a JSON array; what was sent is an object");
  }

  @Test
  void openwhisk_J14_nullAsResult_isTheCallsFailure() {
    FunctionHandle action =
        deploy(
            jar("example.Null", "public static JsonObject main(JsonObject args) { return null; }"),
            "example.Null");

    assertThat(failure(action, "{}"))
        .hasMessageContaining("example.Null")
        .hasMessageContaining("the action returned null");
  }

  @Test
  void openwhisk_J15_J16_classesOfTheJar_areFoundByNameAndByContextLoader() {
    Path jar =
        TestJar.of(directory)
            .source(
                "example.Finds",
                source(
                    "example.Finds",
                    """
                    public static JsonObject main(JsonObject args) throws Exception {
                      JsonObject found = new JsonObject();
                      found.addProperty("name", Class.forName("example.Entity").getName());
                      found.addProperty("context",
                          Thread.currentThread().getContextClassLoader()
                              .loadClass("example.Entity").getName());
                      return found;
                    }
                    """))
            .source("example.Entity", "package example; public class Entity {}")
            .compileOnly(GSON)
            .build("finds.jar");

    assertThat(WireCall.post("").text(deploy(jar, "example.Finds")))
        .isEqualTo("{\"name\":\"example.Entity\",\"context\":\"example.Entity\"}");
  }

  @Test
  void openwhisk_case_7_noValue_isAnEmptyObject() {
    FunctionHandle action = deploy(jar("example.Echo", ECHO), "example.Echo");

    assertThat(WireCall.post("").text(action)).isEqualTo("{}");
  }

  @Test
  void openwhisk_case_11_errors_failTheCallOnly() {
    FunctionHandle action =
        deploy(
            jar(
                "example.Deep",
                """
                public static JsonObject main(JsonObject args) {
                  if (args.has("missing")) { throw new NoClassDefFoundError("x/Y"); }
                  return args.has("deep") ? main(args) : args;
                }
                """),
            "example.Deep");

    assertThat(failure(action, "{\"deep\":1}")).isInstanceOf(StackOverflowError.class);
    assertThat(failure(action, "{\"missing\":1}")).isInstanceOf(NoClassDefFoundError.class);
    assertThat(WireCall.post("{}").text(action)).isEqualTo("{}");
  }

  @Test
  void openwhisk_case_12_gsonOfTheJar_isUsedWhateverItsVersion() {
    String says =
        """
        public static JsonObject main(JsonObject args) {
          boolean old = JsonParser.class.getDeclaredMethods().length < 6;
          args.addProperty("old", old);
          return args;
        }
        """;
    Path fat =
        TestJar.of(directory)
            .source("example.Says", source("example.Says", says))
            .library(OLD_GSON)
            .buildFat("fat.jar");

    assertThat(WireCall.post("{\"a\":[1,null]}").text(deploy(fat, "example.Says")))
        .isEqualTo("{\"a\":[1,null],\"old\":true}");
    assertThat(WireCall.post("{}").text(deploy(jar("example.Says", says), "example.Says")))
        .isEqualTo("{\"old\":false}");
  }

  @Test
  void openwhisk_case_13_staticState_survivesBetweenRuns() {
    FunctionHandle action =
        deploy(
            jar(
                "example.Counts",
                """
                static int runs;
                public static JsonObject main(JsonObject args) {
                  args.addProperty("runs", ++runs);
                  return args;
                }
                """),
            "example.Counts");

    assertThat(WireCall.post("{}").text(action)).isEqualTo("{\"runs\":1}");
    assertThat(WireCall.post("{}").text(action)).isEqualTo("{\"runs\":2}");
  }

  @Test
  void invoke_bodyThatIsNoJsonObject_isRefusedWithTheReason() {
    FunctionHandle action = deploy(jar("example.Echo", ECHO), "example.Echo");

    for (String body : List.of("{\"a\":", "{a:1}", "{} {}", "{\"a\":1,}", "<html>")) {
      assertThat(refusal(action, body)).startsWith("the body is not JSON at line 1 column ");
    }
    assertThat(refusal(action, "7")).contains("neither an object nor an array");
    assertThat(refusal(action, "[]")).contains("takes a JSON object; what was sent is an array");
  }

  @Test
  void calls_atOnceWhereTheSpecAllowsIt_doNotCrossTalk() throws Exception {
    FunctionHandle action =
        deployForManyAtOnce(
            jar(
                "example.Meets",
                """
                static final java.util.concurrent.CyclicBarrier TOGETHER =
                    new java.util.concurrent.CyclicBarrier(10);
                public static JsonObject main(JsonObject args) throws Exception {
                  TOGETHER.await(60, java.util.concurrent.TimeUnit.SECONDS);
                  return args;
                }
                """),
            "example.Meets");
    ExecutorService callers = Executors.newFixedThreadPool(10);
    try {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String args = "{\"caller\":" + i + "}";
        answers.add(CompletableFuture.supplyAsync(() -> WireCall.post(args).text(action), callers));
      }
      for (int i = 0; i < 10; i++) {
        assertThat(answers.get(i).get(60, SECONDS)).isEqualTo("{\"caller\":" + i + "}");
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void calls_byDefault_runOneAtATime() throws Exception {
    FunctionHandle action =
        deploy(
            jar(
                "example.Alone",
                """
                static final java.util.concurrent.atomic.AtomicInteger IN =
                    new java.util.concurrent.atomic.AtomicInteger();
                static int most;
                public static JsonObject main(JsonObject args) throws Exception {
                  most = Math.max(most, IN.incrementAndGet());
                  for (int i = 0; i < 100; i++) Thread.yield();
                  IN.decrementAndGet();
                  JsonObject result = new JsonObject();
                  result.addProperty("most", most);
                  return result;
                }
                """),
            "example.Alone");
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(CompletableFuture.supplyAsync(() -> WireCall.post("{}").text(action), callers));
      }
      for (CompletableFuture<String> answer : answers) {
        assertThat(answer.get(60, SECONDS)).isEqualTo("{\"most\":1}");
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  @SuppressWarnings("unchecked") // the action puts it there
  void undeploy_afterACall_letsTheLoaderGo() throws Exception {
    FunctionHandle action =
        deploy(
            jar(
                "example.Told",
                """
                public static JsonObject main(JsonObject args) {
                  ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("hearth.openwhisk.loader",
                      new java.lang.ref.WeakReference<>(Told.class.getClassLoader()));
                  return args;
                }
                """),
            "example.Told");
    // Not by an exception: a JVM thread keeps the last one it has unwound
    // compiled code for.
    assertThat(WireCall.post("{}").text(action)).isEqualTo("{}");
    WeakReference<?> loader = (WeakReference<?>) TestBag.remove("hearth.openwhisk.loader");

    action.undeploy().toCompletableFuture().get(60, SECONDS);

    UnloadAssert.assertCollected((WeakReference<ClassLoader>) loader);
  }

  @Test
  void deploy_onlyAction_isFoundWithoutAHandler() {
    FunctionHandle action = deploy(jar("example.Echo", ECHO), null);

    assertThat(action.handler()).isEqualTo("example.Echo");
    assertThat(action.signature()).isEqualTo("OpenWhisk action");
  }

  @Test
  void deploy_staticInitialiserThrows_isRefusedWithItsException() {
    Path jar = jar("example.Broken", "static int x = Integer.parseInt(\"none\"); " + ECHO);

    assertThatThrownBy(() -> deploy(jar, "example.Broken"))
        .isInstanceOf(DeployException.class)
        .hasRootCauseInstanceOf(NumberFormatException.class);
  }

  private FunctionHandle deploy(Path jar, @Nullable String handler) {
    String name = "f" + hearth.functions().size();
    return hearth.deploy(name, FunctionSpec.builder(jar).handler(handler).build());
  }

  private FunctionHandle deployForManyAtOnce(Path jar, String handler) {
    InstanceSettings many = new InstanceSettings(1, 1, 10, 10);
    FunctionSpec spec = FunctionSpec.builder(jar).handler(handler).instances(many).build();
    return hearth.deploy("many", spec);
  }

  private Path jar(String className, String members) {
    return TestJar.of(directory)
        .source(className, source(className, members))
        .compileOnly(GSON)
        .build(className + ".jar");
  }

  private static String source(String className, String members) {
    int dot = className.lastIndexOf('.');
    return (dot < 0 ? "" : "package " + className.substring(0, dot) + ";\n")
        + "import com.google.gson.*;\npublic class "
        + className.substring(dot + 1)
        + " {\n"
        + members
        + "\n}\n";
  }

  private static Throwable failure(FunctionHandle action, String body) {
    Outcome<?> outcome = WireCall.post(body).outcome(action);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }

  private static String refusal(FunctionHandle action, String body) {
    Outcome<?> outcome = WireCall.post(body).outcome(action);
    assertThat(outcome).as(body).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).cause().getMessage();
  }
}
