package dev.hearth.http.contract.azure;

import static dev.hearth.http.contract.azure.AzureApp.httpIn;
import static dev.hearth.http.contract.azure.AzureApp.httpOut;
import static dev.hearth.http.contract.azure.AzureApp.map;
import static dev.hearth.http.contract.azure.AzureApp.out;
import static dev.hearth.http.contract.azure.AzureApp.queueIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the host forwards, or proxies, as their clients sent them. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class AzureForwardTest {

  private static final String FUNCTIONS =
      """
        @FunctionName("item") public HttpResponseMessage item(
            @HttpTrigger(name = "req", route = "items/{id}") HttpRequestMessage<Optional<String>> req,
            @BindingName("id") String id, ExecutionContext context) {
          return req.createResponseBuilder(HttpStatusType.custom(418)).header("X-B", "b c")
              .body(req.getHttpMethod() + " " + req.getUri().getPath() + " " + req.getQueryParameters()
                  + " " + id + " " + req.getBody().orElse("none") + " " + context.getInvocationId()).build();
        }
        @FunctionName("moved") public HttpResponseMessage moved(
            @HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> req) {
          return req.createResponseBuilder(HttpStatus.FOUND).header("Location", "/there").build();
        }
        @FunctionName("boom") public String boom(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> req) {
          throw new IllegalStateException("secret");
        }
      """;
  private static final String NAME =
      """
      package t;
      public class Name implements dev.hearth.function.StreamFunction {
        public void handle(dev.hearth.function.Request in, dev.hearth.function.Response out,
            dev.hearth.function.Context context) throws Exception {
          out.body().write((context.environment().function() + " " + in.method() + " " + in.path() + " "
              + new java.util.TreeMap<>(context.attributes())).getBytes("UTF-8"));
        }
      }
      """;
  private static final String FORWARDING =
      "{\"customHandler\": {\"description\": {}, \"enableForwardingHttpRequest\": true}}";

  private static Path azures;
  private static Path names;

  @TempDir Path directory;
  private AzureApp app;

  @AfterEach
  void stop() {
    if (app != null) {
      app.close();
    }
  }

  @BeforeAll
  static void build(@TempDir Path archives) {
    azures = AzureApp.jar(archives).source("acme.F", AzureApp.type("F", FUNCTIONS)).build("f.jar");
    names = TestJar.of(archives).withApi().source("t.Name", NAME).build("names.jar");
  }

  private AzureApp azuresApp(String hostJson) throws IOException {
    app =
        AzureApp.in(directory)
            .hostJson(hostJson)
            .function("item", "acme.F.item", httpIn(", \"route\": \"items/{id}\""), httpOut("res"))
            .function("moved", "acme.F.moved", httpIn(), httpOut("res"))
            .function("boom", "acme.F.boom", httpIn(), httpOut("res"))
            .serve(azures);
    return app;
  }

  @Test
  void azure_case_25_forwardedRequest_isTheClientsAndItsAnswerPassesUnchanged() throws IOException {
    azuresApp(FORWARDING);

    Answered answer = app.forward("PUT", "/api/items/7?a=1", "hi", "Content-Type: text/plain");

    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.header("X-B")).isEqualTo("b c");
    assertThat(answer.text()).isEqualTo("PUT /api/items/7 {a=1} 7 hi " + AzureApp.ID);
  }

  @Test
  void azure_case_25_forwardedAnswers_ofEachStatus_areTheClients() throws IOException {
    azuresApp(FORWARDING);

    Answered moved = app.forward("GET", "/api/moved", "");
    assertThat(moved.status()).isEqualTo(302);
    assertThat(moved.header("Location")).isEqualTo("/there");
    assertThat(app.forward("GET", "/api/boom", "").status()).isEqualTo(500);
    assertThat(app.forward("GET", "/api/items/1/2", "").status()).isEqualTo(404);
  }

  @Test
  void azure_case_26_noBodyAndNoLength_isAnEmptyBody() throws IOException {
    azuresApp(FORWARDING);

    assertThat(app.forward("POST", "/api/items/7", "").text())
        .isEqualTo("POST /api/items/7 {} 7 none " + AzureApp.ID);
  }

  @Test
  void azure_case_27_proxiedUpload_isStreamedBothWays() throws Exception {
    app =
        AzureApp.in(directory)
            .hostJson(
                "{\"customHandler\": {\"description\": {}, \"enableProxyingHttpRequest\": true}}")
            .function("mirror", "t.Mirror", httpIn(), httpOut("res"))
            .serve(Functions.jar(directory));
    byte[] part = new byte[64 << 10];
    new Random(7).nextBytes(part);
    int parts = 160; // 10 MiB
    try (RawClient client = app.connect()) {
      client.send(
          "POST /api/mirror HTTP/1.1\r\nHost: x\r\nX-Azure-Functions-InvocationId: "
              + AzureApp.ID
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("10000\r\n").send(part).send("\r\n");
      assertThat(client.readHead().status()).isEqualTo(200);
      byte[] first = client.chunk(); // while most of the upload is still to come
      assertThat(first).isEqualTo(Arrays.copyOf(part, first.length));
      Thread sender = new Thread(() -> send(client, part, parts - 1));
      sender.start();
      long received = first.length;
      for (byte[] chunk = client.chunk(); chunk.length > 0; chunk = client.chunk()) {
        int at = (int) (received % part.length);
        assertThat(chunk[0]).isEqualTo(part[at]);
        received += chunk.length;
      }
      sender.join(60_000);
      assertThat(received).isEqualTo((long) parts * part.length);
    }
  }

  private static void send(RawClient client, byte[] part, int times) {
    try {
      for (int i = 0; i < times; i++) {
        client.send("10000\r\n").send(part).send("\r\n");
      }
      client.send("0\r\n\r\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void azure_case_28_rootWithAnId_isTheFunctions() throws IOException {
    app =
        AzureApp.in(directory)
            .hostJson(
                "{\"extensions\": {\"http\": {\"routePrefix\": \"\"}}, \"customHandler\":"
                    + " {\"enableForwardingHttpRequest\": true}}")
            .function("home", "t.Name", httpIn(", \"route\": \"/\""), httpOut("res"))
            .function("rest", "t.Name", httpIn(", \"route\": \"{*rest}\""), httpOut("res"))
            .serve(names);

    assertThat(app.forward("GET", "/", "").text()).startsWith("home GET / ");
    assertThat(app.forward("GET", "/x/y", "").text())
        .contains("rest GET /x/y ", "azure.param.rest=x/y");
    assertThat(app.host().get("/").text()).isEmpty();
  }

  @Test
  void azure_case_28_rootWithoutThePrefix_isFound() throws IOException {
    app =
        AzureApp.in(directory)
            .function("home", "t.Name", httpIn(", \"route\": \"/\""), httpOut("res"))
            .function("item", "t.Name", httpIn(", \"route\": \"items/{id}\""), httpOut("res"))
            .serve(names);

    assertThat(app.forward("GET", "/", "").text()).startsWith("home GET / ");
    assertThat(app.forward("GET", "/items/7", "").text()).contains("azure.param.id=7");
  }

  @Test
  void azure_case_28_onlyFunction_takesEveryPath() throws IOException {
    app =
        AzureApp.in(directory)
            .hostJson(FORWARDING)
            .function("only", "t.Name", httpIn(), httpOut("res"))
            .serve(names);

    assertThat(app.forward("GET", "/", "").text()).startsWith("only GET / ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /shop/items/new, fresh",
    "GET, /shop/items/7, numbered",
    "GET, /shop/items/seven, named",
    "POST, /shop/items/7, posted",
    "GET, /shop/items/7/parts/8, rest",
    "DELETE, /SHOP/other, other",
  })
  void forwarded_severalRoutesFit_theMostParticularIsMeant(
      String method, String path, String function) throws IOException {
    app =
        AzureApp.in(directory)
            .hostJson(
                "{\"extensions\": {\"http\": {\"routePrefix\": \"/shop/\"}}, \"customHandler\":"
                    + " {\"enableForwardingHttpRequest\": true}}")
            .function("fresh", "t.Name", httpIn(", \"route\": \"items/new\""), httpOut("res"))
            .function(
                "numbered",
                "t.Name",
                httpIn(", \"route\": \"items/{id:int}\", \"methods\": [\"get\"]"),
                httpOut("res"))
            .function(
                "named", "t.Name", httpIn(", \"route\": \"items/{name:alpha}\""), httpOut("res"))
            .function(
                "posted",
                "t.Name",
                httpIn(", \"route\": \"items/{id}\", \"methods\": [\"post\"]"),
                httpOut("res"))
            .function("rest", "t.Name", httpIn(", \"route\": \"items/{*all}\""), httpOut("res"))
            .function("other", "t.Name", httpIn(), httpOut("res"))
            .serve(names);

    assertThat(app.forward(method, path, "").text()).startsWith(function + " " + method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"enableForwardingHttpRequest", "enableProxyingHttpRequest"})
  void forwarded_pathThatIsAlsoAName_isNoEnvelope(String mode) throws IOException {
    app =
        AzureApp.in(directory)
            .hostJson(
                "{\"extensions\": {\"http\": {\"routePrefix\": \"\"}}, \"customHandler\": {\""
                    + mode
                    + "\": true}}")
            .function("orders", "t.Name", httpIn(), httpOut("res"))
            .serve(names);

    assertThat(app.forward("POST", "/orders", "{}", "Content-Type: application/json").text())
        .startsWith("orders POST /orders ");
  }

  @Test
  void forwarding_functionWithMoreBindings_isCalledByEnvelope() throws IOException {
    app =
        AzureApp.in(directory)
            .hostJson(FORWARDING)
            .function("both", "t.Name", httpIn(), httpOut("res"), out("queue", "msg"))
            .function("queued", "t.Name", queueIn("item"), out("queue", "$return"))
            .serve(names);

    String http = "{<Data>:{<req>:{<Url>:<http://h/api/both>,<Method>:<GET>}},<Metadata>:{}}";
    assertThat((String) AzureApp.at(app.succeed("both", http), "Outputs", "res", "body"))
        .startsWith("both GET /api/both ");
    assertThat((String) AzureApp.at(app.succeed("queued", "{<Data>:{<item>:<x>}}"), "ReturnValue"))
        .startsWith("queued POST /queued ");
    assertThat(app.forward("GET", "/queued", "").status()).isEqualTo(404);
    assertThat(app.forward("GET", "/api/queued", "").status()).isEqualTo(404);
  }

  @Test
  void olderSection_forwardsToTheName() throws IOException {
    app =
        AzureApp.in(directory)
            .hostJson("{\"httpWorker\": {\"description\": {}}}")
            .function("item", "acme.F.item", httpIn(", \"route\": \"items/{id?}\""), httpOut("res"))
            .function("boom", "acme.F.boom", httpIn(), httpOut("res"))
            .serve(azures);

    assertThat(app.forward("POST", "/boom", "x").status()).isEqualTo(500);
    assertThat(app.forward("POST", "/item?a=1", "x").text())
        .isEqualTo("POST /item {a=1} null x " + AzureApp.ID);
  }

  @Test
  void azure_case_21_unknownPath_is404WithJson() throws IOException {
    azuresApp(FORWARDING);

    Answered answer = app.forward("GET", "/api/nosuch", "");

    assertThat(answer.status()).isEqualTo(404);
    assertThat((String) map(answer).get("error")).contains("GET /api/nosuch");
  }
}
