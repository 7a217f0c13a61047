package dev.hearth.signature.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.loader.DeployException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of the Lambda contract that need nothing but the vendor's core API, through a thin jar. */
class LambdaCasesTest {

  private static final String PARSING =
      "{\"errorMessage\":\"An error occurred during JSON parsing\",\"errorType\":\"java.lang.RuntimeException\",\"stackTrace\":[]}";

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    jar = Sources.thin(work).build("cases.jar");
  }

  private static LambdaFunction open(String handler) throws Throwable {
    return LambdaFunction.open(work, jar, handler);
  }

  private static String post(String handler, String event) throws Throwable {
    try (LambdaFunction function = open(handler)) {
      return function.post(event);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"a\" | \"a!\"",
        "5 | \"5!\"",
        "true | \"true!\"",
        "[\"z\"] | \"z!\"",
        "\"\" | \"!\"",
        "null | \"NULL\"",
        "[] | \"NULL\""
      })
  void aws_case_1_2_3_textFromAnyScalar(String event, String response) throws Throwable {
    assertThat(post("example.H$Bang", event)).isEqualTo(response);
  }

  @Test
  void aws_case_4_6_eventThatDoesNotFit_isAFunctionError() throws Throwable {
    assertThat(post("example.H$Bang", "{\"a\":1}")).isEqualTo(PARSING);
    assertThat(post("example.H$Echo", "")).isEqualTo(PARSING);
  }

  @Test
  void aws_case_5_nullInAMap_isLeftOut() throws Throwable {
    assertThat(post("example.H$Echo", "{\"a\":1}")).isEqualTo("{\"a\":1}");
  }

  @Test
  void aws_case_7_8_stream_getsTheBytes() throws Throwable {
    assertThat(post("example.H$Raw", "{\"x\":\"é\"}")).isEqualTo("RAW:{\"x\":\"é\"}");
    assertThat(post("example.H$Raw", "")).isEqualTo("RAW:");
    assertThat(post("example.H$Both", "\"a\"")).isEqualTo("stream");
  }

  @Test
  void aws_case_9_openTypeVariable_isRefused() {
    assertThatThrownBy(() -> open("example.H$Gen"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining(
            "Class example.H$Gen does not implement RequestHandler with concrete type parameters:"
                + " parameter T has no upper bound.");
    assertThatThrownBy(() -> open("example.H$RawType"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("does not implement RequestHandler with concrete type parameters");
  }

  @Test
  void aws_case_10_subclassBindsTheVariable() throws Throwable {
    assertThat(post("example.H$OfList", "[1,2]")).isEqualTo("\"list3\"");
    assertThat(post("example.H$OfList", "7")).isEqualTo("\"list7\"");
    assertThat(post("example.H$Bounded", "7")).isEqualTo("\"7\"");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"name\":\"n\",\"age\":\"3\",\"zzz\":1,\"tags\":\"solo\"} | {\"name\":\"n\",\"age\":3,\"tags\":[\"solo\"]}",
        "{} | {\"age\":0}",
        "[] | null",
        "[{\"name\":\"in-array\"}] | {\"name\":\"in-array\",\"age\":0}"
      })
  void aws_case_11_12_pojo(String event, String response) throws Throwable {
    assertThat(post("example.M::pojo", event)).isEqualTo(response);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {"41 | 42", "null | 1", "\"5\" | 6"})
  void aws_case_13_primitive(String event, String response) throws Throwable {
    assertThat(post("example.M::prim", event)).isEqualTo(response);
  }

  @Test
  void aws_case_14_void_answersNull() throws Throwable {
    assertThat(post("example.M::vd", "{\"a\":\"b\"}")).isEqualTo("null");
  }

  @Test
  void aws_case_15_methodWithoutInput_doesNotReadTheEvent() throws Throwable {
    assertThat(post("example.M::none", "not json")).isEqualTo("\"none\"");
    assertThat(post("example.M::ctxOnly", "not json")).isEqualTo("\"request-1\"");
  }

  @Test
  void aws_case_16_unacceptedParameters_areRefusedWithOneLine() {
    try (Output output = Output.caught()) {
      assertThatThrownBy(() -> open("example.M::two"))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining(
              "No public method named two with appropriate method signature found on class example.M");
      assertThat(output.err().lines()).hasSize(1);
    }
  }

  @Test
  void aws_case_17_18_oneStream() throws Throwable {
    assertThat(post("example.M::in", "abc")).isEqualTo("null");
    assertThat(post("example.M::out", "abc")).isEqualTo("outonly");
  }

  @Test
  void streamMethod_withReturnType_warnsAndIgnoresIt() throws Throwable {
    try (Output output = Output.caught()) {
      assertThat(post("example.M::streams", "abc")).isEqualTo("abc");
      assertThat(output.err()).contains("Will ignore return type int");
    }
  }

  @Test
  void aws_case_19_overloads_longestWithContextWins() throws Throwable {
    assertThat(post("example.M::over", "\"a\"")).isEqualTo("\"2a\"");
    assertThat(post("example.M::fixed", "\"a\"")).isEqualTo("\"statica\"");
  }

  @Test
  void aws_case_20_methodThatIsNotPublic_isNotSeen() {
    assertThatThrownBy(() -> open("example.M::hidden"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("No public method named hidden");
  }

  @Test
  void aws_case_21_exception_showsUserFramesOnly() throws Throwable {
    assertThat(post("example.H$Boom", "{}"))
        .matches(
            "\\{\"errorMessage\":\"bad\",\"errorType\":\"java.lang.IllegalStateException\","
                + "\"stackTrace\":\\[\"example.H\\$Boom.handleRequest\\(H.java:\\d+\\)\"]}");
    assertThat(post("example.M::boom", "\"a\""))
        .matches(".*\"stackTrace\":\\[\"example.M.boom\\(M.java:\\d+\\)\"]}");
  }

  @Test
  void aws_case_22_exceptionWithoutMessage_isNamedByItsClass() throws Throwable {
    assertThat(post("example.H$Silent", "{}"))
        .startsWith("{\"errorMessage\":\"java.lang.IllegalStateException\",");
  }

  @Test
  void checkedException_afterOutput_isThrownUnchangedAndAnswersNothing() throws Throwable {
    assertThat(post("example.H$Checked", "{}"))
        .startsWith("{\"errorMessage\":\"gone\",\"errorType\":\"java.io.FileNotFoundException\"");
  }

  @Test
  void aws_case_23_resultThatCannotBeWritten_isAFunctionError() throws Throwable {
    assertThat(post("example.H$BadResult", "{}"))
        .isEqualTo(
            "{\"errorMessage\":\"An error occurred during JSON serialization of response\","
                + "\"errorType\":\"java.lang.RuntimeException\",\"stackTrace\":[]}");
  }

  @Test
  void aws_case_30_record_isRefusedAsOnLambda() throws Throwable {
    assertThat(post("example.H$OfRecord", "{\"a\":\"x\"}")).isEqualTo(PARSING);
  }

  @Test
  void aws_case_33_textLog_isFilteredAndUnchanged() throws Throwable {
    Map<String, String> variables = new HashMap<>(LambdaFunction.variables());
    variables.put("AWS_LAMBDA_LOG_LEVEL", "error");
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.H$Logs", variables);
        Output output = Output.caught()) {
      assertThat(function.post("{}")).isEqualTo("null");
      assertThat(output.out()).isEqualTo("plain");
    }
    try (LambdaFunction function = open("example.H$Logs");
        Output output = Output.caught()) {
      function.post("{}");
      assertThat(output.out()).isEqualTo("plain[INFO] x[WARN] y\"");
    }
  }

  @Test
  void aws_case_34_jsonLog_isOneLineEachWithTheRequest() throws Throwable {
    Map<String, String> variables = new HashMap<>(LambdaFunction.variables());
    variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    variables.put("AWS_LAMBDA_LOG_LEVEL", "WARN");
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.H$Logs", variables);
        Output output = Output.caught()) {
      function.post("{}", Map.of("lambda.tenant-id", "t"));
      String time = "\\{\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",";
      String end = "\"AWSRequestId\":\"request-1\",\"tenantId\":\"t\"}\n";
      assertThat(output.out())
          .matches(
              time
                  + "\"message\":\"plain\",\"level\":\"UNDEFINED\","
                  + end
                  + time
                  + "\"message\":\"y\\\\\"\",\"level\":\"WARN\","
                  + end);
    }
  }

  @Test
  void logLevel_unknown_isRefused() {
    Map<String, String> variables = Map.of("AWS_LAMBDA_LOG_LEVEL", "loud");
    assertThatThrownBy(() -> LambdaFunction.open(work, jar, "example.H$Logs", variables))
        .hasMessageContaining(
            "Invalid log level: 'loud' expected one of [TRACE, DEBUG, INFO, WARN, ERROR, FATAL]");
  }

  @Test
  void memorySize_notANumber_isRefused() {
    Map<String, String> variables = Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "much");
    assertThatThrownBy(() -> LambdaFunction.open(work, jar, "example.H$Logs", variables))
        .hasMessageContaining("AWS_LAMBDA_FUNCTION_MEMORY_SIZE is 'much'");
  }

  @Test
  void aws_case_35_contextLoader_seesTheJar() throws Throwable {
    assertThat(post("example.H$Loader", "{}")).isEqualTo("true");
  }

  @Test
  void aws_case_39_twoFunctions_haveTheirOwnClasses() throws Throwable {
    try (LambdaFunction first = open("example.M::pojo");
        LambdaFunction second = open("example.M::pojo")) {
      assertThat(first.post("{\"age\":1}")).isEqualTo("{\"age\":1}");
      assertThat(second.post("{\"age\":2}")).isEqualTo("{\"age\":2}");
      assertThat(first.post("{\"age\":3}")).isEqualTo("{\"age\":3}");
      for (String shared :
          new String[] {
            "com.amazonaws.services.lambda.runtime.Context",
            "com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory"
          }) {
        assertThat(first.loader().loadClass(shared)).isNotSameAs(second.loader().loadClass(shared));
      }
    }
  }

  @Test
  void aws_case_40_state_staysBetweenEvents() throws Throwable {
    try (LambdaFunction function = open("example.H$Counter")) {
      assertThat(function.post("{}")).isEqualTo("1");
      assertThat(function.post("{}")).isEqualTo("2");
      assertThat(function.post("{}")).isEqualTo("3");
    }
  }

  @Test
  void handler_thatCannotBeMade_isRefusedInTheVendorsWords() {
    assertThatThrownBy(() -> open("example.H$NoConstructor"))
        .hasMessageContaining(
            "Class example.H$NoConstructor has no public zero-argument constructor");
    assertThatThrownBy(() -> open("example.H$Inner"))
        .hasMessageContaining(
            "Class example.H$Inner cannot be instantiated because it is a non-static inner class");
    assertThatThrownBy(() -> open("example.H$BadStart"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("not today");
    assertThatThrownBy(() -> open("example.H$BadStatic"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("static");
  }

  @Test
  void context_withoutAPlatform_hasDefaults() throws Throwable {
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.H$Facts", Map.of())) {
      assertThat(function.post("{}"))
          .isEqualTo(
              "{\"id\":\"request-1\",\"group\":\"/aws/lambda/deployed-as\",\"stream\":\"v1\","
                  + "\"name\":\"deployed-as\",\"version\":\"$LATEST\","
                  + "\"arn\":\"arn:aws:lambda:us-east-1:000000000000:function:deployed-as\","
                  + "\"memory\":128,\"remaining\":true,\"sameLogger\":true}");
    }
  }

  @Test
  void context_withAPlatform_saysWhatItSent() throws Throwable {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("lambda.request-id", "r9");
    attributes.put("lambda.invoked-function-arn", "arn:x");
    attributes.put("lambda.tenant-id", "t1");
    attributes.put("lambda.trace-id", "Root=1");
    attributes.put("test.remaining", "PT5S");
    attributes.put(
        "lambda.cognito-identity", "{\"cognitoIdentityId\":\"i\",\"cognitoIdentityPoolId\":\"p\"}");
    attributes.put(
        "lambda.client-context",
        "{\"client\":{\"app_title\":\"app\"},\"custom\":{\"k\":\"v\"},\"env\":{\"platform\":\"Android\"}}");
    try (LambdaFunction function = open("example.H$Facts")) {
      assertThat(function.post("{}", attributes))
          .isEqualTo(
              "{\"id\":\"r9\",\"group\":\"/lg\",\"stream\":\"ls\",\"name\":\"fn1\","
                  + "\"version\":\"$LATEST\",\"arn\":\"arn:x\",\"memory\":256,\"tenant\":\"t1\","
                  + "\"trace\":\"Root=1\",\"remaining\":true,\"identity\":\"i/p\",\"title\":\"app\","
                  + "\"custom\":{\"k\":\"v\"},\"env\":{\"platform\":\"Android\"},\"sameLogger\":true}");
    }
  }

  @Test
  void context_callThatNamesItsFunction_saysThatNameAndVersion() throws Throwable {
    Map<String, String> attributes =
        Map.of("lambda.function-name", "other", "lambda.function-version", "7");
    try (LambdaFunction function = open("example.H$Facts")) {
      assertThat(function.post("{}", attributes)).contains("\"name\":\"other\",\"version\":\"7\"");
    }
  }

  @Test
  void clientContext_notAnObject_failsTheCallUnwrapped() throws Throwable {
    try (LambdaFunction function = open("example.H$Facts")) {
      assertThat(function.post("{}", Map.of("lambda.client-context", "[1]")))
          .contains("JsonSyntaxException");
    }
  }

  @Test
  void failureText_hasTheCausesAndNoFrameOfTheHost() throws Throwable {
    try (LambdaFunction function = open("example.H$Boom")) {
      assertThatThrownBy(() -> function.invoke("{}", Map.of()))
          .satisfies(
              e ->
                  assertThat(function.text(e))
                      .startsWith(
                          "bad: java.lang.IllegalStateException\njava.lang.IllegalStateException: bad\n")
                      .contains("Caused by: java.lang.RuntimeException: why")
                      .doesNotContain("dev.hearth"));
    }
  }

  @Test
  void embedder_handsValuesOver_withoutJson() throws Throwable {
    try (LambdaFunction function = open("example.H$Bang")) {
      assertThat(function.invoker().accepts("a")).isTrue();
      assertThat(function.invoker().accepts(5)).isFalse();
      assertThat(function.invoker().accepts(new byte[0])).isFalse();
      assertThat(function.call("a")).isEqualTo("a!");
    }
    try (LambdaFunction function = open("example.H$Boom")) {
      assertThat(function.invoker().accepts(new byte[0])).isFalse();
      assertThat(function.invoker().accepts(Map.of())).isTrue();
    }
  }
}
