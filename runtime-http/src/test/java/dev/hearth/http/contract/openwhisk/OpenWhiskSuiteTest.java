package dev.hearth.http.contract.openwhisk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of OpenWhisk's own suites, replayed on the wire: B for all runtimes, J for Java. */
@Timeout(120)
final class OpenWhiskSuiteTest {

  private static final String SNOW = "❄ ☃ ❄";
  private static final String TALKING_ECHO =
      """
      public static JsonObject main(JsonObject args) {
        System.out.println("hello stdout");
        System.err.println("hello stderr");
        return args;
      }
      """;
  private static final String UNICODE =
      Actions.ascii(
          """
          public static JsonObject main(JsonObject args) {
            String delimiter = args.getAsJsonPrimitive("delimiter").getAsString();
            JsonObject response = new JsonObject();
            String winter = delimiter + " ☃ " + delimiter;
            System.out.println(winter);
            response.addProperty("winter", winter);
            return response;
          }
          """);

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

  private Path jar(String className, String members) {
    return Actions.jar(directory, className, members).build("action.jar");
  }

  private void assertFramed(int times) {
    assertThat(container.sentinelsOut()).isEqualTo(times);
    assertThat(container.sentinelsErr()).isEqualTo(times);
  }

  private void ready(String main, Path jar) throws IOException {
    assertThat(container.init(main, jar).status()).as(container.log()).isEqualTo(200);
  }

  @Test
  void openwhisk_B1_noCode_isRefused() throws IOException {
    Answered answer = container.post("/init", Actions.init("", "", false, "null"));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("Missing main/no code to execute.");
    assertFramed(0);
  }

