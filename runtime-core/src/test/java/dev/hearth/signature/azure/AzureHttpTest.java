package dev.hearth.signature.azure;

import static dev.hearth.signature.azure.AzureJar.failure;
import static dev.hearth.signature.azure.AzureJar.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.signature.spi.Shape;
import dev.hearth.testing.WireCall;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain requests to Azure's functions, as forwarding hosts and every other contract make them. */
@Timeout(120)
final class AzureHttpTest {

  private static final String TYPED =
      """
      public static class Point { int x; String name; List<String> tags; }
      @FunctionName("typed")
      public Object typed(@HttpTrigger(name = "req") HttpRequestMessage<%s> request) {
        %s body = request.getBody();
        return %s;
      }
      """;

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionHandle deploy(String members) {
    return AzureJar.deploy(hearth, directory, null, members);
  }

  private FunctionHandle typed(String type, String answer) {
    return deploy(TYPED.formatted(type, type, answer));
  }

  private FunctionHandle answering(String expression) {
    return deploy(
        """
        public static class Point { int x = 1; String name; }
        @FunctionName("answer")
        public Object answer(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request) {
          return %s;
        }
        """
            .formatted(expression));
  }

  @Test
  void azure_case_25_requestAndAnswer_areUnchanged() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("item")
            public HttpResponseMessage item(
                @HttpTrigger(name = "req", methods = HttpMethod.PUT, route = "items/{id}")
                    HttpRequestMessage<Optional<String>> request,
                @BindingName("id") int id) {
              String seen = request.getHttpMethod() + " " + request.getUri().getPath() + " "
                  + request.getQueryParameters() + " " + id + " " + request.getBody().get();
              return request.createResponseBuilder(HttpStatus.I_AM_A_TEAPOT).header("X-A", "1").body(seen).build();
            }
            """);

    Reply<byte[]> reply = WireCall.of("PUT", "/api/items/7?a=1").body("plain").reply(function);

    assertThat(reply.status()).isEqualTo(418);
    assertThat(reply.headers())
        .containsEntry("X-A", List.of("1"))
        .containsEntry("Content-Type", List.of("text/plain; charset=utf-8"));
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo("PUT /api/items/7 {a=1} 7 plain");
  }

  @Test
  void azure_case_25_routePrefixOfTheApp_isGonePast() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("item")
            public String item(@HttpTrigger(name = "req", route = "{kind}/{id?}") HttpRequestMessage<String> request,
                @BindingName("kind") String kind, @BindingName("id") Optional<Integer> id) {
              return kind + id;
            }
            """);

    assertThat(WireCall.of("GET", "/api/books/7").text(function)).isEqualTo("booksOptional[7]");
    assertThat(WireCall.of("GET", "/" + function.name() + "/books").text(function))
        .isEqualTo("booksOptional.empty");
    assertThat(
            WireCall.of("GET", "/v1/shop/books/7")
                .attribute("azure.route-prefix", "v1/shop")
                .text(function))
        .isEqualTo("booksOptional[7]");
    assertThat(WireCall.of("GET", "/api/7").attribute("azure.route-prefix", "").text(function))
        .isEqualTo("apiOptional[7]");
  }

  @Test
  void azure_case_26_noBody_isEmpty() {
    FunctionHandle function = typed("Optional<String>", "body.isPresent()");

    assertThat(WireCall.of("GET", "/").text(function)).isEqualTo("false");
    assertThat(typed("String", "String.valueOf(body)")).satisfies(f -> assertNull(f));
    assertThat(typed("Point", "String.valueOf(body)")).satisfies(f -> assertNull(f));
    assertThat(typed("byte[]", "String.valueOf(body)")).satisfies(f -> assertNull(f));
  }

  private static void assertNull(FunctionHandle function) {
    assertThat(WireCall.of("GET", "/").text(function)).isEqualTo("null");
  }

  @Test
  void azure_case_34_objectIsNew_eachTime() {
    FunctionHandle function =
        deploy(
            """
            static int made;
            int calls;
            public F() { made++; }
            @FunctionName("count")
            public String count(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request) {
              return made + "/" + ++calls;
            }
            """);

    assertThat(WireCall.post("").text(function)).isEqualTo("1/1");
    assertThat(WireCall.post("").text(function)).isEqualTo("2/1");
  }

  @Test
  void body_typed_isReadByGson() {
    FunctionHandle point = typed("Point", "body.x + body.name + body.tags");
    FunctionHandle list = typed("List<Point>", "body.get(1).x");

    assertThat(WireCall.post("{\"x\":1,\"name\":\"n\",\"tags\":[\"a\"],\"more\":1}").text(point))
        .isEqualTo("1n[a]");
    assertThat(WireCall.post("\uFEFF{\"x\":1}").text(point)).isEqualTo("1nullnull");
    assertThat(WireCall.post("[{\"x\":1},{\"x\":2}]").text(list)).isEqualTo("2");
    assertThat(refusal(WireCall.post("{\"x\":\"no number\"}"), point))
        .hasMessageStartingWith("the body is not what a acme.F$Point can be made of: ");
    assertThat(refusal(WireCall.post("{"), point)).hasMessageStartingWith("the body is not what");
    assertThat(refusal(WireCall.post("[".repeat(100_000)), typed("List<List<Object>>", "body")))
        .hasMessageStartingWith("the body is ");
  }

  @Test
  void body_bytesAndTexts_areAsSent() {
    byte[] latin = "ü".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(
            WireCall.of("POST", "/")
                .body(latin)
                .text(typed("byte[]", "body.length + \":\" + body[0]")))
        .isEqualTo("1:-4");
    assertThat(
            WireCall.of("POST", "/")
                .body(latin)
                .header("Content-Type", "text/plain; charset=\"ISO-8859-1\"")
                .text(typed("Optional<String>", "body.get()")))
        .isEqualTo("ü");
    assertThat(
            WireCall.post("ü")
                .header("Content-Type", "text/plain; charset=x-none")
                .text(typed("String", "body")))
        .isEqualTo("ü");
  }

  @Test
  void body_ofAnyType_goesByItsMediaType() {
    FunctionHandle function = typed("Object", "body.getClass().getSimpleName() + body");

    assertThat(json("{\"a\":1}").text(function)).endsWith("Map{a=1.0}");
    assertThat(WireCall.post("{\"a\":1}").text(function)).isEqualTo("String{\"a\":1}");
    assertThat(WireCall.post("x").header("Content-Type", "application/octet-stream").text(function))
        .startsWith("byte[]");
  }

  private static WireCall json(String body) {
    return WireCall.post(body).header("Content-Type", "application/json");
  }

  @Test
  void trigger_withoutRequestMessage_isTheBody() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("echo")
            public static String echo(@HttpTrigger(name = "req") String body, ExecutionContext context) {
              return body + context.getFunctionName();
            }
            """);

    assertThat(WireCall.post("hi ").text(function)).isEqualTo("hi echo");
  }

  @Test
  void request_headersQueryAndUri_areTheClients() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("facts")
            public String facts(@HttpTrigger(name = "req") HttpRequestMessage<String> request) {
              return request.getHeaders().get("x-two") + request.getHeaders().get("X-Two")
                  + request.getHeaders().keySet() + " " + request.getQueryParameters() + " " + request.getUri();
            }
            """);

    assertThat(
            WireCall.of("GET", "/a%20b?q=1&e&q=%C3%BC+x&bad=%zz&|=[1]")
                .header("Host", "acme.org:8080")
                .header("X-Two", "a")
                .header("X-Two", "b")
                .text(function))
        .isEqualTo(
            "a,ba,b[host, x-two] {q=1,ü x, e=, bad=%zz, |=[1]}"
                + " http://acme.org:8080/a%20b?q=1&e&q=%C3%BC+x&bad=%25zz&%7C=%5B1%5D");
    assertThat(WireCall.of("GET", "/x").text(function)).endsWith(" http://localhost/x");
  }

  @Test
  void metadata_isOfRouteQueryAndBody() {
    FunctionHandle function =
        deploy(
            """
            public static class Point { int x; }
            @FunctionName("meta")
            public String meta(@HttpTrigger(name = "req", route = "m/{id}") HttpRequestMessage<Optional<String>> request,
                @BindingName("id") String id, @BindingName("Q") String q, @BindingName("point") Point point,
                @BindingName("n") Integer n, @BindingName("text") String text, @BindingName("none") Optional<String> none,
                @BindingName("Query") Map<String, String> query, @BindingName("Headers") Map<String, String> headers,
                @BindingName("$request") HttpRequestMessage<Point> again) {
              return id + q + (point == null ? null : point.x) + n + text + none + query + headers.get("x-h")
                  + (again.getBody() == null);
            }
            """);

    assertThat(
            WireCall.of("POST", "/api/m/%22a%22?q=4&n=7")
                .header("Content-Type", "application/json")
                .header("X-H", "h")
                .body("{\"point\":{\"x\":5},\"id\":\"not this\",\"text\":\"12\"}")
                .text(function))
        .isEqualTo("\"a\"45712Optional.empty{q=4, n=7}hfalse");
    assertThat(WireCall.of("GET", "/api/m/1").text(function))
        .isEqualTo("1nullnullnullnullOptional.empty{}nulltrue");
    assertThat(refusal(WireCall.of("GET", "/api/m/1?n=x"), function))
        .hasMessageStartingWith("metadata 'n' is not what a java.lang.Integer can be made of");
  }

  @Test
  void answer_ofEachType_hasItsMediaType() {
    Reply<byte[]> json = WireCall.post("").reply(answering("new Point()"));
    Reply<byte[]> bytes = WireCall.post("").reply(answering("new byte[] {-1}"));
    Reply<byte[]> own =
        WireCall.post("")
            .reply(
                answering(
                    "request.createResponseBuilder(HttpStatus.OK).header(\"content-type\", \"a/b\").body(List.of(1)).build()"));

    assertThat(new String(json.body(), StandardCharsets.UTF_8)).isEqualTo("{\"x\":1}");
    assertThat(json.headers()).containsEntry("Content-Type", List.of("application/json"));
    assertThat(bytes.body()).containsExactly(-1);
    assertThat(bytes.headers()).containsEntry("Content-Type", List.of("application/octet-stream"));
    assertThat(new String(own.body(), StandardCharsets.UTF_8)).isEqualTo("[1]");
    assertThat(own.headers()).containsEntry("Content-Type", List.of("a/b"));
    assertThat(WireCall.post("").text(answering("7"))).isEqualTo("7");
  }

  @Test
  void answer_nothing_is204() {
    FunctionHandle nothing =
        deploy(
            """
            @FunctionName("none")
            public void none(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request) {}
            """);

    assertThat(WireCall.post("").reply(nothing).status()).isEqualTo(204);
    assertThat(WireCall.post("").reply(answering("null")).status()).isEqualTo(204);
    assertThat(WireCall.post("").reply(answering("Optional.empty()")).status()).isEqualTo(204);
    assertThat(nothing.shape()).isEqualTo(Shape.EXCHANGE);
  }

  @Test
  void answer_builderAndMessage_tellWhatWasSet() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("build")
            public String build(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request) {
              HttpResponseMessage m = request.createResponseBuilder(HttpStatus.OK).status(HttpStatusType.custom(209))
                  .header("X-A", "1").body("b").build();
              return m.getStatusCode() + "," + m.getStatus().value() + "," + m.getHeader("x-a") + "," + m.getBody() + ","
                  + m.getHeader("none");
            }
            """);

    assertThat(WireCall.post("").text(function)).isEqualTo("209,209,1,b,null");
  }

  @Test
  void answer_messageOfTheFunctionsOwn_isSent() {
    FunctionHandle function =
        answering(
            """
            new HttpResponseMessage() {
              public HttpStatusType getStatus() { return HttpStatus.ACCEPTED; }
              public String getHeader(String key) { return key.equals("Content-Type") ? "text/csv" : null; }
              public Object getBody() { return "a;b"; }
            }
            """);

    Reply<byte[]> reply = WireCall.post("").reply(function);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.headers()).containsEntry("Content-Type", List.of("text/csv"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HttpStatus.CONTINUE).build()",
        "HttpStatusType.custom(99)).build()",
        "HttpStatusType.custom(1000)).build()",
        "HttpStatus.OK).header(\"X-A\", \"a\\r\\nX-B: b\").build()",
        "HttpStatus.OK).header(\"X\\nA\", \"a\").build()",
        "HttpStatus.OK).header(\"\", \"a\").build()",
        "HttpStatus.OK).body(Double.NaN).build()",
        "HttpStatus.OK).body(new Object() { Object self = this; Object[] all = {this}; List<Object> l = List.of(new Object[] {Thread.currentThread()}); }.l).build()",
      })
  void answer_thatCannotBeSent_failsTheCall_inBothWays(String answer) {
    FunctionHandle function = answering("request.createResponseBuilder(" + answer);

    assertThat(failure(WireCall.post(""), function))
        .isInstanceOf(OutputException.class)
        .hasMessageMatching("[^\\r\\n]+");
    assertThat(failure(AzureJar.envelope(AzureJar.HTTP), function))
        .isInstanceOf(OutputException.class);
  }

  @Test
  void otherTrigger_plainBody_isWhatItBrings() {
    FunctionHandle function =
        deploy(
            """
            public static class Point { int x; }
            @FunctionName("q")
            @QueueOutput(name = "out", queueName = "o", connection = "c")
            public String q(@QueueTrigger(name = "item", queueName = "q", connection = "c") Point item,
                @BlobInput(name = "blob", path = "p") String blob, @BindingName("count") Integer count) {
              return item.x + blob + count;
            }
            """);
    FunctionHandle text =
        deploy(
            """
            @FunctionName("t")
            public void t(@ServiceBusQueueTrigger(name = "m", queueName = "q", connection = "c") String message,
                ExecutionContext context) {
              if (!message.equals("\\"7\\"")) { throw new IllegalStateException(message); }
            }
            """);
    FunctionHandle bytes =
        deploy(
            """
            @FunctionName("b")
            public String b(@BlobTrigger(name = "m", path = "q") byte[] blob) { return Arrays.toString(blob); }
            """);

    assertThat(WireCall.of("POST", "/?count=3").body("{\"x\":7}").text(function))
        .isEqualTo("7null3");
    assertThat(function.shape()).isEqualTo(Shape.FUNCTION);
    assertThat(WireCall.post("\"7\"").reply(text).body()).isEmpty();
    assertThat(text.shape()).isEqualTo(Shape.CONSUMER);
    assertThat(failure(WireCall.post(""), text)).hasMessage("");
    assertThat(WireCall.post("AAE=").text(bytes)).isEqualTo("[65, 65, 69, 61]");
    assertThat(refusal(WireCall.post("no JSON"), function)).hasMessageStartingWith("the body is");
  }

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void outputs_ofAPlainCall_goNowhere_whichIsSaidOnce() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("two")
            @QueueOutput(name = "secret", queueName = "q", connection = "c")
            public String two(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request,
                @HttpOutput(name = "res") OutputBinding<String> response,
                @QueueOutput(name = "msg", queueName = "q", connection = "c") OutputBinding<String> message,
                ExecutionContext context) {
              context.getLogger().info("line");
              response.setValue("response");
              message.setValue("m");
              return "secret";
            }
            """);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream problems = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(problems, true, StandardCharsets.UTF_8));
    try {
      assertThat(WireCall.post("").text(function)).isEqualTo("response");
      assertThat(WireCall.post("").text(function)).isEqualTo("response");
    } finally {
      System.setOut(out);
      System.setErr(err);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsExactly("line", "line");
    assertThat(problems.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("[WARNING] output msg of function two goes nowhere");
  }

  @Test
  void answer_returnedAndSet_isTheReturned() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("both")
            public String both(@HttpTrigger(name = "req") String body,
                @HttpOutput(name = "res") OutputBinding<String> response) {
              response.setValue("set");
              return body;
            }
            """);

    assertThat(WireCall.post("returned").text(function)).isEqualTo("returned");
    assertThat(WireCall.post("").text(function)).isEqualTo("set");
  }

  @Test
  void context_knowsTheCall() {
    FunctionHandle function =
        deploy(
            """
            @FunctionName("who")
            public String who(@HttpTrigger(name = "req") HttpRequestMessage<String> request, ExecutionContext context) {
              return context.getFunctionName() + context.getInvocationId() + context.getTraceContext().getTraceparent()
                  + context.getTraceContext().getTracestate() + context.getRetryContext().getRetrycount()
                  + (context.getLogger() == context.getLogger());
            }
            """);

    assertThat(
            WireCall.of("GET", "/")
                .id("-id-")
                .header("Traceparent", "00-1")
                .header("tracestate", "-s")
                .text(function))
        .isEqualTo("who-id-00-1-s0true");
    assertThat(WireCall.of("GET", "/").id("-id-").text(function)).isEqualTo("who-id-0true");
  }

  @Test
  void value_inProcess_isConvertedAsAMessage() {
    FunctionHandle function = typed("String", "\"got \" + body");

    Object reply = function.invoke("x");

    assertThat(reply).isInstanceOf(Reply.class);
    assertThat(new String((byte[]) ((Reply<?>) reply).body(), StandardCharsets.UTF_8))
        .isEqualTo("got x");
  }
}
