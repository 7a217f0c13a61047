package dev.hearth.signature.azure;

import static dev.hearth.signature.azure.AzureJar.answer;
import static dev.hearth.signature.azure.AzureJar.envelope;
import static dev.hearth.signature.azure.AzureJar.failure;
import static dev.hearth.signature.azure.AzureJar.json;
import static dev.hearth.signature.azure.AzureJar.raw;
import static dev.hearth.signature.azure.AzureJar.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.testing.WireCall;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Calls as the Azure host makes them of custom handlers, in its envelope. */
@Timeout(120)
final class AzureEnvelopeTest {

  private static final String ECHO =
      """
      @FunctionName("echo")
      public void echo(
          @HttpTrigger(name = "req", methods = HttpMethod.POST) HttpRequestMessage<Optional<String>> request,
          @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {
        response.setValue(request.createResponseBuilder(HttpStatus.CREATED).header("X-A", "1")
            .body(request.getBody().orElse(null)).build());
      }
      """;
  private static final String QUEUE =
      """
      public static class Point { int x; String name; }
      @FunctionName("q")
      @QueueOutput(name = "returned", queueName = "r", connection = "c")
      public %s q(
          @QueueTrigger(name = "item", queueName = "q", connection = "c") %s item,
          @QueueOutput(name = "msg", queueName = "m", connection = "c") OutputBinding<Object> msg,
          @BindingName("DequeueCount") int count,
          ExecutionContext context) throws Exception {
        %s
      }
      """;
  private static final String ITEM = "<Data>:{<item>:%s},<Metadata>:{<DequeueCount>:<4>}";

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionHandle deploy(String members) {
    return AzureJar.deploy(hearth, directory, null, members);
  }

  private FunctionHandle queue(String returns, String takes, String body) {
    return deploy(QUEUE.formatted(returns, takes, body));
  }

  private static WireCall item(String value) {
    return envelope(ITEM.formatted(value));
  }

  private static Map<?, ?> map(Object json) {
    return (Map<?, ?>) json;
  }