  @Test
  void openwhisk_B2_noContent_isRefusedWithItsText() throws IOException {
    Answered answer = container.post("/init", "{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text().strip()).isEqualTo("{\"error\":\"Missing main/no code to execute.\"}");
    assertFramed(0);
  }

  @Test
  void openwhisk_B3_resultThatIsNoObject_isRefusedWithItsText() throws IOException {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Text",
                "package acme; public class Text implements java.util.function.Function<Object, String> {"
                    + " public String apply(Object in) { return \"not a json object\"; } }")
            .build("text.jar");
    ready("acme.Text", jar);

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text().strip())
        .isEqualTo("{\"error\":\"The action did not return a dictionary or array.\"}");
    assertFramed(1);
  }

  @Test
  void openwhisk_B4_secondInit_isRefusedAndTold() throws IOException {
    Path jar = jar("example.Hello", Actions.ECHO);
    ready("example.Hello", jar);

    Answered second = container.init("example.Hello", jar);

    assertThat(second.status()).isEqualTo(502);
    assertThat(second.text().strip())
        .isEqualTo("{\"error\":\"Cannot initialize the action more than once.\"}");
    assertThat(container.log()).contains("Cannot initialize the action more than once.");
    assertFramed(0);
    assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void openwhisk_B5_entryPointOtherThanMain_isCalledAndTheLogIsEmpty() throws IOException {
    ready(
        "example.Hello#naim",
        jar("example.Hello", "public static JsonObject naim(JsonObject args) { return args; }"));

    Answered answer = container.run("{\"payload\":{\"a\":[1,2]}}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"payload\":{\"a\":[1,2]}}");
    assertThat(container.log()).isEmpty();
    assertFramed(1);
  }

  @Test
  void openwhisk_B6_echoWithOutput_fourTimes() throws IOException {
    ready("example.Echo", jar("example.Echo", TALKING_ECHO));

    for (String value :
        new String[] {
          "{\"string\":\"hello\"}",
          "{\"string\":\"" + SNOW + "\"}",
          "{\"numbers\":[42,1]}",
          "{\"object\":{\"goodbye\":\"world\"}}"
        }) {
      Answered answer = container.run(value);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(value);
    }

    assertThat(container.out()).isEqualTo("hello stdout\n".repeat(4));
    assertThat(container.err()).isEqualTo("hello stderr\n".repeat(4));
    assertFramed(4);
  }

  @Test
  void openwhisk_B7_unicode_survivesSourceParameterLogAndResult() throws IOException {
    ready("example.Unicode", jar("example.Unicode", UNICODE));

    Answered answer = container.run("{\"delimiter\":\"❄\"}");

    assertThat(answer.text()).isEqualTo("{\"winter\":\"" + SNOW + "\"}");
    assertThat(container.out()).contains(SNOW);
    assertFramed(1);
  }

  @Test
  void openwhisk_B8_initVariables_areSeen() throws IOException {
    Path jar = jar("example.Vars", Actions.VARIABLES);

    assertThat(
            container
                .init("example.Vars", jar, "{\"SOME_VAR\":\"xyz\",\"ANOTHER_VAR\":\"\"}")
                .status())
        .isEqualTo(200);

    assertThat(container.run("{\"SOME_VAR\":1,\"ANOTHER_VAR\":1}").text())
        .isEqualTo("{\"SOME_VAR\":\"xyz\",\"ANOTHER_VAR\":\"\"}");
    assertThat(container.log()).isEmpty();
  }

  @Test
  void openwhisk_B9_activationVariables_areSeenAsTexts() throws IOException {
    container.close();
    container = ActionContainer.start(Map.of("__OW_API_HOST", "xyz"));
    ready("example.Vars", jar("example.Vars", Actions.VARIABLES));

    Answered answer =
        container.post(
            "/run",
            "{\"value\":{\"__OW_API_HOST\":1,\"__OW_API_KEY\":1,\"__OW_NAMESPACE\":1,"
                + "\"__OW_ACTION_NAME\":1,\"__OW_ACTION_VERSION\":1,\"__OW_ACTIVATION_ID\":1,"
                + "\"__OW_DEADLINE\":1},\"api_key\":\"abc\",\"namespace\":\"zzz\","
                + "\"action_name\":\"xxx\",\"action_version\":\"0.0.1\",\"activation_id\":\"iii\","
                + "\"deadline\":\"123\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            "{\"__OW_API_HOST\":\"xyz\",\"__OW_API_KEY\":\"abc\",\"__OW_NAMESPACE\":\"zzz\","
                + "\"__OW_ACTION_NAME\":\"xxx\",\"__OW_ACTION_VERSION\":\"0.0.1\","
                + "\"__OW_ACTIVATION_ID\":\"iii\",\"__OW_DEADLINE\":\"123\"}");
    assertThat(container.log()).isEmpty();
    assertFramed(1);
  }

  @Test
  void openwhisk_B10_largeInput_isEchoedUnchanged() throws IOException {
    ready("example.Echo", jar("example.Echo", Actions.ECHO));
    String value = "{\"arg\":\"" + "a".repeat(1_048_561) + "\"}";

    Answered answer = container.run(value);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "J1,'',java.lang.NoSuchMethodException",
    "J2,x,java.lang.ClassNotFoundException: example.HelloWhiskx",
    "J3,!,java.lang.ClassNotFoundException: example.HelloWhisk!",
    "J4,#,java.lang.NoSuchMethodException",
    "J5,#main,java.lang.NoSuchMethodException",
    "J6,#bogus,java.lang.NoSuchMethodException"
  })
  void openwhisk_J1_to_J6_entryPointThatIsNotThere_isRefused(
      String row, String suffix, String expected) throws IOException {
    Path jar =
        jar(
            "example.HelloWhisk",
            "public static JsonObject hello(JsonObject args) { return args; }");

    Answered answer = container.init("example.HelloWhisk" + suffix, jar);

    assertThat(answer.status()).as(row).isEqualTo(502);
    assertThat(answer.text())
        .startsWith("{\"error\":\"An error has occurred (see logs for details): " + expected);
    assertThat(container.out()).isEmpty();
    assertThat(container.err()).isNotEmpty();
    assertFramed(1);
  }

  @Test
  void openwhisk_J7_zipThatIsNoJar_isRefused() throws IOException {
    Path zip =
        Files.write(
            directory.resolve("not.zip"),
            TestJar.zip(Map.of("readme.txt", "nothing to run".getBytes(StandardCharsets.UTF_8))));

    Answered answer = container.init("example.Broken", zip);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(container.log()).containsIgnoringCase("exception");
    assertFramed(1);
  }

  @Test
  void openwhisk_J8_exceptionOfTheAction_isAnErrorAndInTheLog() throws IOException {
    ready(
        "example.Boom",
        jar(
            "example.Boom",
            "public static JsonObject main(JsonObject args) throws Exception {"
                + " throw new Exception(\"noooooooo\"); }"));

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text().strip())
        .isEqualTo(
            "{\"error\":\"An error has occurred while invoking the action (see logs for details):"
                + " java.lang.Exception: noooooooo\"}");
    assertThat(container.err()).contains("java.lang.Exception: noooooooo", "example.Boom.main(");
    assertFramed(1);
  }

  @Test
  void openwhisk_J9_resultWithError_isAResult() throws IOException {
    ready(
        "example.Error",
        jar(
            "example.Error",
            "public static JsonObject main(JsonObject args) { JsonObject e = new JsonObject();"
                + " e.addProperty(\"error\", \"sorry\"); return e; }"));

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"error\":\"sorry\"}");
    assertThat(container.log()).isEmpty();
  }

  @Test
  void openwhisk_J10_defaultPackage_works() throws IOException {
    ready("HelloWhisk", jar("HelloWhisk", Actions.ECHO));

    assertThat(container.run("{\"name\":\"Whisk\"}").text()).isEqualTo("{\"name\":\"Whisk\"}");
    assertThat(container.log()).isEmpty();
  }

  @Test
  void openwhisk_J11_arrayAsResult_isGivenBack() throws IOException {
    ready(
        "example.Array",
        jar(
            "example.Array",
            "public static JsonArray main(JsonObject args) { JsonArray a = new JsonArray();"
                + " a.add(\"a\"); a.add(\"b\"); return a; }"));

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void openwhisk_J12_arrayAsInput_isTaken() throws IOException {
    ready(
        "example.Array",
        jar("example.Array", "public static JsonArray main(JsonArray args) { return args; }"));

    assertThat(container.run("[\"a\",\"b\"]").text()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void openwhisk_J13_exit_isAnErrorAndTheContainerLivesOn() throws IOException {
    ready(
        "example.Exit",
        jar(
            "example.Exit",
            "public static JsonObject main(JsonObject args) {"
                + " if (args.has(\"exit\")) System.exit(1); return args; }"));

    Answered answer = container.run("{\"exit\":true}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("\"error\"");
    assertThat(container.log()).containsIgnoringCase("system.exit");
    assertThat(container.run("{}").status()).isEqualTo(200);
    assertFramed(2);
  }

  @Test
  void openwhisk_J14_nullResult_isAnErrorAndInTheLog() throws IOException {
    ready(
        "example.Null",
        jar("example.Null", "public static JsonObject main(JsonObject args) { return null; }"));

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text())
        .startsWith("{\"error\":\"An error has occurred (see logs for details): ");
    assertThat(container.log()).containsIgnoringCase("the action returned null");
    assertFramed(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Class.forName(\"example.Other\")",
        "Thread.currentThread().getContextClassLoader().loadClass(\"example.Other\")"
      })
  void openwhisk_J15_J16_classesOfTheJar_areFoundByName(String lookup) throws IOException {
    Path jar =
        Actions.jar(
                directory,
                "example.Loads",
                "public static JsonObject main(JsonObject args) throws Exception {"
                    + " JsonObject r = new JsonObject(); r.addProperty(\"message\", "
                    + lookup
                    + ".getName()); return r; }")
            .source("example.Other", "package example; public class Other {}")
            .build("action.jar");
    ready("example.Loads", jar);

    Answered answer = container.run("{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"message\":\"example.Other\"}");
    assertThat(container.log()).isEmpty();
  }

  @Test
  void openwhisk_sourceSuite_B6_B7_sourceIsCompiled() throws IOException {
    Answered init =
        container.post(
            "/init", Actions.init("main", Actions.source("Main", TALKING_ECHO), false, "null"));

    assertThat(init.status()).as(container.log()).isEqualTo(200);
    assertThat(container.run("{\"string\":\"" + SNOW + "\"}").text())
        .isEqualTo("{\"string\":\"" + SNOW + "\"}");
    assertThat(container.out()).isEqualTo("hello stdout\n");
    assertFramed(1);
  }

  @Test
  void openwhisk_sourceSuite_B5_entryPointInASource_isCalled() throws IOException {
    String source =
        Actions.source(
            "example.Hello", "public static JsonObject naim(JsonObject args) { return args; }");

    assertThat(
            container
                .post("/init", Actions.init("example.Hello#naim", source, false, "{}"))
                .status())
        .isEqualTo(200);
    assertThat(container.run("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void openwhisk_sourceSuite_sourceThatDoesNotCompile_isToldWithTheCompilersWords()
      throws IOException {
    Answered answer =
        container.post(
            "/init", Actions.init("main", "public class Main { int x = ; }", false, "null"));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("does not compile", "illegal start of expression");
    assertThat(container.err()).contains("illegal start of expression");
    assertFramed(1);
  }
}
