package dev.hearth.http.contract.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Start;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.instance.InstanceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The cases of the emulator's path, 1 to 8, and the way for several calls at once. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class ClassicApiTest {

  private static final String MODE = Mode.VARIABLE;
  private static final String PATH = Emulated.path("function");

  @TempDir static Path directory;
  private static Path jar;
  private Emulated host;

  @BeforeAll
  static void build() {
    jar = EmulatorJar.build(directory);
  }

  @AfterEach
  void stop() {
    if (host != null) {
      host.close();
    }
  }

  private void serve(String mode, String handler, String... more) throws IOException {
    String[] variables = java.util.Arrays.copyOf(more, more.length + 2);
    variables[more.length] = MODE;
    variables[more.length + 1] = mode;
    host = new Emulated(jar, variables).with("fn1", handler).serve();
  }

  @Test
  void emulator_case_01_invocation_isAnsweredWithTheResult() throws IOException {
    for (String mode : List.of("api", "rie", "rie-concurrent")) {
      serve(mode, "F$Echo");

      Answered answer = host.send("POST", PATH, "{\"a\":1}");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("{\"a\":1}");
      host.close();
    }
  }

  @Test
  void emulator_case_01_otherMethodsAndQueries_countAsWell() throws IOException {
    serve("rie", "F$Echo");

    assertThat(host.send("PUT", PATH + "?Qualifier=7", "{}").text()).isEqualTo("{}");
    assertThat(host.send("POST", PATH, "", "X-Amz-Invocation-Type: Event").text()).isEmpty();
  }

  @Test
  void emulator_case_02_functionThatThrows_is200WithItsDocument() throws IOException {
    for (String mode : List.of("api", "rie")) {
      serve(mode, "F$Boom");

      Answered answer = host.send("POST", PATH, "{}");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text())
          .contains(
              "\"errorMessage\":\"bad\"", "\"errorType\":\"java.lang.IllegalStateException\"");
      assertThat(answer.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
      host.close();
    }
  }

  @Test
  void emulator_case_03_timeout_isPlainTextAndTheNextCallFindsNewStatics() throws IOException {
    serve("rie", "F$Slow", EmulatorSettings.TIMEOUT, "1");
    assertThat(host.send("POST", PATH, "\"quick\"").text()).isEqualTo("\"call 1\"");

    Answered late = host.send("POST", PATH, "\"slow\"");

    assertThat(late.status()).isEqualTo(200);
    assertThat(late.text()).isEqualTo("Task timed out after 1.00 seconds");
    assertThat(late.header("Content-Type")).startsWith("text/plain");
    assertThat(host.send("POST", PATH, "\"quick\"").text()).isEqualTo("\"call 1\"");
  }

  @Test
  void emulator_case_04_overlappingCalls_areBothAnswered() throws Exception {
    serve("rie", "F$Meets");
    try (Meeting meeting = new Meeting("rie.two", 1);
        RawClient first = host.connect();
        RawClient second = host.connect()) {
      first.send(Emulated.request("POST", PATH, "\"rie.two\""));
      assertThat(meeting.awaitEntered()).isTrue();
      second.send(Emulated.request("POST", PATH, "\"rie.two\""));
      await().until(() -> host.hearth.function("fn1").orElseThrow().inFlight() == 2);
      meeting.go();

      assertThat(first.read().text()).isEqualTo("\"rie.two\"");
      assertThat(second.read().text()).isEqualTo("\"rie.two\"");
    }
  }

  @Test
  void emulator_case_05_clientContextThatIsNoBase64_is500OrRefused() throws IOException {
    serve("rie", "F$Echo");
    Answered classic = host.send("POST", PATH, "{}", "X-Amz-Client-Context: !!");
    host.close();
    serve("api", "F$Echo");
    Answered api = host.send("POST", PATH, "{}", "X-Amz-Client-Context: !!");

    assertThat(classic.status()).isEqualTo(500);
    assertThat(classic.body()).isEmpty();
    assertThat(api.status()).isEqualTo(400);
    assertThat(api.header("x-amzn-ErrorType")).isEqualTo("InvalidRequestContentException");
  }

  @Test
  void emulator_case_06_otherPath_is404() throws IOException {
    for (String mode : List.of("api", "rie")) {
      serve(mode, "F$Echo");
      assertThat(host.send("GET", "/nope", "").status()).isEqualTo(404);
      assertThat(host.send("GET", "/2015-03-31/functions/", "").status()).isEqualTo(404);
      host.close();
    }
  }

  @Test
  void emulator_case_07_standardOutput_hasThePlatformsLines() throws IOException {
    serve("rie", "F$Echo");
    host.send("POST", PATH, "{}");
    host.send("POST", PATH, "{}");

    await().until(() -> host.out().size() == 6);
    String number = "\\d+\\.\\d\\d";
    String id = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    String rest =
        "Duration: "
            + number
            + " ms\tBilled Duration: \\d+ ms\tMemory Size: 3008 MB\tMax Memory Used: 3008 MB\t";
    assertThat(host.out().get(0)).matches("START RequestId: " + id + " Version: \\$LATEST");
    assertThat(host.out().get(1)).matches("END RequestId: " + id);
    assertThat(host.out().get(2))
        .matches("REPORT RequestId: " + id + "\tInit Duration: " + number + " ms\t" + rest);
    assertThat(host.out().get(5)).matches("REPORT RequestId: " + id + "\t" + rest);
  }

  @Test
  void emulator_case_08_functionThatExits_is502OrAnErrorAndTheNextCallWorks() throws IOException {
    serve("rie", "F$Exit");
    Answered classic = host.send("POST", PATH, "1");
    Answered silent = host.send("POST", PATH, "0");
    Answered next = host.send("POST", PATH, "-1");
    host.close();
    serve("api", "F$Exit");
    Answered api = host.send("POST", PATH, "1");

    assertThat(classic.status()).isEqualTo(502);
    assertThat(classic.text())
        .contains("\"errorType\":\"Runtime.ExitError\"")
        .contains("Error: Runtime exited with error: exit status 1\"");
    assertThat(silent.text()).contains("Error: Runtime exited without providing a reason\"");
    assertThat(next.text()).isEqualTo("1");
    assertThat(api.status()).isEqualTo(200);
    assertThat(api.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(api.text()).contains("\"errorType\":\"Runtime.ExitError\"");
    assertThat(host.send("POST", PATH, "-1").text()).isEqualTo("1");
  }

  @Test
  void classic_resultOverTheLimit_is200WithAnError() throws IOException {
    serve("rie", "F$Large");

    Answered answer = host.send("POST", PATH, String.valueOf(CallResult.MOST_BYTES + 1));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"errorType\":\"Function.ResponseSizeTooLarge\"", "(6291557 bytes)");
  }

  @Test
  void concurrent_errorsAndModes_areToldInHeaders() throws IOException {
    serve("rie", "F$Ctx", EmulatorSettings.CONCURRENCY, "2");

    Answered answer = host.send("POST", PATH, "{}", "X-Amzn-RequestId: my-own");

    assertThat(answer.header("Lambda-Runtime-Function-Response-Mode")).isEqualTo("buffered");
    assertThat(answer.text()).contains("\"id\":\"my-own\"", ":123456789012:function:fn1\"");
    assertThat(host.send("GET", PATH, "").status()).isEqualTo(405);
    host.close();
    serve("rie-concurrent", "F$Boom");
    Answered failed = host.send("POST", PATH, "{}");
    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.header("Error-Type")).isEqualTo("Runtime.UserException");
  }

  @Test
  void concurrent_idInFlightAndNoSlot_are400() throws Exception {
    host =
        new Emulated(jar, MODE, "rie", EmulatorSettings.CONCURRENCY, "1")
            .with("fn1", "F$Meets", spec -> spec.instances(new InstanceSettings(1, 1, 1, 0)))
            .serve();
    try (Meeting meeting = new Meeting("rie.slot", 1);
        RawClient first = host.connect()) {
      first.send(Emulated.request("POST", PATH, "\"rie.slot\"", "X-Amzn-RequestId: one"));
      assertThat(meeting.awaitEntered()).isTrue();

      Answered same = host.send("POST", PATH, "\"rie.slot\"", "X-Amzn-RequestId: one");
      Answered other = host.send("POST", PATH, "\"rie.slot\"", "X-Amzn-RequestId: two");
      meeting.go();

      assertThat(same.status()).isEqualTo(400);
      assertThat(same.header("Error-Type")).isEqualTo("Client.DuplicatedInvokeId");
      assertThat(other.status()).isEqualTo(400);
      assertThat(other.header("Error-Type")).isEqualTo("Runtime.Unavailable");
      assertThat(first.read().status()).isEqualTo(200);
    }
  }

  @Test
  void concurrent_whileStopping_saysSo() throws Exception {
    serve("rie-concurrent", "F$Echo");

    assertThat(host.contract().stopping()).isTrue();
    Answered answer = host.send("POST", PATH, "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).isEqualTo("{\"errorType\":\"Client.ExecutionEnvironmentShutDown\"}");
  }

  @Test
  void emulator_case_07_jsonLogFormat_makesObjectsOfThePlatformsLines() throws IOException {
    serve("rie", "F$Boom", "AWS_LAMBDA_LOG_FORMAT", "JSON");
    host.send("POST", PATH, "{}");

    await().until(() -> host.out().size() >= 4);
    List<String> out = host.out();
    assertThat(out.get(0))
        .contains("\"type\":\"platform.start\",\"record\":{\"requestId\":\"")
        .contains("\"version\":\"$LATEST\"");
    assertThat(out.get(out.size() - 2))
        .contains("\"type\":\"platform.runtimeDone\"", "\"status\":\"error\"");
    assertThat(out.get(out.size() - 1))
        .contains("\"type\":\"platform.report\"", "\"metrics\":{\"durationMs\":")
        .contains("\"memorySizeMB\":3008", "\"initDurationMs\":");
  }

  @Test
  void platform_variables_areTheFunctionsButForHearthsOwn() {
    Start start =
        new EmulatorPlatform()
            .start(
                Map.of(
                    "MINE",
                    "1",
                    MODE,
                    "rie",
                    "_HANDLER",
                    "a.B",
                    "AWS_LAMBDA_FUNCTION_NAME",
                    "fn9",
                    EmulatorSettings.CONCURRENCY,
                    "7"));

    assertThat(start.variables())
        .containsEntry("MINE", "1")
        .containsEntry("AWS_REGION", "us-east-1")
        .containsEntry(EmulatorSettings.MEMORY, "3008")
        .doesNotContainKey(MODE);
    assertThat(start.handler().value()).isEqualTo("a.B");
    assertThat(start.name().value()).isEqualTo("fn9");
    assertThat(start.concurrency().value()).isEqualTo(7);
    assertThat(start.runTimeout().value()).isEqualTo(Duration.ofSeconds(300));
    assertThat(start.archive()).isNull();
    assertThat(Contracts.platform("lambda-emulator").name()).isEqualTo("lambda-emulator");
  }

  @Test
  void settings_nonsense_isRefusedByName() {
    assertThat(EmulatorSettings.of(Map.of()).timeout()).isEqualTo(Duration.ofSeconds(3));
    for (String[] wrong :
        new String[][] {
          {MODE, "x"},
          {EmulatorSettings.TIMEOUT, "1.5"},
          {EmulatorSettings.TIMEOUT, "901"},
          {EmulatorSettings.PAUSES, "1m,2m,3m"},
          {EmulatorSettings.PAUSES, "1"},
          {EmulatorSettings.AGE, "25h"},
          {EmulatorSettings.RETRIES, "3"},
          {EmulatorSettings.GATEWAY, "x"},
          {EmulatorSettings.MEMORY, "0"},
        }) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> EmulatorSettings.of(Map.of(wrong[0], wrong[1])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(wrong[0] + " is '" + wrong[1] + "'");
    }
  }
}