  @Test
  void azure_case_05_httpRequest_isAnsweredInItsOutput() {
    Reply<byte[]> reply = envelope(AzureJar.HTTP).reply(deploy(ECHO));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers())
        .containsEntry("Content-Type", List.of("application/json; charset=utf-8"));
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            json(
                "{<Outputs>:{<res>:{<statusCode>:<201>,<headers>:{<X-A>:<1>},<body>:<hi>}},"
                    + "<Logs>:[],<ReturnValue>:null}"));
  }

  @Test
  void azure_case_06_noBody_isAnEmptyOptional_andAnEmptyAnswer() {
    WireCall call = envelope(AzureJar.HTTP.replace(",<Body>:<hi>", ""));

    assertThat(call.text(deploy(ECHO))).contains("\"body\":\"\"");
  }

  @Test
  void azure_case_07_octets_areBase64() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("bytes")
            public String bytes(@HttpTrigger(name = "req") HttpRequestMessage<byte[]> request) {
              return Arrays.toString(request.getBody());
            }
            """);
    String octets = AzureJar.HTTP.replace("text/plain", "application/octet-stream");

    assertThat(answer(envelope(octets.replace("<hi>", "<AAE=>")), function).get("ReturnValue"))
        .isEqualTo(response("200", Map.of(), "[0, 1]"));
    assertThat(answer(envelope(AzureJar.HTTP), function).get("ReturnValue"))
        .isEqualTo(response("200", Map.of(), "[104, 105]"));
    assertThat(refusal(envelope(octets.replace("<hi>", "<A>")), function))
        .hasMessageContaining("the body is to be base64");
  }

  private static Map<String, Object> response(
      String status, Map<String, String> headers, String body) {
    return Map.of("statusCode", status, "headers", headers, "body", body);
  }

  @Test
  void azure_case_08_whatMayBeMissingOrWrapped_isAccepted() {
    FunctionHandle function = deploy(ECHO);
    String odd =
        AzureJar.HTTP
            .replace("{<a>:<1,2>}", "<{}>")
            .replace("<Params>:{},", "<Identities>:[{}],<Odd>:[1],")
            .replace(",<Metadata>:{}", ",<More>:null");

    assertThat(map(answer(envelope(odd), function).get("Outputs")).get("res")).isNotNull();
  }

  @Test
  void azure_case_09_queryAndHeaders_areJoinedByCommas() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("facts")
            public String facts(@HttpTrigger(name = "req") HttpRequestMessage<String> request) {
              return request.getQueryParameters() + " " + request.getHeaders().get("x-TWO") + " "
                  + request.getHeaders().keySet() + " " + request.getUri() + " " + request.getHttpMethod();
            }
            """);

    assertThat(map(answer(envelope(AzureJar.HTTP), function).get("ReturnValue")).get("body"))
        .isEqualTo("{a=1,2} a,b [content-type, x-two] http://h/api/echo?a=1,2 POST");
  }

  @Test
  void azure_case_10_textAndNumberOfMetadata_areUnwrapped() {
    FunctionHandle function = queue("String", "String", "return item + count;");

    assertThat(answer(item("<\\<HelloWorld\\<>"), function).get("ReturnValue"))
        .isEqualTo("HelloWorld4");
  }

  @Test
  void azure_case_11_12_objectsInEachForm_fillATypeOfTheFunctions() {
    FunctionHandle function = queue("String", "Point", "return item.x + item.name;");

    assertThat(answer(item("{<x>:1,<name>:<n>,<other>:2}"), function).get("ReturnValue"))
        .isEqualTo("1n");
    assertThat(answer(item("<{\\<x\\<:2}>"), function).get("ReturnValue")).isEqualTo("2null");
    assertThat(answer(item("<\\<{\\\\\\<x\\\\\\<:3}\\<>"), function).get("ReturnValue"))
        .isEqualTo("3null");
  }

  @Test
  void azure_case_13_bytes_areBase64InEachForm() {
    FunctionHandle function = queue("String", "byte[]", "return Arrays.toString(item);");

    assertThat(answer(item("<\\<AAE=\\<>"), function).get("ReturnValue")).isEqualTo("[0, 1]");
    assertThat(answer(item("<AAE=>"), function).get("ReturnValue")).isEqualTo("[0, 1]");
  }

  @Test
  void azure_case_14_nothing_isNull() {
    FunctionHandle function = queue("String", "Point", "return String.valueOf(item);");

    assertThat(answer(item("<null>"), function).get("ReturnValue")).isEqualTo("null");
    assertThat(answer(item("null"), function).get("ReturnValue")).isEqualTo("null");
  }

  @Test
  void azure_case_15_retries_areToldToTheFunction() {
    FunctionHandle function =
        queue(
            "String",
            "String",
            """
            RetryContext retry = context.getRetryContext();
            return retry.getRetrycount() + "/" + retry.getMaxretrycount() + " " + retry.getException().getMessage()
                + " " + retry.getException().getSource() + " " + retry.getException().getStacktrace();
            """);
    String retry =
        "{<RetryCount>:2,<MaxRetryCount>:5,<Exception>:{<Message>:<no>,<Source>:<s>,<StackTraceString>:<at>}}";

    assertThat(answer(retried(retry), function).get("ReturnValue")).isEqualTo("2/5 no s at");
    assertThat(
            answer(retried("<" + retry.replace("<", "\\<").replace(">", "\\>") + ">"), function)
                .get("ReturnValue"))
        .isEqualTo("2/5 no s at");
    assertThat(
            answer(retried("{<RetryCount>:1,<MaxRetryCount>:5,<Exception>:null}"), function)
                .get("ReturnValue"))
        .isEqualTo("1/5   ");
    assertThat(answer(item("<x>"), function).get("ReturnValue")).isEqualTo("0/0   ");
  }

  private static WireCall retried(String retry) {
    return envelope(ITEM.formatted("<x>").replace("<4>", "<4>,<RetryContext>:" + retry));
  }

  @Test
  void azure_case_16_logLines_areInTheAnswer_inOrder() {
    FunctionHandle function =
        queue(
            "void",
            "String",
            """
            context.getLogger().info("first " + item);
            context.getLogger().log(java.util.logging.Level.WARNING, "second {0}", 2);
            context.getLogger().fine("not by default");
            context.getLogger().log(java.util.logging.Level.SEVERE, "third", new IllegalStateException("why"));
            """);

    List<?> logs = (List<?>) answer(item("<x>"), function).get("Logs");

    assertThat(logs).hasSize(3);
    assertThat(logs.subList(0, 2)).hasToString("[first x, [WARNING] second 2]");
    assertThat(logs.get(2).toString())
        .startsWith("[SEVERE] third\njava.lang.IllegalStateException: why\n\tat ")
        .contains("acme.F.q(F.java:");
  }

  @Test
  void azure_case_16_24_callsAtOnce_keepTheirLinesAndIds() throws Exception {
    FunctionHandle function =
        queue(
            "String",
            "String",
            """
            for (int i = 0; i < 20; i++) {
              context.getLogger().info(item);
              Thread.yield();
            }
            return context.getInvocationId();
            """);
    ExecutorService callers = Executors.newFixedThreadPool(50);
    try {
      List<CompletableFuture<Map<String, Object>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        WireCall call = item("<c" + i + ">").id("id-" + i);
        answers.add(CompletableFuture.supplyAsync(() -> answer(call, function), callers));
      }
      for (int i = 0; i < 50; i++) {
        Map<String, Object> answer = answers.get(i).get(60, TimeUnit.SECONDS);
        String line = "c" + i;
        assertThat((List<?>) answer.get("Logs")).hasSize(20).allMatch(line::equals);
        assertThat(answer.get("ReturnValue")).isEqualTo("id-" + i);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void azure_case_17_textOutput_isItself_orBase64OnRequest() {
    FunctionHandle function = queue("String", "String", "msg.setValue(item); return item;");

    assertThat(item("<test>").text(function))
        .isEqualTo(json("{<Outputs>:{<msg>:<test>},<Logs>:[],<ReturnValue>:<test>}"));
    assertThat(item("<test>").attribute("azure.base64", "true").text(function))
        .isEqualTo(json("{<Outputs>:{<msg>:<dGVzdA==>},<Logs>:[],<ReturnValue>:<dGVzdA==>}"));
  }

  @Test
  void azure_case_17_outputNeverSet_isLeftOut() {
    assertThat(item("<test>").text(queue("void", "String", "msg.getValue();")))
        .isEqualTo(json("{<Outputs>:{},<Logs>:[],<ReturnValue>:null}"));
  }

  @Test
  void azure_case_18_listOutput_isAnArray() {
    FunctionHandle function =
        queue(
            "void",
            "String",
            """
            Point point = new Point();
            point.x = 7;
            msg.setValue(Arrays.asList("a", 1, point));
            """);

    assertThat(answer(item("<x>"), function).get("Outputs")).hasToString("{msg=[a, 1, {x=7}]}");
  }

  @Test
  void azure_case_18_bytesNumbersAndObjects_areWhatTheHostReads() {
    assertThat(answer(item("<x>"), queue("byte[]", "String", "return new byte[] {0, 1};")))
        .containsEntry("ReturnValue", "AAE=");
    assertThat(item("<x>").text(queue("int", "String", "return 7;")))
        .endsWith("\"ReturnValue\":7}");
    assertThat(item("<x>").text(queue("Optional<String>", "String", "return Optional.of(item);")))
        .endsWith("\"ReturnValue\":\"x\"}");
    assertThat(item("<x>").text(queue("Point", "String", "return new Point();")))
        .endsWith("\"ReturnValue\":{\"x\":0}}");
  }

  @Test
  void azure_case_19_returnValue_isTheReturnBindings() {
    assertThat(answer(item("<x>"), queue("String", "String", "return null;")))
        .containsEntry("ReturnValue", null);
    assertThat(answer(item("<x>"), queue("String", "String", "return item;")))
        .containsEntry("ReturnValue", "x");
  }

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void azure_case_20_functionThatThrows_fails_andItsLinesArePrinted() {
    FunctionHandle function =
        queue(
            "void",
            "String",
            """
            context.getLogger().info("before");
            if (item.equals("boom")) { throw new java.io.IOException("boom"); }
            """);

    String printed =
        printedBy(
            () ->
                assertThat(failure(item("<boom>"), function))
                    .isExactlyInstanceOf(java.io.IOException.class)
                    .hasMessage("boom"));

    assertThat(printed).isEqualTo("before" + System.lineSeparator());
    assertThat(answer(item("<x>"), function)).containsEntry("Logs", List.of("before"));
  }

  private static String printedBy(Runnable task) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      task.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void azure_case_22_noEnvelope_isRefused() {
    FunctionHandle function = deploy(ECHO);

    assertThat(refusal(raw("hello"), function)).hasMessageContaining("not JSON");
    assertThat(refusal(raw(""), function)).hasMessageContaining("not JSON");
    assertThat(refusal(raw("[]"), function))
        .hasMessageContaining("an object with Data is expected");
    assertThat(refusal(raw("[".repeat(100_000)), function)).hasMessageContaining("nested deeper");
    assertThat(refusal(envelope("<Data>:{<other>:1},<Metadata>:{}"), function))
        .hasMessageContaining("has no Data.req (it has [other])")
        .hasMessageContaining("function.json");
    assertThat(refusal(envelope("<Data>:{<req>:<text>},<Metadata>:{}"), function))
        .hasMessageContaining("Data.req is no HTTP request");
  }

  @Test
  void azure_case_22_valueThatDoesNotFit_isRefusedByItsBinding() {
    FunctionHandle function = queue("void", "Point", "");

    assertThat(refusal(item("<text>"), function))
        .hasMessageStartingWith("input binding 'item' is not what a acme.F$Point can be made of");
    assertThat(refusal(envelope("<Data>:{<item>:{}},<Metadata>:{}"), function))
        .hasMessageStartingWith("metadata 'DequeueCount' is missing or null");
  }

  @Test
  void azure_case_29_redirect_isAnOrdinaryStatusOfTheOutput() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("moved")
            public HttpResponseMessage moved(@HttpTrigger(name = "req") HttpRequestMessage<String> request) {
              return request.createResponseBuilder(HttpStatus.FOUND).header("Location", "/x").build();
            }
            """);

    Reply<byte[]> reply = envelope(AzureJar.HTTP).reply(function);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(answer(envelope(AzureJar.HTTP), function).get("ReturnValue"))
        .isEqualTo(response("302", Map.of("Location", "/x"), ""));
  }

  @Test
  void azure_case_34_returnedResponse_isTheReturnValue_orTheOutputOfItsName() {
    FunctionHandle function =
        deploy(
            """
            static int made;
            public F() { made++; }
            @FunctionName("HttpExample")
            public HttpResponseMessage run(
                @HttpTrigger(name = "req", methods = {HttpMethod.GET, HttpMethod.POST}, authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
                final ExecutionContext context) {
              return request.createResponseBuilder(HttpStatus.CREATED).header("X-A", "1")
                  .body(request.getBody().get() + made).build();
            }
            """);

    assertThat(answer(envelope(AzureJar.HTTP), function))
        .containsEntry("ReturnValue", response("201", Map.of("X-A", "1"), "hi1"))
        .containsEntry("Outputs", Map.of());
    assertThat(answer(envelope(AzureJar.HTTP).attribute("azure.http-output", "res"), function))
        .containsEntry("Outputs", Map.of("res", response("201", Map.of("X-A", "1"), "hi2")))
        .containsEntry("ReturnValue", null);
  }

  @Test
  void response_ofAnyBody_isAText() {
    String source =
        """
        public static class Point { int x = 1; }
        @FunctionName("any")
        public Object any(@HttpTrigger(name = "req") HttpRequestMessage<String> request) { return %s; }
        """;

    assertThat(body(source.formatted("new Point()")))
        .isEqualTo(response("200", Map.of("Content-Type", "application/json"), "{\"x\":1}"));
    assertThat(
            body(
                source.formatted(
                    "request.createResponseBuilder(HttpStatusType.custom(299)).header(\"content-TYPE\", \"a/b\").body(new Point()).build()")))
        .isEqualTo(response("299", Map.of("content-TYPE", "a/b"), "{\"x\":1}"));
    assertThat(body(source.formatted("\"ü\".getBytes(java.nio.charset.StandardCharsets.UTF_8)")))
        .isEqualTo(response("200", Map.of(), "ü"));
    assertThat(body(source.formatted("new byte[] {-1, 0}")))
        .isEqualTo(
            response("200", Map.of(), Base64.getEncoder().encodeToString(new byte[] {-1, 0})));
    assertThat(body(source.formatted("null"))).isNull();
  }

  private Object body(String source) {
    return answer(envelope(AzureJar.HTTP), deploy(source)).get("ReturnValue");
  }

  @Test
  void bindings_ofTheOtherServices_areTakenFromTheirNames() {
    FunctionHandle function =
        deploy(
            """
            public static class Doc { String id; }
            @FunctionName("all")
            @StorageAccount("c") @FixedDelayRetry(maxRetryCount = 1, delayInterval = "00:00:01")
            public void all(
                @EventHubTrigger(name = "events", eventHubName = "h", connection = "c") List<Doc> events,
                @BindingName("SystemPropertiesArray") List<Map<String, Object>> properties,
                @BlobInput(name = "blob", path = "p", dataType = "binary") byte[] blob,
                @CosmosDBInput(name = "doc", databaseName = "d", containerName = "c", connection = "c") Optional<Doc> doc,
                @TableInput(name = "rows", tableName = "t") Doc[] rows,
                @ServiceBusTopicOutput(name = "topic", topicName = "t", subscriptionName = "s", connection = "c")
                    OutputBinding<List<Doc>> topic,
                @BlobOutput(name = "copy", path = "p") OutputBinding<byte[]> copy,
                @CustomBinding(name = "own", type = "mine", direction = "out") OutputBinding<String> own) {
              topic.setValue(events);
              copy.setValue(blob);
              own.setValue(doc.map(d -> d.id).orElse("none") + rows.length + properties.get(0).get("k"));
            }
            """);

    Map<String, Object> answer =
        answer(
            envelope(
                "<Data>:{<events>:<[{\\<id\\<:\\<e\\<}]>,<blob>:<AAE=>,<doc>:{<id>:<d>},<rows>:[{},{}]},"
                    + "<Metadata>:{<SystemPropertiesArray>:<[{\\<k\\<:\\<v\\<}]>}"),
            function);

    assertThat(answer.get("Outputs"))
        .isEqualTo(Map.of("topic", List.of(Map.of("id", "e")), "copy", "AAE=", "own", "d2v"));
  }

  @Test
  void metadata_isFoundInAnyCase_andInTheRequestsOwnParts() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("meta")
            public String meta(
                @HttpTrigger(name = "req", route = "items/{id}") HttpRequestMessage<Optional<String>> request,
                @BindingName("Id") int id, @BindingName("a") String a, @BindingName("absent") String absent,
                @BindingName("param") Long param, @BindingName("Query") Map<String, String> query) {
              return id + a + absent + param + query;
            }
            """);
    String call =
        AzureJar.HTTP
            .replace("<Params>:{}", "<Params>:{<param>:<9>}")
            .replace("<Metadata>:{}", "<Metadata>:{<id>:<\\<7\\<>,<Query>:{<q>:<r>}}");

    assertThat(map(answer(envelope(call), function).get("ReturnValue")).get("body"))
        .isEqualTo("71,2null9{q=r}");
  }

  @Test
  void context_namesFunctionAndCall_andPassesTheTraceOn() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("who")
            public String who(@HttpTrigger(name = "req") HttpRequestMessage<String> request, ExecutionContext context) {
              TraceContext trace = context.getTraceContext();
              return context.getFunctionName() + " " + context.getInvocationId() + " " + trace.getTraceparent() + " "
                  + trace.getTracestate() + " " + trace.getAttributes();
            }
            """);
    String traced =
        AzureJar.HTTP.replace(
            "<X-Two>:", "<traceparent>:[<00-1-2-01>],<tracestate>:[<s=1>],<X-Two>:");

    assertThat(map(answer(envelope(traced).id("id-1"), function).get("ReturnValue")).get("body"))
        .isEqualTo("who id-1 00-1-2-01 s=1 {}");
  }

  @Test
  void attribute_envelopeOfAnotherKind_isAMistakeOfTheContracts() {
    assertThat(failure(raw("{}").attribute("azure.envelope", "other"), deploy(ECHO)))
        .hasMessage("azure.envelope is 'other'; it must be default, or not be set");
  }

  @Test
  void log_thatIsTooLong_isPrintedFromThereOn() {
    FunctionHandle function =
        queue(
            "int",
            "String",
            """
            String line = "x".repeat(1 << 19);
            for (int i = 0; i < 3; i++) { context.getLogger().info(line); }
            return 0;
            """);

    assertThat((List<?>) answer(item("<x>"), function).get("Logs")).hasSize(2);
  }
}
