package dev.hearth.http.contract.azure;

import static dev.hearth.http.contract.azure.AzureApp.at;
import static dev.hearth.http.contract.azure.AzureApp.httpIn;
import static dev.hearth.http.contract.azure.AzureApp.httpOut;
import static dev.hearth.http.contract.azure.AzureApp.map;
import static dev.hearth.http.contract.azure.AzureApp.out;
import static dev.hearth.http.contract.azure.AzureApp.queueIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that know nothing of Azure, called by envelope. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class AzurePlainFunctionsTest {

  private static final String SEEN =
      """
      package t;
      import dev.hearth.function.*;
      public class Seen implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          byte[] body = in.bytes();
          if (in.query().contains("empty")) { return; }
          if (in.query().contains("octets")) { out.body().write(new byte[] {(byte) 0xff, 0}); return; }
          if (in.query().contains("fail")) { out.status(503); }
          out.header("Content-Type", "text/plain").addHeader("X-Two", "a").addHeader("X-Two", "b");
          if (in.query().contains("teapot")) { out.status(418); }
          out.body().write((in.method() + " " + in.path() + "?" + in.query() + " "
              + in.headers().all("X-In") + " " + java.util.Arrays.toString(body) + " "
              + new java.util.TreeMap<>(context.attributes()) + " " + context.id() + " "
              + context.traceparent().orElse("-")).getBytes("UTF-8"));
        }
      }
      """;

  private static final String LOGS =
      """
      package t;
      import dev.hearth.function.*;
      import java.lang.System.Logger.Level;
      public class Logs implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          String text = new String(in.bytes(), "UTF-8");
          log(context, Level.INFO, "first " + text);
          Thread other = new Thread(() -> log(context, Level.WARNING, "second " + text));
          other.start();
          other.join();
          log(context, Level.DEBUG, "never " + text);
          if (text.equals("boom")) { throw new IllegalStateException(); }
          if (text.equals("much")) { log(context, Level.INFO, "x".repeat(1 << 20)); }
          out.body().write(text.getBytes("UTF-8"));
        }
        private static void log(Context context, Level level, String text) {
          context.log().write(level, "t", text, null, java.util.Map.of());
        }
      }
      """;

  private static final String REQUEST =
      "{<Data>:{<req>:{<Url>:<http://localhost:7071/api/items/7?a=1%20b>,<Method>:<PUT>,<Query>:{<a>:<1 b>},"
          + "<Headers>:{<Content-Type>:[<text/plain>],<X-In>:[<one>,<two>]},<Params>:{<Id>:<7>},"
          + "<Identities>:[{}],<Body>:<hi>}},<Metadata>:{<Id>:<\\<7\\>>,<sys>:{<MethodName>:<x>}}}";

  @TempDir static Path directory;
  private static AzureApp app;

  @BeforeAll
  static void serve() throws IOException {
    Path jar =
        TestJar.of(directory)
            .withApi()
            .options("--release", "17")
            .source("t.Seen", SEEN)
            .source("t.Logs", LOGS)
            .source("t.Text", plain("Text", "String", "String", "return in + '!';"))
            .source(
                "t.Twice",
                plain("Twice", "Twice.Foo", "Twice.Foo", "return new Foo(in.a() * 2);")
                    .replace("{ public", "{ public record Foo(int a) {} public"))
            .source("t.Number", plain("Number", "Integer", "Integer", "return in + 1;"))
            .source(
                "t.Boom", plain("Boom", "String", "String", "throw new IllegalStateException();"))
            .source("t.Bytes", plain("Bytes", "byte[]", "byte[]", "return in;"))
            .source(
                "t.Sink",
                "package t; public class Sink implements java.util.function.Consumer<String> {"
                    + " public void accept(String in) { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent(\"hearth.test.bag\", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put(\"t.az.sink\", in); } }")
            .build("plain.jar");
    app =
        AzureApp.in(directory)
            .hostJson("{\"version\": \"2.0\" /* of the schema */}")
            .function("seen", "t.Seen", httpIn(), httpOut("res"))
            .function("returned", "t.Seen", httpIn(), httpOut("$return"))
            .function("text", "t.Text", httpIn(), httpOut("res"))
            .function("json", "t.Twice", httpIn(), httpOut("res"))
            .function("sink", "t.Sink", httpIn(), httpOut("res"))
            .function("boom", "t.Boom", httpIn(), httpOut("res"))
            .function("queued", "t.Text", queueIn("item"), out("queue", "$return"))
            .function("named", "t.Text", queueIn("item"), out("queue", "msg"))
            .function("pojo", "t.Twice", queueIn("item"), out("queue", "$return"))
            .function("number", "t.Number", queueIn("item"), out("queue", "$return"))
            .function("bytes", "t.Bytes", binary("item"), out("blob", "$return"))
            .function("swallow", "t.Sink", queueIn("item"))
            .function("refuse", "t.Seen", queueIn("item"), out("queue", "$return"))
            .function("log", "t.Logs", queueIn("item"), out("queue", "$return"))
            .function("logged", "t.Text", httpIn(), out("queue", "msg"))
            .serve(jar);
  }

  private static String plain(String name, String in, String out, String body) {
    return ("package t; public class NAME implements java.util.function.Function<"
            + in
            + ", "
            + out
            + "> { public "
            + out
            + " apply("
            + in
            + " in) { "
            + body
            + " } }")
        .replace("NAME", name);
  }

  private static String binary(String name) {
    return queueIn(name).replace("}", ", \"dataType\": \"binary\"}");
  }

  @AfterAll
  static void stop() {
    app.close();
    TestBag.remove("t.az.sink");
  }

  private static String item(String json) {
    return "{<Data>:{<item>:" + json + "},<Metadata>:{<DequeueCount>:<4>}}";
  }

  @Test
  void httpTrigger_request_isTheClients() throws IOException {
    Map<?, ?> answer = app.succeed("seen", REQUEST);

    assertThat(at(answer, "Outputs", "res", "body"))
        .isEqualTo(
            "PUT /api/items/7?a=1%20b [one, two] [104, 105]"
                + " {azure.metadata.id=7, azure.param.id=7} "
                + AzureApp.ID
                + " -");
    assertThat(at(answer, "Outputs", "res", "statusCode")).isEqualTo("200");
    assertThat(at(answer, "Outputs", "res", "headers", "X-Two")).isEqualTo("a, b");
    assertThat(at(answer, "ReturnValue")).isNull();
    assertThat(at(answer, "Logs")).isEqualTo(List.of());
  }

  @Test
  void httpTrigger_trace_isTheClients() throws IOException {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Map<?, ?> answer =
        app.succeed("seen", REQUEST.replace("<X-In>", "<traceparent>:[<" + trace + ">],<X-In>"));

    assertThat((String) at(answer, "Outputs", "res", "body")).endsWith(" " + trace);
  }

  @Test
  void httpTrigger_outputCalledReturn_isTheReturnValue() throws IOException {
    Map<?, ?> answer = app.succeed("returned", REQUEST.replace("?a=", "?teapot=1&a="));

    assertThat(at(answer, "ReturnValue", "statusCode")).isEqualTo("418");
    assertThat((Map<?, ?>) at(answer, "Outputs")).isEmpty();
  }

  @Test
  void azure_case_05_06_plainFunction_answersInOutputs() throws IOException {
    assertThat(at(app.succeed("text", REQUEST), "Outputs", "res", "body")).isEqualTo("hi!");
    assertThat(
            at(app.succeed("text", REQUEST.replace(",<Body>:<hi>", "")), "Outputs", "res", "body"))
        .isEqualTo("!");
  }

  @Test
  void azure_case_07_octets_areDecoded() throws IOException {
    Map<?, ?> answer =
        app.succeed(
            "seen",
            REQUEST.replace("text/plain", "application/octet-stream").replace("<hi>", "<AAE=>"));

    assertThat((String) at(answer, "Outputs", "res", "body")).contains(" [0, 1] ");
  }

  @Test
  void azure_case_08_09_partsMissingOrWrapped_areAccepted() throws IOException {
    String bare =
        "{<Data>:{<req>:{<Method>:<GET>,<Query>:<{\\<a\\>:\\<1,2\\>}>,<Headers>:<{}>,<More>:1}},<More>:2}";

    assertThat((String) at(app.succeed("seen", bare), "Outputs", "res", "body"))
        .startsWith("GET /seen?a=1%2C2 [] [] ");
  }

  @Test
  void httpTrigger_jsonBody_isTheFunctions() throws IOException {
    Map<?, ?> answer =
        app.succeed(
            "json",
            REQUEST.replace("text/plain", "application/json").replace("<hi>", "<{\\<a\\>:4}>"));

    assertThat(at(answer, "Outputs", "res", "body")).isEqualTo("{\"a\":8}");
    assertThat((String) at(answer, "Outputs", "res", "headers", "Content-Type"))
        .startsWith("application/json");
  }

  @Test
  void httpTrigger_requestThatDoesNotFit_isTheClientsFault() throws IOException {
    Map<?, ?> answer =
        app.succeed(
            "json", REQUEST.replace("text/plain", "application/json").replace("<hi>", "<no>"));

    assertThat(at(answer, "Outputs", "res", "statusCode")).isEqualTo("400");
    assertThat((String) at(answer, "Outputs", "res", "body")).contains("function 'json'");
  }

  @Test
  void httpTrigger_nothing_is204WithABody() throws IOException {
    Map<?, ?> answer = app.succeed("sink", REQUEST);

    assertThat(at(answer, "Outputs", "res", "statusCode")).isEqualTo("204");
    assertThat(at(answer, "Outputs", "res", "body")).isEqualTo("");
    assertThat(TestBag.get("t.az.sink")).isEqualTo("hi");
    Map<?, ?> empty = app.succeed("seen", REQUEST.replace("?a=", "?empty&a="));
    assertThat(at(empty, "Outputs", "res", "statusCode")).isEqualTo("200");
    assertThat(at(empty, "Outputs", "res", "body")).isEqualTo("");
  }

  @Test
  void httpTrigger_octetsAnswered_areBase64() throws IOException {
    Map<?, ?> answer = app.succeed("seen", REQUEST.replace("?a=", "?octets&a="));

    assertThat(at(answer, "Outputs", "res", "body")).isEqualTo("/wA=");
  }

  @Test
  void httpTrigger_noHttpOutput_goesIntoTheOnlyOne() throws IOException {
    assertThat(at(app.succeed("logged", REQUEST), "Outputs", "msg")).isEqualTo("hi!");
  }

  @Test
  void azure_case_20_plainFunctionThatThrows_is500() throws IOException {
    Answered answer = app.invoke("boom", REQUEST);

    assertThat(answer.status()).isEqualTo(500);
    assertThat((String) map(answer).get("error")).contains("IllegalStateException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{}", "{<Data>:{<other>:1}}", "{<Data>:{<req>:3}}"})
  void azure_case_22_bodyThatIsNoEnvelope_is400(String body) throws IOException {
    Answered answer = app.invoke("text", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat((String) map(answer).get("error")).contains("function 'text': ");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "queued;<\\<HelloWorld\\>>;HelloWorld!",
        "queued;<plain>;plain!",
        "queued;<4>;4!",
        "queued;<\\<4\\>>;4!",
        "queued;{<a>:1};{\"a\":1}!",
        "queued;<null>;!",
        "queued;null;!",
        "pojo;{<a>:1};{a=2}",
        "pojo;<{\\<a\\>:1}>;{a=2}",
        "pojo;<\\<{\\\\\\<a\\\\\\>:1}\\>>;{a=2}",
        "number;<4>;5",
        "number;<\\<4\\>>;5",
        "bytes;<AAE=>;AAE=",
        "bytes;<\\<AAE=\\>>;AAE=",
      })
  void azure_case_10_to_14_valueInEachForm_isTheBody(String function, String json, String expected)
      throws IOException {
    assertThat(at(app.succeed(function, item(json)), "ReturnValue")).hasToString(expected);
  }

  @Test
  void queueTrigger_metadata_areAttributes() throws IOException {
    assertThat((String) at(app.succeed("refuse", item("<x>")), "ReturnValue"))
        .startsWith("POST /refuse? ")
        .contains("{azure.metadata.dequeuecount=4}");
  }

  @Test
  void azure_case_16_linesOfConcurrentCalls_areInTheirOwnAnswers() throws Exception {
    List<CompletableFuture<Map<?, ?>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String text = "call" + i;
      answers.add(CompletableFuture.supplyAsync(() -> logged(text)));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(at(answers.get(i).get(60, TimeUnit.SECONDS), "Logs"))
          .isEqualTo(List.of("first call" + i, "[WARNING] second call" + i));
    }
  }

  private static Map<?, ?> logged(String text) {
    try {
      return app.succeed("log", item("<\\<" + text + "\\>>"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void logs_noAnswerCanCarry_arePrinted() throws IOException {
    assertThat(app.invoke("log", item("<boom>")).status()).isEqualTo(500);
    await().atMost(Duration.ofSeconds(30)).until(() -> app.err().contains("[WARNING] second boom"));
    assertThat(app.out()).contains("first boom");

    Map<?, ?> much = logged("much");

    assertThat(at(much, "Logs")).isEqualTo(List.of("first much", "[WARNING] second much"));
    assertThat(app.out()).contains("x".repeat(1 << 20));
  }

  @Test
  void azure_case_17_19_onlyOutput_isUsed() throws IOException {
    Map<?, ?> answer = app.succeed("named", item("<\\<tes\\>>"));

    assertThat(at(answer, "Outputs", "msg")).isEqualTo("tes!");
    assertThat(at(answer, "ReturnValue")).isNull();
  }

  @Test
  void queueTrigger_nothingReturned_isAnEmptySuccess() throws IOException {
    Map<?, ?> answer = app.succeed("swallow", item("<\\<x\\>>"));

    assertThat((Map<?, ?>) at(answer, "Outputs")).isEmpty();
    assertThat(at(answer, "ReturnValue")).isNull();
  }

  @Test
  void queueTrigger_valueThatDoesNotFit_failsSoThatTheHostTriesAgain() throws IOException {
    assertThat(app.invoke("number", item("<x>")).status()).isEqualTo(400);
  }

  @Test
  void azure_case_17_base64Flag_encodesTexts(@TempDir Path other) throws IOException {
    Path jar =
        TestJar.of(other)
            .source("t.Text", plain("Text", "String", "String", "return in;"))
            .build("text.jar");
    try (AzureApp encoding =
        AzureApp.in(other)
            .variable("HEARTH_AZURE_BASE64", "true")
            .function("f", "t.Text", queueIn("item"), out("queue", "msg"))
            .serve(jar)) {
      assertThat(at(encoding.succeed("f", item("<\\<test\\>>")), "Outputs", "msg"))
          .isEqualTo("dGVzdA==");
    }
  }

  @Test
  void functionWithoutItsFile_goesByTheDocumentationsNames(@TempDir Path other) throws IOException {
    Hearth hearth = AzureApp.hearth();
    hearth.deploy(
        "f",
        FunctionSpec.builder(
                TestJar.of(other)
                    .source("t.Text", plain("Text", "String", "String", "return in + '!';"))
                    .build("text.jar"))
            .build());
    try (AzureApp bare = AzureApp.in(other).serve(hearth)) {
      assertThat(at(bare.succeed("f", REQUEST), "Outputs", "res", "body")).isEqualTo("hi!");
      assertThat(at(bare.succeed("f", item("<\\<x\\>>")), "ReturnValue")).isEqualTo("x!");
    }
  }

  /** The payloads that "Azure Functions custom handlers" shows. */
  @Test
  void examplesOfTheDocumentation_areServed(@TempDir Path other) throws IOException {
    Path jar =
        TestJar.of(other)
            .source("t.Text", plain("Text", "String", "String", "return in;"))
            .build("text.jar");
    try (AzureApp documented =
        AzureApp.in(other)
            .function("queuetrigger", "t.Text", queueIn("myQueueItem"), out("queue", "$return"))
            .function("order", "t.Text", httpIn(), httpOut("res"), out("queue", "message"))
            .serve(jar)) {
      assertThat(
              at(
                  documented.succeed(
                      "queuetrigger",
                      "{<Data>:{<myQueueItem>:<{ message: \\<Message sent\\> }>},<Metadata>:{<DequeueCount>:1,"
                          + "<ExpirationTime>:<2019-10-16T17:58:31+00:00>,<Id>:<800ae4b3-bdd2-4c08-badd-f08e5a34b865>,"
                          + "<InsertionTime>:<2019-10-09T17:58:31+00:00>,<NextVisibleTime>:<2019-10-09T18:08:32+00:00>,"
                          + "<PopReceipt>:<AgAAAAMAAAAAAAAAAgtnj8x+1QE=>,<sys>:{<MethodName>:<queuetrigger>,"
                          + "<UtcNow>:<2019-10-09T17:58:32.2205399Z>,<RandGuid>:<24ad4c06-24ad-4e5b-8294-3da9714877e9>}}}"),
                  "ReturnValue"))
          .isEqualTo("{ message: \"Message sent\" }");
      Map<?, ?> order =
          documented.succeed(
              "order",
              "{<Data>:{<req>:{<Url>:<http://localhost:7071/api/order>,<Method>:<POST>,<Query>:<{}>,<Headers>:{"
                  + "<Content-Type>:[<application/json>],<Host>:[<localhost:7071>],<Content-Length>:[<12>]},"
                  + "<Params>:{},<Body>:<{\\<id\\>:1005}>}},<Metadata>:{}}");
      assertThat(at(order, "Outputs", "res", "body")).isEqualTo("{\"id\":1005}");
      assertThat(at(order, "Outputs", "message")).isNull();
    }
  }
}
