package dev.hearth.http.contract.azure;

import static dev.hearth.http.contract.azure.AzureApp.at;
import static dev.hearth.http.contract.azure.AzureApp.httpIn;
import static dev.hearth.http.contract.azure.AzureApp.httpOut;
import static dev.hearth.http.contract.azure.AzureApp.json;
import static dev.hearth.http.contract.azure.AzureApp.map;
import static dev.hearth.http.contract.azure.AzureApp.out;
import static dev.hearth.http.contract.azure.AzureApp.queueIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance cases of the default mode over a socket, with functions written for Azure's Java API. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class AzureEnvelopeWireTest {

  private static final String FUNCTIONS =
      """
        public static class Item { int a; }
        static int made;
        final int number = ++made;
        @FunctionName("echo") public HttpResponseMessage echo(
            @HttpTrigger(name = "req", authLevel = AuthorizationLevel.ANONYMOUS)
            HttpRequestMessage<Optional<String>> req, ExecutionContext context) {
          return req.createResponseBuilder(HttpStatus.CREATED).header("X-A", "1")
              .header("X-Number", "" + number).header("X-Id", context.getInvocationId())
              .body(req.getBody().orElse("")).build();
        }
        @FunctionName("octets") public String octets(@HttpTrigger(name = "req") HttpRequestMessage<byte[]> req) {
          return Arrays.toString(req.getBody()) + req.getQueryParameters().get("a");
        }
        @FunctionName("moved") public HttpResponseMessage moved(
            @HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> req) {
          return req.createResponseBuilder(HttpStatus.FOUND).header("Location", "/there").build();
        }
        @FunctionName("q") @QueueOutput(name = "$return", queueName = "r", connection = "c")
        public String q(@QueueTrigger(name = "item", queueName = "i", connection = "c") String item,
            @BindingName("DequeueCount") int tries,
            @QueueOutput(name = "msg", queueName = "m", connection = "c") OutputBinding<Object> msg,
            ExecutionContext context) {
          context.getLogger().info("first " + item);
          context.getLogger().info("second " + item);
          if (item != null && !item.isEmpty()) {
            msg.setValue(item.equals("list") ? (Object) List.of("a", "b") : "test");
          }
          RetryContext retry = context.getRetryContext();
          int most = retry == null ? 0 : retry.getMaxretrycount();
          return item + " " + tries + (most == 0 ? "" : " of " + most);
        }
        @FunctionName("pojo") public int pojo(
            @QueueTrigger(name = "item", queueName = "i", connection = "c") Item item) {
          return item == null ? -1 : item.a;
        }
        @FunctionName("raw") public String raw(
            @QueueTrigger(name = "item", queueName = "i", connection = "c") byte[] item) {
          return Arrays.toString(item);
        }
        @FunctionName("boom") public String boom(
            @QueueTrigger(name = "item", queueName = "i", connection = "c") String item) {
          throw new IllegalStateException("secret");
        }
        @FunctionName("slow") public String slow(
            @HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> req, ExecutionContext context)
            throws Exception {
          context.getLogger().info("in " + context.getInvocationId());
          ((java.util.concurrent.CountDownLatch) System.getProperties().get("az.slow.entered")).countDown();
          if (!((java.util.concurrent.CountDownLatch) System.getProperties().get("az.slow.go"))
              .await(60, java.util.concurrent.TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody came");
          }
          context.getLogger().info("out " + context.getInvocationId());
          return context.getInvocationId();
        }
      """;

  private static final String REQUEST =
      "{<Data>:{<req>:{<Url>:<http://h/api/echo>,<Method>:<POST>,<Query>:{},"
          + "<Headers>:{<Content-Type>:[<text/plain>]},<Params>:{},<Body>:<hi>}},<Metadata>:{}}";

  @TempDir static Path directory;
  private static AzureApp app;

  @BeforeAll
  static void serve() throws IOException {
    Path jar =
        AzureApp.jar(directory).source("acme.F", AzureApp.type("F", FUNCTIONS)).build("f.jar");
    app =
        AzureApp.in(directory)
            .hostJson("{\"version\": \"2.0\", \"customHandler\": {\"description\": {}}}")
            .function("echo", "acme.F.echo", httpIn(), httpOut("res"))
            .function("octets", "acme.F.octets", httpIn(), httpOut("$return"))
            .function("moved", "acme.F.moved", httpIn(), httpOut("res"))
            .function("slow", "acme.F.slow", httpIn(), httpOut("res"))
            .function(
                "q", "acme.F.q", queueIn("item"), out("queue", "msg"), out("queue", "$return"))
            .function("pojo", "acme.F.pojo", queueIn("item"), out("queue", "$return"))
            .function("raw", "acme.F.raw", queueIn("item"), out("queue", "$return"))
            .function("boom", "acme.F.boom", queueIn("item"))
            .serve(jar);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void azure_case_03_ping_isAnsweredAtOnce() throws IOException {
    Answered answer = app.host().get("/");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(app.host().ask("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").status()).isEqualTo(200);
  }

  @Test
  void azure_case_04_thousandPings_runNoFunction() throws IOException {
    try (RawClient client = app.connect()) {
      for (int i = 0; i < 1000; i++) {
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(200);
      }
    }
    app.host().hearth().functions().forEach(each -> assertThat(each.inFlight()).isZero());
  }

  @Test
  void azure_case_05_httpTrigger_answersInOutputs() throws IOException {
    Map<?, ?> answer = app.succeed("echo", REQUEST);

    assertThat(at(answer, "Outputs", "res", "statusCode")).isEqualTo("201");
    assertThat(at(answer, "Outputs", "res", "headers", "X-A")).isEqualTo("1");
    assertThat(at(answer, "Outputs", "res", "headers", "X-Id")).isEqualTo(AzureApp.ID);
    assertThat(at(answer, "Outputs", "res", "body")).isEqualTo("hi");
    assertThat(at(answer, "ReturnValue")).isNull();
  }

  @Test
  void azure_case_06_noBody_isAnEmptyOne() throws IOException {
    Map<?, ?> answer = app.succeed("echo", REQUEST.replace(",<Body>:<hi>", ""));

    assertThat(at(answer, "Outputs", "res", "body")).isEqualTo("");
  }

  @Test
  void azure_case_07_octets_areDecoded() throws IOException {
    Map<?, ?> answer =
        app.succeed(
            "octets",
            REQUEST.replace("text/plain", "application/octet-stream").replace("<hi>", "<AAE=>"));

    assertThat(at(answer, "ReturnValue", "body")).isEqualTo("[0, 1]null");
  }

  @Test
  void azure_case_08_missingAndWrappedParts_areAccepted() throws IOException {
    Map<?, ?> answer =
        app.succeed(
            "echo",
            REQUEST.replace("<Query>:{}", "<Query>:<{}>,<More>:[1]").replace(",<Params>:{}", ""));

    assertThat(at(answer, "Outputs", "res", "body")).isEqualTo("hi");
  }

  @Test
  void azure_case_09_joinedQueryValues_stayJoined() throws IOException {
    Map<?, ?> answer = app.succeed("octets", REQUEST.replace("<Query>:{}", "<Query>:{<a>:<1,2>}"));

    assertThat((String) at(answer, "ReturnValue", "body")).endsWith("1,2");
  }

  @Test
  void azure_case_10_16_17_19_queueText_outputsLogsAndReturnValue() throws IOException {
    Map<?, ?> answer =
        app.succeed("q", "{<Data>:{<item>:<\\<HelloWorld\\>>},<Metadata>:{<DequeueCount>:<4>}}");

    assertThat(at(answer, "ReturnValue")).isEqualTo("HelloWorld 4");
    assertThat(at(answer, "Outputs", "msg")).isEqualTo("test");
    assertThat(at(answer, "Logs")).isEqualTo(List.of("first HelloWorld", "second HelloWorld"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{<a>:1}", "<{\\<a\\>:1}>", "<\\<{\\\\\\<a\\\\\\>:1}\\>>"})
  void azure_case_11_12_objectInEachForm_fillsAPojo(String item) throws IOException {
    assertThat(
            at(app.succeed("pojo", "{<Data>:{<item>:" + item + "},<Metadata>:{}}"), "ReturnValue"))
        .hasToString("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<AAE=>", "<\\<AAE=\\>>"})
  void azure_case_13_bytesInEachForm_areBytes(String item) throws IOException {
    assertThat(
            at(app.succeed("raw", "{<Data>:{<item>:" + item + "},<Metadata>:{}}"), "ReturnValue"))
        .isEqualTo("[0, 1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<null>", "null"})
  void azure_case_14_nullInEachForm_isNull(String item) throws IOException {
    assertThat(
            at(app.succeed("pojo", "{<Data>:{<item>:" + item + "},<Metadata>:{}}"), "ReturnValue"))
        .hasToString("-1");
  }

  @Test
  void azure_case_15_retryContext_isTheFunctions() throws IOException {
    Map<?, ?> answer =
        app.succeed(
            "q",
            "{<Data>:{<item>:<x>},<Metadata>:{<DequeueCount>:<2>,"
                + "<RetryContext>:{<RetryCount>:1,<MaxRetryCount>:5,<Exception>:null}}}");

    assertThat(at(answer, "ReturnValue")).isEqualTo("x 2 of 5");
  }

  @Test
  void azure_case_18_listOutput_isAnArray() throws IOException {
    Map<?, ?> answer =
        app.succeed("q", "{<Data>:{<item>:<\\<list\\>>},<Metadata>:{<DequeueCount>:<1>}}");

    assertThat(at(answer, "Outputs", "msg")).isEqualTo(List.of("a", "b"));
  }

  @Test
  void azure_case_20_functionThatThrows_is500AndTheProcessServesOn() throws IOException {
    Answered answer = app.invoke("boom", "{<Data>:{<item>:<x>},<Metadata>:{}}");

    assertThat(answer.status()).isEqualTo(500);
    assertThat((String) map(answer).get("error"))
        .contains("boom", "IllegalStateException")
        .doesNotContain("secret");
    assertThat(app.invoke("echo", REQUEST).status()).isEqualTo(200);
  }

  @Test
  void azure_case_21_unknownFunction_is404() throws IOException {
    Answered answer = app.invoke("nosuch", REQUEST);

    assertThat(answer.status()).isEqualTo(404);
    assertThat((String) map(answer).get("error")).contains("POST /nosuch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "[1]", "{}", "{<Data>:3}", "{<Data>:{<other>:1}}", ""})
  void azure_case_22_bodyThatIsNoEnvelope_is400(String body) throws IOException {
    Answered answer = app.invoke("echo", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat((String) map(answer).get("error")).contains("function 'echo': ");
  }

  @Test
  void azure_case_23_answers_areJsonAndNeverEmpty() throws IOException {
    for (String function : List.of("echo", "octets", "moved")) {
      app.succeed(function, REQUEST);
    }
    for (Answered answer :
        List.of(
            app.invoke("boom", "{<Data>:{<item>:<x>},<Metadata>:{}}"),
            app.invoke("nosuch", "{}"),
            app.invoke("echo", "{"))) {
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.body()).isNotEmpty();
    }
  }

  @Test
  void azure_case_16_24_fiftyAtOnce_areAnsweredAndNotMixed() throws Exception {
    int calls = 50;
    List<CompletableFuture<Answered>> answers = new ArrayList<>();
    try (Meeting meeting = new Meeting("az.slow", calls)) {
      for (int i = 0; i < calls; i++) {
        byte[] bytes = AzureApp.invocation("slow", "call-" + i, json(REQUEST));
        CompletableFuture<Answered> answer = new CompletableFuture<>();
        answers.add(answer);
        new Thread(
                () -> {
                  try (RawClient client = app.connect()) {
                    answer.complete(client.send(bytes).read());
                  } catch (IOException e) {
                    answer.completeExceptionally(e);
                  }
                })
            .start();
      }
      assertThat(meeting.awaitEntered()).isTrue();
      meeting.go();
      for (int i = 0; i < calls; i++) {
        Map<?, ?> answer = map(answers.get(i).get(60, TimeUnit.SECONDS));
        assertThat(at(answer, "Outputs", "res", "body")).isEqualTo("call-" + i);
        assertThat(at(answer, "Logs")).isEqualTo(List.of("in call-" + i, "out call-" + i));
      }
    }
  }

  @Test
  void azure_case_29_redirect_isInTheEnvelope() throws IOException {
    Map<?, ?> answer = app.succeed("moved", REQUEST);

    assertThat(at(answer, "Outputs", "res", "statusCode")).isEqualTo("302");
    assertThat(at(answer, "Outputs", "res", "headers", "Location")).isEqualTo("/there");
  }

  @Test
  void azure_case_33_missingIdAndUnknownVersion_areAccepted() throws IOException {
    String body = json(REQUEST);
    Answered answer =
        app.host()
            .ask(
                "POST /echo HTTP/1.1\r\nHost: x\r\nX-Azure-Functions-HostVersion: 99.0-x\r\n"
                    + "Content-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat((String) at(map(answer), "Outputs", "res", "headers", "X-Id")).isNotEmpty();
  }

  @Test
  void azure_case_34_newObject_eachTime() throws IOException {
    Set<Object> numbers = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      numbers.add(at(app.succeed("echo", REQUEST), "Outputs", "res", "headers", "X-Number"));
    }

    assertThat(numbers).hasSize(3);
  }

  @Test
  void name_inOtherCase_isFound() throws IOException {
    assertThat(app.invoke("ECHO", REQUEST).status()).isEqualTo(200);
  }

  @Test
  void connection_isKeptForTheNextInvocation() throws IOException {
    try (RawClient client = app.connect()) {
      for (int i = 0; i < 20; i++) {
        client.send(AzureApp.invocation("echo", "call-" + i, json(REQUEST)));
        assertThat(at(map(client.read()), "Outputs", "res", "headers", "X-Id"))
            .isEqualTo("call-" + i);
      }
    }
  }
}
