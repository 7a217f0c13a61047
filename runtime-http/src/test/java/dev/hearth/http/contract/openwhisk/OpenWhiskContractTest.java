package dev.hearth.http.contract.openwhisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionSpec;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance cases of OpenWhisk's contract, by number; those about real streams and signals are in OpenWhiskIT. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class OpenWhiskContractTest {

  /** Waits for its test when told to, and says who it is. */
  private static final String MEETING =
      """
      private static int runs;
      public static JsonObject main(JsonObject args) throws Exception {
        System.out.println("in " + args.get("n"));
        if (args.has("meet")) {
          String key = args.get("meet").getAsString();
          ((java.util.concurrent.CountDownLatch) System.getProperties().get(key + ".entered")).countDown();
          ((java.util.concurrent.CountDownLatch) System.getProperties().get(key + ".go"))
              .await(60, java.util.concurrent.TimeUnit.SECONDS);
        }
        JsonObject result = new JsonObject();
        result.add("n", args.get("n"));
        result.addProperty("runs", ++runs);
        result.addProperty("id", System.getenv("__OW_ACTIVATION_ID"));
        return result;
      }
      """;

  @TempDir Path directory;
  private ActionContainer container;

  @BeforeEach
  void start() throws IOException {
    container = ActionContainer.start();
  }

  @AfterEach
  void stop() {
    container.close();
  }

  private interface Starter {
    ActionContainer start() throws IOException;
  }

  private void restart(Starter starter) throws IOException {
    container.close();
    container = starter.start();
  }

  private Path jar(String className, String members) {
    return Actions.jar(directory, className, members).build("action.jar");
  }

  private void ready(String main, Path jar) throws IOException {
    assertThat(container.init(main, jar).status()).as(container.log()).isEqualTo(200);
  }

  private void echo() throws IOException {
    ready("example.Echo", jar("example.Echo", Actions.ECHO));
  }

  private void assertFramed(int times) {
    assertThat(container.sentinelsOut()).isEqualTo(times);
    assertThat(container.sentinelsErr()).isEqualTo(times);
  }

  private void plain(String declaration, String body) throws IOException {
    Path jar =
        TestJar.of(directory)
            .withApi()
            .source(
                "acme.F",
                "package acme; import java.util.*; public class F implements "
                    + declaration
                    + " { "
                    + body
                    + " }")
            .build("plain.jar");
    ready("acme.F", jar);
  }

  @Test
  void openwhisk_case_02_everyAnswer_hasALengthAndIsNotChunked() throws IOException {
    List<Answered> answers = new ArrayList<>();
    answers.add(container.run("{}"));
    answers.add(container.post("/init", "{}"));
    answers.add(container.post("/init", "nonsense"));
    answers.add(container.host().get("/nowhere"));
    answers.add(container.host().get("/run"));
    Path jar = jar("example.Echo", Actions.ECHO);
    answers.add(container.init("example.Echo", jar));
    answers.add(container.init("example.Echo", jar));
    answers.add(container.run("{\"a\":\"" + "b".repeat(100_000) + "\"}"));

    assertThat(answers)
        .extracting(Answered::status)
        .containsExactly(502, 502, 502, 404, 405, 200, 502, 200);
    for (Answered answer : answers) {
      assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(answer.body().length));
      assertThat(answer.header("Transfer-Encoding")).isEmpty();
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }
  }

  @Test
  void openwhisk_case_03_runBeforeInit_isAnErrorAndALaterInitWorks() throws IOException {
    Answered early = container.run("{}");

    assertThat(early.status()).isEqualTo(502);
    assertThat(early.text().strip())
        .isEqualTo("{\"error\":\"Cannot invoke an uninitialized action.\"}");
    assertFramed(0);
    echo();
    assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void openwhisk_case_04_failedInit_leavesTheContainerToBeInitialised() throws IOException {
    Path jar = jar("example.Echo", Actions.ECHO);

    assertThat(container.init("example.Gone", jar).status()).isEqualTo(502);
    assertThat(container.run("{}").text()).contains("uninitialized");
    assertThat(container.post("/init", Actions.init("x", "UEsDBA==", true, "{}")).status())
        .isEqualTo(502);
    assertThat(container.init("example.Echo", jar, "{\"A\":\"1\"}").status()).isEqualTo(200);
    assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
    assertThat(container.host().hearth().functions()).hasSize(1);
  }

  @Test
  void openwhisk_case_05_initVariables_areSeenByStaticInitialisers() throws IOException {
    Path jar =
        jar(
            "example.Early",
            "static final String AT_START = System.getenv(\"COLOUR\");"
                + " public static JsonObject main(JsonObject args) {"
                + " args.addProperty(\"colour\", AT_START); return args; }");

    container.init("example.Early", jar, "{\"COLOUR\":\"red\",\"__OW_NAMESPACE\":\"guest\"}");

    assertThat(container.run("{}").text()).isEqualTo("{\"colour\":\"red\"}");
  }

  @Test
  void openwhisk_case_05_variablesOfAFailedInit_areForgotten() throws IOException {
    Path jar = jar("example.Vars", Actions.VARIABLES);

    container.init("example.Gone", jar, "{\"OLD\":\"1\"}");
    container.init("example.Vars", jar, "{\"NEW\":\"2\"}");

    assertThat(container.run("{\"OLD\":1,\"NEW\":1}").text())
        .isEqualTo("{\"OLD\":\"missing\",\"NEW\":\"2\"}");
  }

  @Test
  void openwhisk_case_06_unknownKeys_areVariables() throws IOException {
    ready("example.Vars", jar("example.Vars", Actions.VARIABLES));

    Answered first =
        container.post(
            "/run",
            "{\"shoe_Size\":43,\"left\":true,\"none\":null,\"deep\":{\"a\":1},\"value\":"
                + "{\"__OW_SHOE_SIZE\":1,\"__OW_LEFT\":1,\"__OW_NONE\":1,\"__OW_DEEP\":1}}");
    Answered second = container.run("{\"__OW_SHOE_SIZE\":1}");

    assertThat(first.text())
        .isEqualTo(
            "{\"__OW_SHOE_SIZE\":\"43\",\"__OW_LEFT\":\"true\",\"__OW_NONE\":\"missing\","
                + "\"__OW_DEEP\":\"missing\"}");
    assertThat(second.text()).as("a key that is not sent keeps its value").contains("\"43\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"value\":null}", "{\"namespace\":\"guest\"}"})
  void openwhisk_case_07_noValue_isAnEmptyObject(String body) throws IOException {
    echo();

    assertThat(container.post("/run", body).text()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1893456000000\"", "1893456000000"})
  void openwhisk_case_08_deadline_isTheSameTextHoweverItIsSent(String deadline) throws IOException {
    ready("example.Vars", jar("example.Vars", Actions.VARIABLES));

    assertThat(
            container
                .post("/run", "{\"deadline\":" + deadline + ",\"value\":{\"__OW_DEADLINE\":0}}")
                .text())
        .isEqualTo("{\"__OW_DEADLINE\":\"1893456000000\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"123", "\"\"", "\"soon\"", "-9223372036854775808", "9223372036854775807", "1e3"})
  void openwhisk_case_08_deadlineThatMakesNoSense_isNone(String deadline) throws IOException {
    echo();

    assertThat(container.post("/run", "{\"deadline\":" + deadline + "}").status()).isEqualTo(200);
  }

  @Test
  void openwhisk_case_08_deadlineThatPasses_endsTheCallAndItsLogOnce() throws Exception {
    ready("example.Meeting", jar("example.Meeting", MEETING));
    try (Meeting meeting = new Meeting("whisk", 1)) {
      long begin = System.nanoTime();

      Answered answer =
          container.post(
              "/run",
              "{\"deadline\":\""
                  + (System.currentTimeMillis() + 500)
                  + "\",\"value\":{\"n\":1,\"meet\":\"whisk\"}}");

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).contains("exceeded its time limit");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
      await().until(() -> container.sentinelsErr() == 1);
      assertThat(meeting.isAnyoneIn()).isTrue();
    }
    assertThat(container.run("{\"n\":2}").status()).isEqualTo(200);
    assertFramed(2);
  }

  @Test
  void openwhisk_case_10_threadThatPrintsLater_doesNotChangeTheCount() throws Exception {
    ready(
        "example.Later",
        jar(
            "example.Later",
            "public static JsonObject main(JsonObject args) {"
                + " new Thread(() -> { try { ((java.util.concurrent.CountDownLatch)"
                + " System.getProperties().get(\"whisk.go\")).await(); } catch (InterruptedException e) {}"
                + " System.out.println(\"late\"); ((java.util.concurrent.CountDownLatch)"
                + " System.getProperties().get(\"whisk.entered\")).countDown(); }).start();"
                + " System.out.println(\"early\"); return args; }"));
    try (Meeting meeting = new Meeting("whisk", 1)) {
      assertThat(container.run("{}").status()).isEqualTo(200);
      assertThat(container.out()).isEqualTo("early\n");
      assertFramed(1);

      meeting.go();

      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(container.out()).isEqualTo("early\nlate\n");
      assertFramed(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "throw new StackOverflowError();,java.lang.StackOverflowError",
    "throw new NoClassDefFoundError(\"gone\");,java.lang.NoClassDefFoundError: gone",
    "return main(args);,java.lang.StackOverflowError"
  })
  void openwhisk_case_11_error_isAnErrorAndTheContainerLivesOn(String body, String text)
      throws IOException {
    ready(
        "example.Fails",
        jar(
            "example.Fails",
            "public static JsonObject main(JsonObject args) { if (args.has(\"ok\")) return args; "
                + body
                + " }"));

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains(text);
    assertThat(container.run("{\"ok\":1}").status()).isEqualTo(200);
    assertFramed(2);
  }

  @Test
  void openwhisk_case_11_errorWhileInitialising_isRefused() throws IOException {
    Path jar =
        jar(
            "example.Fails",
            "static { if (true) throw new StackOverflowError(\"deep\"); }" + Actions.ECHO);

    Answered answer = container.init("example.Fails", jar);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("StackOverflowError");
    assertFramed(1);
    echo();
  }

  @Test
  void openwhisk_case_12_jarWithAnotherGson_works() throws IOException {
    Path old = Actions.PROVIDED.resolveSibling("libraries").resolve("gson-2.3.1.jar");
    Path jar =
        TestJar.of(directory)
            .library(old)
            .source(
                "example.Old",
                Actions.source(
                    "example.Old",
                    "public static JsonObject main(JsonObject args) {"
                        + " args.addProperty(\"from\", JsonObject.class.getProtectionDomain()"
                        + ".getCodeSource().getLocation().toString()); return args; }"))
            .buildFat("fat.jar");
    ready("example.Old", jar);

    assertThat(container.run("{}").text()).contains("from").doesNotContain("provided");
  }

  @Test
  void openwhisk_case_13_staticState_growsByOneInEachRun() throws IOException {
    ready("example.Meeting", jar("example.Meeting", MEETING));

    for (int i = 1; i <= 5; i++) {
      assertThat(container.run("{\"n\":0}").text()).contains("\"runs\":" + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 3 << 20})
  void openwhisk_case_14_longResult_isWholeWithItsLength(int length) throws IOException {
    ready(
        "example.Long",
        jar(
            "example.Long",
            "public static JsonObject main(JsonObject args) { JsonObject r = new JsonObject();"
                + " r.addProperty(\"long\", \"x\".repeat(args.get(\"length\").getAsInt())); return r; }"));

    Answered answer = container.run("{\"length\":" + length + "}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(length + 11));
    assertThat(answer.text()).isEqualTo("{\"long\":\"" + "x".repeat(length) + "\"}");
  }

  @Test
  void openwhisk_case_14_resultOverTheHostsLimit_isAnError() throws IOException {
    plain(
        "dev.hearth.function.StreamFunction",
        "public void handle(dev.hearth.function.Request in, dev.hearth.function.Response out,"
            + " dev.hearth.function.Context context) throws Exception {"
            + " byte[] part = new byte[1 << 20];"
            + " for (int i = 0; i < 65; i++) out.body().write(part); }");

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("over 67108864 bytes");
    assertFramed(1);
  }

  @Test
  void openwhisk_case_15_manyRunsOnNewConnections_leaveNothingBehind() throws IOException {
    echo();
    for (int i = 0; i < 20; i++) {
      container.run("{}");
    }
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    long descriptors = descriptors();

    for (int i = 0; i < 200; i++) {
      assertThat(container.run("{\"i\":" + i + "}").text()).isEqualTo("{\"i\":" + i + "}");
    }

    await().until(() -> container.host().server().connections() == 0);
    assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 5);
    await().until(() -> descriptors() < descriptors + 5);
    assertFramed(220);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  void openwhisk_case_16_withoutConcurrency_requestsQueueAndLogsDoNotMix() throws Exception {
    ready("example.Meeting", jar("example.Meeting", MEETING));
    try (Meeting meeting = new Meeting("whisk", 1)) {
      CompletableFuture<Answered> first = runLater("{\"n\":1,\"meet\":\"whisk\"}", "one");
      assertThat(meeting.awaitEntered()).isTrue();
      CompletableFuture<Answered> second = runLater("{\"n\":2}", "two");
      await().until(() -> container.host().hearth().function("echo").orElseThrow().inFlight() == 2);
      assertThat(container.out()).isEqualTo("in 1\n");

      meeting.go();

      assertThat(first.get(60, TimeUnit.SECONDS).text())
          .isEqualTo("{\"n\":1,\"runs\":1,\"id\":\"one\"}");
      assertThat(second.get(60, TimeUnit.SECONDS).text())
          .isEqualTo("{\"n\":2,\"runs\":2,\"id\":\"two\"}");
      assertThat(container.raw())
          .isEqualTo(
              "in 1\n"
                  + OpenWhiskContract.SENTINEL
                  + "\nin 2\n"
                  + OpenWhiskContract.SENTINEL
                  + "\n");
    }
  }

  @Test
  void openwhisk_case_16_withConcurrency_runsAreInFlightAtOnceAndAnsweredEach() throws Exception {
    restart(() -> ActionContainer.start(Map.of("__OW_ALLOW_CONCURRENT", "true")));
    ready("example.Meeting", jar("example.Meeting", MEETING));
    int runs = 10;
    try (Meeting meeting = new Meeting("whisk", runs)) {
      List<CompletableFuture<Answered>> answers = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        answers.add(runLater("{\"n\":" + i + ",\"meet\":\"whisk\"}", "id"));
      }
      assertThat(meeting.awaitEntered()).isTrue();
      assertFramed(0);

      meeting.go();

      for (int i = 0; i < runs; i++) {
        assertThat(answers.get(i).get(60, TimeUnit.SECONDS).text()).startsWith("{\"n\":" + i + ",");
      }
      assertFramed(runs);
      assertThat(container.raw())
          .as("sentinels are contiguous")
          .endsWith((OpenWhiskContract.SENTINEL + "\n").repeat(runs));
    }
  }

  private CompletableFuture<Answered> runLater(String value, String id) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return container.post(
                "/run", "{\"activation_id\":\"" + id + "\",\"value\":" + value + "}");
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void openwhisk_case_17_whileStopping_newRequestsAre503AndTheRunEnds() throws Exception {
    ready("example.Meeting", jar("example.Meeting", MEETING));
    try (Meeting meeting = new Meeting("whisk", 1)) {
      CompletableFuture<Answered> running = runLater("{\"n\":1,\"meet\":\"whisk\"}", "one");
      assertThat(meeting.awaitEntered()).isTrue();
      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(
              () -> container.host().server().close(Duration.ofSeconds(60)));
      await().until(container.host().server()::isDraining);

      Answered refused = container.run("{\"n\":2}");
      meeting.go();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Content-Length")).isNotEmpty();
      assertThat(running.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
      assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void openwhisk_case_19_base64WithLineBreaks_isTaken() throws IOException {
    Path jar = jar("example.Echo", Actions.ECHO);
    String lines = Base64.getMimeEncoder().encodeToString(Files.readAllBytes(jar));
    assertThat(lines).contains("\r\n");

    assertThat(container.post("/init", Actions.init("example.Echo", lines, true, "null")).status())
        .isEqualTo(200);
    assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!!!", "UEsD*", "=", "☃"})
  void C17_base64ThatIsNone_isRefusedWithAnError(String code) throws IOException {
    Answered answer = container.post("/init", Actions.init("example.Echo", code, true, "{}"));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text())
        .startsWith(
            "{\"error\":\"An error has occurred (see logs for details): 'code' is not base64");
    assertFramed(1);
    echo();
  }

  @Test
  void jarThatIsSaidToBeText_isAJarAllTheSame() throws IOException {
    Path jar = jar("example.Echo", Actions.ECHO);

    assertThat(
            container
                .post("/init", Actions.init("example.Echo", Actions.base64(jar), false, "{}"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void mainThatNobodyNamed_isWhatTheArchiveHas() throws IOException {
    ready("main", jar("example.Echo", Actions.ECHO));

    assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void mainWithoutAMethod_isMain() throws IOException {
    ready("example.Echo#", jar("example.Echo", Actions.ECHO));

    assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{\"value\":7}",
        "{\"value\":{\"main\":7,\"code\":\"x\"}}",
        "{\"value\":{\"main\":\"x\",\"code\":7}}",
        "{\"value\":{\"main\":\"x\",\"code\":\"x\",\"env\":7}}",
        "{\"value\":{}} {}",
        "{\"value\":{\"main\":\"x\",",
        "\u0000\u00ff"
      })
  void initThatIsNoRequest_isAnErrorAndTheContainerLivesOn(String body) throws IOException {
    Answered answer = container.post("/init", body);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).startsWith("{\"error\":\"");
    echo();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"value\":{}", "{\"value\":{}}}", "{\"value\":{\"a\":01}}"})
  void runThatIsNoRequest_isAnErrorWithItsSentinel(String body) throws IOException {
    echo();

    Answered answer = container.post("/run", body);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text())
        .startsWith("{\"error\":\"An error has occurred (see logs for details): ");
    assertFramed(1);
    assertThat(container.run("{}").status()).isEqualTo(200);
  }

  @Test
  void C11_valueNestedTooDeeply_isAnError() throws IOException {
    echo();

    Answered answer = container.run("[".repeat(100_000) + "]".repeat(100_000));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(container.run("{}").status()).isEqualTo(200);
  }

  @Test
  void valueInAnotherEncoding_isAnError() throws IOException {
    echo();
    byte[] body = "{\"value\":{}}".getBytes(StandardCharsets.UTF_16LE);
    try (RawClient client = container.host().connect()) {
      client.send("POST /run HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n");
      client.send(body);

      assertThat(client.read().status()).isEqualTo(502);
    }
  }

  @Test
  void value_reachesTheActionAsItWasSent() throws IOException {
    plain(
        "java.util.function.Function<String, String>",
        "public String apply(String in) { return in; }");
    String value = "{ \"n\" : 1.50e+3 , \"s\":\"\\u2603 ❄\", \"n\":[ ] }";

    Answered answer =
        container.post("/run", "{\"namespace\":\"❄\",\"value\":" + value + " ,\"z\":\"é\"}");

    assertThat(answer.text()).isEqualTo(value);
  }

  @Test
  void arrayForAnActionOfObjects_isAnErrorInTheLog() throws IOException {
    echo();

    Answered answer = container.run("[1]");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("takes a JSON object");
    assertThat(container.err()).contains("takes a JSON object");
    assertFramed(1);
  }

  @Test
  void plainFunction_getsTheValueAndGivesAnObject() throws IOException {
    plain(
        "java.util.function.Function<Map<String, Object>, Map<String, Object>>",
        "public Map<String, Object> apply(Map<String, Object> in) {"
            + " return Map.of(\"got\", in.get(\"name\")); }");

    assertThat(container.run("{\"name\":\"Whisk\"}").text()).isEqualTo("{\"got\":\"Whisk\"}");
    assertFramed(1);
  }

  @Test
  void plainFunction_thatGivesNothing_isTheActionThatReturnedNull() throws IOException {
    plain(
        "java.util.function.Function<Object, Object>",
        "public Object apply(Object in) { return null; }");

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("The action returned null");
    assertThat(container.err()).contains("The action returned null");
  }

  @Test
  void consumer_hasAnEmptyResult() throws IOException {
    plain("java.util.function.Consumer<Object>", "public void accept(Object in) {}");

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{}");
  }

  @Test
  void promise_isWaitedForAndItsLogIsFramed() throws Exception {
    plain(
        "java.util.function.Function<Object, java.util.concurrent.CompletionStage<Map<String, Object>>>",
        "public java.util.concurrent.CompletionStage<Map<String, Object>> apply(Object in) {"
            + " return java.util.concurrent.CompletableFuture.supplyAsync(() -> {"
            + " System.out.println(\"later\"); return Map.of(\"a\", 1); }); }");

    assertThat(container.run("{}").text()).isEqualTo("{\"a\":1}");
    assertThat(container.raw()).isEqualTo("later\n" + OpenWhiskContract.SENTINEL + "\n");
  }

  @Test
  void reply_withAnErrorsStatus_isAnError() throws IOException {
    plain(
        "java.util.function.Function<Object, dev.hearth.function.Reply<Map<String, Object>>>",
        "public dev.hearth.function.Reply<Map<String, Object>> apply(Object in) {"
            + " return dev.hearth.function.Reply.status(404).body(Map.of(\"a\", 1)); }");

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("status 404");
  }

  @Test
  void activation_isTheCallsContext() throws IOException {
    plain(
        "dev.hearth.function.ContextFunction<Object, Map<String, Object>>",
        "public Map<String, Object> apply(Object in, dev.hearth.function.Context context) {"
            + " Map<String, Object> all = new TreeMap<>(context.attributes());"
            + " all.put(\"id\", context.id()); all.put(\"trace\", context.traceparent().orElse(\"\"));"
            + " return all; }");
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    byte[] request =
        new String(
                ActionContainer.request(
                    "/run", "{\"activation_id\":\"a1\",\"namespace\":\"guest\",\"value\":{}}"),
                StandardCharsets.ISO_8859_1)
            .replace("Host: x\r\n", "Host: x\r\ntraceparent: " + trace + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    try (RawClient client = container.host().connect()) {
      assertThat(client.send(request).read().text())
          .isEqualTo(
              "{\"id\":\"a1\",\"openwhisk.activation_id\":\"a1\",\"openwhisk.namespace\":\"guest\","
                  + "\"trace\":\""
                  + trace
                  + "\"}");
    }
  }

  @Test
  void exceptionWhoseTextFails_isStillToldAndFramed() throws IOException {
    ready(
        "example.Nasty",
        jar(
            "example.Nasty",
            "static class Worse extends RuntimeException {"
                + " public String toString() { throw new IllegalStateException(\"worse\"); } }"
                + " public static JsonObject main(JsonObject args) { throw new Worse(); }"));

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("example.Nasty$Worse");
    assertFramed(1);
  }

  @Test
  void twoInitsAtOnce_oneIsRefused() throws Exception {
    Path jar =
        jar(
            "example.Slow",
            "static { try { ((java.util.concurrent.CountDownLatch)"
                + " System.getProperties().get(\"whisk.entered\")).countDown();"
                + " ((java.util.concurrent.CountDownLatch) System.getProperties().get(\"whisk.go\"))"
                + ".await(60, java.util.concurrent.TimeUnit.SECONDS); }"
                + " catch (InterruptedException e) { throw new IllegalStateException(e); } }"
                + Actions.ECHO);
    String init = Actions.init("example.Slow", Actions.base64(jar), true, "null");
    try (Meeting meeting = new Meeting("whisk", 1);
        RawClient first = container.host().connect()) {
      first.send(ActionContainer.request("/init", init));
      assertThat(meeting.awaitEntered()).isTrue();

      Answered second = container.post("/init", init);
      Answered early = container.run("{}");
      meeting.go();

      assertThat(second.text()).contains("Cannot initialize the action more than once.");
      assertThat(early.text()).contains("Cannot invoke an uninitialized action.");
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void A01_jarCutInHalf_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(jar("example.Echo", Actions.ECHO));
    Path half =
        Files.write(
            directory.resolve("half.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));

    Answered answer = container.init("example.Echo", half);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(container.err()).containsIgnoringCase("exception");
    echo();
  }

  @Test
  void A04_zipBomb_isRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      byte[] zeros = new byte[1 << 20];
      for (int entry = 0; entry < 40; entry++) {
        zip.putNextEntry(new ZipEntry("bomb" + entry));
        for (int i = 0; i < 64; i++) {
          zip.write(zeros);
        }
        zip.closeEntry();
      }
    }
    Path bomb = Files.write(directory.resolve("bomb.zip"), bytes.toByteArray());

    Answered answer = container.init("example.Echo", bomb);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("\"error\"");
    echo();
  }

  @Test
  void codeOverTheServersLimit_is413AndTheContainerLivesOn() throws IOException {
    restart(() -> ActionContainer.with(HttpLimits.builder().bodyBytes(100_000).build()));

    Answered answer =
        container.post("/init", Actions.init("main", "A".repeat(100_000), true, "null"));

    assertThat(answer.status()).isEqualTo(413);
    echo();
  }

  @Test
  void codeBeyondJacksonsUsualLimits_isRead() throws IOException {
    Path jar =
        Actions.jar(directory, "example.Echo", Actions.ECHO)
            .entry("padding.bin", random(18 << 20))
            .build("big.jar");

    ready("example.Echo", jar);

    assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(7).nextBytes(bytes);
    return bytes;
  }

  @Test
  void clientThatLeavesDuringARun_stopsItAndTheLogIsFramedOnce() throws Exception {
    ready("example.Meeting", jar("example.Meeting", MEETING));
    try (Meeting meeting = new Meeting("whisk", 1)) {
      RawClient client = container.host().connect();
      client.send(ActionContainer.request("/run", "{\"value\":{\"n\":1,\"meet\":\"whisk\"}}"));
      assertThat(meeting.awaitEntered()).isTrue();

      client.reset();

      await().until(() -> container.sentinelsErr() == 1);
      assertThat(container.run("{\"n\":2}").status()).isEqualTo(200);
      assertFramed(2);
    }
  }

  @Test
  void temporaryFiles_areRemovedWhetherTheInitWorksOrNot() throws IOException {
    List<Path> before = temporaries();

    container.init("example.Gone", jar("example.Echo", Actions.ECHO));
    container.post("/init", Actions.init("x", "!!!!", true, "{}"));
    container.post("/init", Actions.init("x", "no source", false, "{}"));
    echo();

    assertThat(temporaries()).isEqualTo(before);
  }

  private static List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("hearth-action"))
          .sorted()
          .toList();
    }
  }

  @Test
  void containerThatBringsItsFunction_isRunAtOnceAndInitialisedWithoutCode() throws IOException {
    Path jar = jar("example.Vars", Actions.VARIABLES);
    restart(
        () -> ActionContainer.bringing(FunctionSpec.builder(jar).handler("example.Vars").build()));

    assertThat(container.run("{\"A\":1}").text()).isEqualTo("{\"A\":\"missing\"}");
    assertThat(container.post("/init", Actions.init("main", "", false, "{\"A\":\"a\"}")).status())
        .isEqualTo(200);
    assertThat(container.run("{\"A\":1}").text()).isEqualTo("{\"A\":\"a\"}");
    assertThat(container.post("/init", Actions.init("main", "", false, "{}")).status())
        .isEqualTo(502);
  }

  @Test
  void containerThatBringsItsFunction_takesNoOtherCode() throws IOException {
    Path jar = jar("example.Echo", Actions.ECHO);
    restart(
        () -> ActionContainer.bringing(FunctionSpec.builder(jar).handler("example.Echo").build()));

    assertThat(container.init("example.Echo", jar).status()).isEqualTo(502);
    assertThat(container.post("/init", Actions.init("main", "", false, "{}")).status())
        .isEqualTo(200);
  }

  @Test
  void singleEntryPoint_initRunAndBoth_followThePublishedTable() throws IOException {
    String code = Actions.base64(jar("example.Echo", Actions.ECHO));
    String init = "{\"main\":\"example.Echo\",\"code\":\"" + code + "\",\"binary\":true}";

    assertThat(container.post("/", "{\"activation\":{},\"value\":{}}").status()).isEqualTo(500);
    assertThat(container.post("/", "{\"init\":{\"main\":\"x\"}}").status()).isEqualTo(403);
    assertThat(container.post("/", "{}").status()).isEqualTo(502);
    Answered both =
        container.post(
            "/",
            "{\"init\":" + init + ",\"activation\":{\"namespace\":\"guest\"},\"value\":{\"a\":1}}");
    assertThat(both.status()).isEqualTo(200);
    assertThat(both.text()).isEqualTo("{\"a\":1}");
    assertThat(container.post("/", "{\"init\":" + init + "}").status()).isEqualTo(403);
    assertThat(container.post("/", "{\"activation\":{},\"value\":{\"b\":2}}").text())
        .isEqualTo("{\"b\":2}");
  }

  @Test
  void singleEntryPoint_activation_isTheActionsVariables() throws IOException {
    String code = Actions.base64(jar("example.Vars", Actions.VARIABLES));
    String init =
        "{\"init\":{\"main\":\"example.Vars\",\"code\":\"" + code + "\",\"binary\":true}}";

    Answered answer = container.post("/", init);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(
            container
                .post(
                    "/",
                    "{\"activation\":{\"namespace\":\"guest\"},\"value\":{\"__OW_NAMESPACE\":0}}")
                .text())
        .isEqualTo("{\"__OW_NAMESPACE\":\"guest\"}");
    assertFramed(1);
  }
}
