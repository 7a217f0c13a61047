package dev.hearth.http.contract.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.signature.spi.InputException;
import dev.hearth.testing.TestBag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The cases of the mapping between HTTP and events, 40 to 59, over a socket. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
@ResourceLock("emulator.result")
final class GatewayTest {

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

  private Emulated gateway(String gateway, String... more) {
    String[] variables = Arrays.copyOf(more, more.length + 2);
    variables[more.length] = EmulatorSettings.GATEWAY;
    variables[more.length + 1] = gateway;
    return new Emulated(jar, variables);
  }

  /** One function behind a gateway, which gives the result. */
  private void serve(String gateway, String result) throws IOException {
    stop();
    host = gateway(gateway, EmulatorSettings.TIMEOUT, "1").with("fn1", "F$Result").serve();
    System.getProperties().put("emulator.result", result);
  }

  private static Map<?, ?> event() throws InputException {
    Object event = JsonText.parse(String.valueOf(TestBag.get("emulator.event")));
    return (Map<?, ?>) event;
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  /** The event for a request. */
  private Map<?, ?> event(
      String gateway, String method, String path, String body, String... headers)
      throws IOException, InputException {
    serve(gateway, "{\"statusCode\":200}");
    assertThat(host.send(method, path, body, headers).status()).isEqualTo(200);
    return event();
  }

  private Answered response(String gateway, String result) throws IOException {
    serve(gateway, result);
    return host.send("GET", "/", "");
  }

  @Test
  void emulator_case_40_pathAndQuery_areDecodedAndJoined() throws Exception {
    Map<?, ?> event = event("http-api", "GET", "/p%20q?a=1&a=2&b=", "");

    assertThat(event.get("version")).isEqualTo("2.0");
    assertThat(event.get("rawPath")).isEqualTo("/p q");
    assertThat(event.get("rawQueryString")).isEqualTo("a=1&a=2&b=");
    assertThat(event.get("queryStringParameters")).isEqualTo(Map.of("a", "1,2", "b", ""));
  }

  @Test
  void emulator_case_41_cookies_areAListOfTheirOwn() throws Exception {
    Map<?, ?> event = event("http-api", "GET", "/", "", "Cookie: c1=v1; c2=v2");

    assertThat(event.get("cookies")).isEqualTo(List.of("c1=v1", "c2=v2"));
    assertThat(map(event.get("headers")).containsKey("cookie")).isFalse();
  }

  @Test
  void emulator_case_42_repeatedHeaders_areJoinedOrListed() throws Exception {
    Map<?, ?> two = event("http-api", "GET", "/", "", "X-T: 1", "X-T: 2");
    Map<?, ?> one = event("rest", "GET", "/", "", "X-T: 1", "X-T: 2");

    assertThat(map(two.get("headers")).get("x-t")).isEqualTo("1,2");
    assertThat(map(one.get("headers")).get("X-T")).isEqualTo("2");
    assertThat(map(one.get("multiValueHeaders")).get("X-T")).isEqualTo(List.of("1", "2"));
  }

  @Test
  void emulator_case_43_text_isText() throws Exception {
    for (String gateway : List.of("http-api", "rest", "function-url")) {
      Map<?, ?> event = event(gateway, "POST", "/", "\u00e9", "Content-Type: text/plain");

      assertThat(event.get("body")).isEqualTo("\u00e9");
      assertThat(event.get("isBase64Encoded")).isEqualTo(false);
    }
  }

  @Test
  void emulator_case_44_form_isBytesUnlessTheApiIsARestOne() throws Exception {
    String type = "Content-Type: application/x-www-form-urlencoded";
    Map<?, ?> two = event("http-api", "POST", "/", "a=b", type);
    Map<?, ?> one = event("rest", "POST", "/", "a=b", type);

    assertThat(two.get("body")).isEqualTo("YT1i");
    assertThat(two.get("isBase64Encoded")).isEqualTo(true);
    assertThat(one.get("body")).isEqualTo("a=b");
    assertThat(one.get("isBase64Encoded")).isEqualTo(false);
  }

  @Test
  void emulator_case_45_bodyWithoutType_isBytes() throws Exception {
    Map<?, ?> event = event("http-api", "POST", "/", "x");

    assertThat(event.get("body")).isEqualTo("eA==");
    assertThat(event.get("isBase64Encoded")).isEqualTo(true);
  }

  @Test
  void emulator_case_46_and_47_nothing_isLeftOutOrNull() throws Exception {
    Map<?, ?> two = event("http-api", "GET", "/", "");
    Map<?, ?> one = event("rest", "GET", "/", "");

    assertThat(two.containsKey("body")).isFalse();
    assertThat(two.containsKey("queryStringParameters")).isFalse();
    assertThat(two.get("rawQueryString")).isEqualTo("");
    assertThat(one.containsKey("body")).isTrue();
    assertThat(one.get("body")).isNull();
    assertThat(one.containsKey("queryStringParameters")).isTrue();
    assertThat(one.get("queryStringParameters")).isNull();
    assertThat(one.get("multiValueQueryStringParameters")).isNull();
  }

  @Test
  void event_forwarding_isTold() throws Exception {
    Map<?, ?> headers =
        map(event("http-api", "GET", "/", "", "X-Forwarded-For: 192.0.2.1").get("headers"));

    assertThat(headers.get("x-forwarded-for")).isEqualTo("192.0.2.1, 127.0.0.1");
    assertThat(headers.get("x-forwarded-proto")).isEqualTo("http");
    assertThat((String) headers.get("x-amzn-trace-id")).startsWith("Root=1-");
    assertThat(map(event("load-balancer", "GET", "/", "").get("requestContext")).get("elb"))
        .isNotNull();
  }

  @Test
  void emulator_case_48_result_isStatusHeadersCookiesAndBody() throws Exception {
    Answered answer =
        response(
            "http-api",
            "{\"statusCode\":201,\"headers\":{\"x\":\"1\"},\"cookies\":[\"a=1\",\"b=2\"],"
                + "\"body\":\"ok\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("x")).isEqualTo("1");
    assertThat(answer.all("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text()).isEqualTo("ok");
  }

  @Test
  void emulator_case_49_to_52_otherResults_areWhatTheServiceMakesOfThem() throws Exception {
    Answered object = response("http-api", "{\"k\":1}");
    assertThat(object.status()).isEqualTo(200);
    assertThat(object.text()).isEqualTo("{\"k\":1}");
    assertThat(object.header("Content-Type")).isEqualTo("application/json");
    assertThat(response("function-url", "\"Hello, world!\"").body()).hasSize(15);
    String encoded = "{\"statusCode\":200,\"body\":\"AAE=\",\"isBase64Encoded\":true}";
    assertThat(response("http-api", encoded).body()).containsExactly(0, 1);
    assertThat(response("rest", encoded).text()).isEqualTo("AAE=");
    assertThat(response("http-api", "{\"statusCode\":\"204\"}").status()).isEqualTo(204);
  }

  @Test
  void emulator_case_53_unknownKeyOfARestResult_is502() throws Exception {
    Answered answer = response("rest", "{\"statusCode\":200,\"foo\":1}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(response("http-api", "{\"statusCode\":101}").status()).isEqualTo(500);
    assertThat(response("load-balancer", "nonsense").status()).isEqualTo(502);
  }

  @Test
  void emulator_case_54_singleAndMultiValueHeaders_areMerged() throws Exception {
    Answered answer =
        response(
            "rest",
            "{\"statusCode\":200,\"headers\":{\"X\":\"a\"},\"multiValueHeaders\":{\"X\":[\"a\",\"b\"]}}");

    assertThat(answer.all("X")).containsExactly("a", "b");
  }

  @Test
  void emulator_case_55_functionThatThrows_isTheGatewaysError() throws Exception {
    Answered rest = response("rest", "throw");
    Answered http = response("http-api", "throw");
    Answered url = response("function-url", "throw");

    assertThat(rest.status()).isEqualTo(502);
    assertThat(http.status()).isEqualTo(500);
    assertThat(http.text()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    assertThat(url.status()).isEqualTo(502);
    assertThat(url.text()).isEqualTo("Internal Server Error");
  }

  @Test
  void timeout_ofTheFunctionOrOfTheGateway_areToldApart() throws Exception {
    assertThat(response("rest", "sleep").status()).isEqualTo(502);
    for (String gateway : List.of("rest", "http-api")) {
      stop();
      host =
          gateway(gateway, EmulatorSettings.GATEWAY_TIMEOUT, "100ms")
              .with("fn1", "F$Result")
              .serve();
      assertThat(host.send("GET", "/", "").status()).isEqualTo(gateway.equals("rest") ? 504 : 503);
    }
  }

  @Test
  void emulator_case_56_unmatchedRoute_is403Or404() throws Exception {
    for (String gateway : List.of("rest", "http-api")) {
      stop();
      host =
          gateway(gateway)
              .with("fn1", "F$Result", s -> s.property(Routes.PROPERTY, "GET /pets/{id}"))
              .serve();
      Answered path = host.send("GET", "/pets", "");
      Answered method = host.send("POST", "/pets/7", "");

      boolean rest = gateway.equals("rest");
      assertThat(path.status()).isEqualTo(rest ? 403 : 404);
      assertThat(path.text())
          .isEqualTo(
              rest
                  ? "{\"message\":\"Missing Authentication Token\"}"
                  : "{\"message\":\"Not Found\"}");
      assertThat(method.status()).isEqualTo(rest ? 403 : 404);
    }
  }

  @Test
  void emulator_case_57_bestRoute_isTakenWithItsParameters() throws Exception {
    System.getProperties().put("emulator.result", "{\"statusCode\":200}");
    host =
        gateway("http-api", EmulatorSettings.STAGE, "prod")
            .with("pet", "F$Result", s -> s.property(Routes.PROPERTY, "GET /pets/{id}"))
            .with(
                "rest",
                "F$Result",
                s -> s.property(Routes.PROPERTY, "ANY /{proxy+}; ANY /pets/{id}; $default"))
            .serve();

    host.send("GET", "/pets/7", "");
    assertThat(event().get("pathParameters")).isEqualTo(Map.of("id", "7"));
    assertThat(event().get("routeKey")).isEqualTo("GET /pets/{id}");
    assertThat(event().get("rawPath")).isEqualTo("/prod/pets/7");
    host.send("GET", "/pets/7/x", "");
    assertThat(event().get("pathParameters")).isEqualTo(Map.of("proxy", "pets/7/x"));
    assertThat(event().get("routeKey")).isEqualTo("ANY /{proxy+}");
    host.send("PUT", "/pets/a%20b", "");
    assertThat(event().get("pathParameters")).isEqualTo(Map.of("id", "a b"));
    host.send("GET", "/", "");
    assertThat(event().get("routeKey")).isEqualTo("$default");
  }

  @Test
  void routes_nonsense_isRefusedAtTheStart() {
    for (String routes : List.of("GET", "FETCH /a", "GET a", "GET /{a+}/b", "$default")) {
      host = gateway("rest").with("fn1", "F$Result", s -> s.property(Routes.PROPERTY, routes));
      assertThatThrownBy(host::serve)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("function 'fn1': lambda.routes has '" + routes + "'");
      host.close();
    }
    host = gateway("function-url").with("a", "F$Result").with("b", "F$Result");
    assertThatThrownBy(host::serve).hasMessageContaining("none of 2 functions has a route");
  }

  private Answered streamed(String type, String result) throws IOException {
    stop();
    System.getProperties().put("emulator.result", result);
    host =
        gateway("function-url", EmulatorSettings.STREAM_TYPE, type)
            .with("fn1", "F$Result", s -> s.property(Gateway.INVOKE_MODE, "RESPONSE_STREAM"))
            .serve();
    return host.send("GET", "/", "");
  }

  @Test
  void emulator_case_58_streamedResult_beginsWithItsPrelude() throws Exception {
    Answered teapot =
        streamed(
            UrlPrelude.TYPE,
            "{\"statusCode\":418,\"headers\":{\"x\":\"1\"},\"cookies\":[\"a=1\",\"b=2\"]}\0\0\0||\0\0\0\0\0x||yz");
    assertThat(teapot.status()).isEqualTo(418);
    assertThat(teapot.header("x")).isEqualTo("1");
    assertThat(teapot.all("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(teapot.text()).isEqualTo("xyz");

    Answered bare = streamed(UrlPrelude.TYPE, "{}\0\0\0\0\0\0\0\0x");
    assertThat(bare.status()).isEqualTo(200);
    assertThat(bare.text()).isEqualTo("x");
    Answered raw = streamed("text/plain", "{\"statusCode\":418}");
    assertThat(raw.status()).isEqualTo(200);
    assertThat(raw.header("Content-Type")).isEqualTo("text/plain");
    assertThat(raw.text()).isEqualTo("{\"statusCode\":418}");
  }

  @Test
  void streamedResult_brokenPrelude_is502() throws Exception {
    for (String result :
        List.of("{\"statusCode\":418}", "[]\0\0\0\0\0\0\0\0", "{\0\0\0\0\0\0\0\0", "throw")) {
      assertThat(streamed(UrlPrelude.TYPE, result).status()).isEqualTo(502);
    }
    assertThat(streamed(UrlPrelude.TYPE, "{\"statusCode\":99}\0\0\0\0\0\0\0\0").status())
        .isEqualTo(502);
  }

  @Test
  void emulator_case_59_functionUrl_hasTheDefaultRouteAndStage() throws Exception {
    Map<?, ?> event = event("function-url", "GET", "/any/path", "");

    assertThat(event.get("routeKey")).isEqualTo("$default");
    Map<?, ?> context = map(event.get("requestContext"));
    assertThat(context.get("stage")).isEqualTo("$default");
    assertThat(context.get("accountId")).isEqualTo("anonymous");
    assertThat(event.containsKey("pathParameters")).isFalse();
  }

  @Test
  void plainFunction_behindAGateway_isGivenTheRequestItself() throws Exception {
    host = gateway("rest").with("fn1", "P").serve();

    Answered answer = host.send("PUT", "/a/b?c=d", "body");
    Answered failed = host.send("GET", "/boom", "");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("X-Path")).isEqualTo("PUT /a/b?c=d");
    assertThat(answer.text()).isEqualTo("body");
    assertThat(failed.status()).isEqualTo(502);
    assertThat(new String(failed.body(), ISO_8859_1)).doesNotContain("secret");
    assertThat(host.out()).anyMatch(line -> line.startsWith("START RequestId: "));
    assertThat(host.invoke("fn1", "1").text()).as("and is there to be invoked").isEqualTo("1");
  }
}
