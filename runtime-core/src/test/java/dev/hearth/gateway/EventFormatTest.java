package dev.hearth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of requests and responses of results; case numbers are those of the emulator's contract, section 11. */
class EventFormatTest {

  private static final Facts FACTS =
      new Facts(
          "req-1",
          "192.0.2.1",
          1583348638390L,
          "123456789012",
          "abc",
          "abc.execute-api.us-east-1.amazonaws.com",
          "$default",
          "$default",
          Map.of(),
          Map.of(),
          List.of());

  private static Request request(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    return new MemoryExchange(
            method, path, query, headers, new ByteArrayInputStream(body), body.length)
        .request();
  }

  private static Map<?, ?> event(
      EventFormat format,
      String method,
      String path,
      String query,
      Map<String, List<String>> headers,
      String body)
      throws Exception {
    return event(format, FACTS, method, path, query, headers, body);
  }

  private static Map<?, ?> event(
      EventFormat format,
      Facts facts,
      String method,
      String path,
      String query,
      Map<String, List<String>> headers,
      String body)
      throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String json = format.event(request(method, path, query, headers, bytes), bytes, facts);
    return (Map<?, ?>) JsonText.parse(json);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) java.util.Objects.requireNonNull(value);
  }

  @Test
  void case_40_pathAndQuery_areDecodedAndJoined() throws Exception {
    Map<?, ?> event = event(EventFormat.HTTP_API, "GET", "/p%20q", "a=1&a=2&b=", Map.of(), "");

    assertThat(event.get("rawPath")).isEqualTo("/p q");
    assertThat(event.get("rawQueryString")).isEqualTo("a=1&a=2&b=");
    assertThat(map(event.get("queryStringParameters")).toString()).isEqualTo("{a=1,2, b=}");
    assertThat(map(map(event.get("requestContext")).get("http")).get("method")).isEqualTo("GET");
    assertThat(map(event.get("requestContext")).get("time"))
        .isEqualTo("04/Mar/2020:19:03:58 +0000");
  }

  @Test
  void case_41_cookies_areAListOutOfTheHeaders() throws Exception {
    Map<String, List<String>> headers = Map.of("Cookie", List.of("c1=v1; c2=v2"));

    Map<?, ?> event = event(EventFormat.HTTP_API, "GET", "/", "", headers, "");

    assertThat(event.get("cookies")).isEqualTo(List.of("c1=v1", "c2=v2"));
    assertThat(map(event.get("headers")).get("cookie")).isNull();
    assertThat(
            map(event(EventFormat.FUNCTION_URL, "GET", "/", "", headers, "").get("headers"))
                .get("cookie"))
        .isEqualTo("c1=v1; c2=v2");
  }

  @Test
  void case_42_headerTwice_isJoinedOrHasATwin() throws Exception {
    Map<String, List<String>> headers = Map.of("X-T", List.of("1", "2"));

    assertThat(
            map(event(EventFormat.HTTP_API, "GET", "/", "", headers, "").get("headers")).get("x-t"))
        .isEqualTo("1,2");
    Map<?, ?> one = event(EventFormat.REST, "GET", "/", "", headers, "");
    assertThat(map(one.get("headers")).get("X-T")).isEqualTo("2");
    assertThat(map(one.get("multiValueHeaders")).get("X-T")).isEqualTo(List.of("1", "2"));
  }

  @Test
  void cases_43_to_45_bodies_areTextOnlyForTypesOfText() throws Exception {
    Map<?, ?> text =
        event(
            EventFormat.HTTP_API,
            "POST",
            "/",
            "",
            Map.of("Content-Type", List.of("text/plain; charset=utf-8")),
            "é");
    assertThat(text.get("body")).isEqualTo("é");
    assertThat(text.get("isBase64Encoded")).isEqualTo(false);

    Map<String, List<String>> form =
        Map.of("Content-Type", List.of("application/x-www-form-urlencoded"));
    Map<?, ?> two = event(EventFormat.HTTP_API, "POST", "/", "", form, "a=b");
    assertThat(two.get("body")).isEqualTo("YT1i");
    assertThat(two.get("isBase64Encoded")).isEqualTo(true);
    Map<?, ?> one = event(EventFormat.REST, "POST", "/", "", form, "a=b");
    assertThat(one.get("body")).isEqualTo("a=b");
    assertThat(one.get("isBase64Encoded")).isEqualTo(false);

    assertThat(event(EventFormat.HTTP_API, "POST", "/", "", Map.of(), "x").get("isBase64Encoded"))
        .isEqualTo(true);
  }

  @Test
  void cases_46_and_47_nothing_isAbsentOrNull() throws Exception {
    Map<?, ?> two = event(EventFormat.HTTP_API, "GET", "/", "", Map.of(), "");
    assertThat(two.containsKey("body")).isFalse();
    assertThat(two.containsKey("queryStringParameters")).isFalse();
    assertThat(two.get("rawQueryString")).isEqualTo("");

    Map<?, ?> one = event(EventFormat.REST, "GET", "/", "", Map.of(), "");
    assertThat(one.containsKey("body")).isTrue();
    assertThat(one.get("body")).isNull();
    assertThat(one.get("queryStringParameters")).isNull();
    assertThat(one.containsKey("multiValueQueryStringParameters")).isTrue();
  }

  @Test
  void case_59_functionUrl_hasTheDefaultRoute() throws Exception {
    Map<?, ?> event = event(EventFormat.FUNCTION_URL, "GET", "/x", "", Map.of(), "");

    assertThat(event.get("routeKey")).isEqualTo("$default");
    assertThat(map(event.get("requestContext")).get("stage")).isEqualTo("$default");
    assertThat(event.containsKey("pathParameters")).isFalse();
  }

  @Test
  void event_stageAndRoute_areInPathAndContext() throws Exception {
    Facts facts =
        new Facts(
            "r",
            "192.0.2.1",
            0,
            "1",
            "abc",
            "abc.example",
            "prod",
            "/pets/{id}",
            Map.of("id", "7"),
            Map.of("k", "v"),
            List.of());

    Map<?, ?> two = event(EventFormat.HTTP_API, facts, "GET", "/pets/7", "", Map.of(), "");
    assertThat(two.get("rawPath")).isEqualTo("/prod/pets/7");
    assertThat(two.get("routeKey")).isEqualTo("GET /pets/{id}");
    assertThat(two.get("pathParameters")).isEqualTo(Map.of("id", "7"));
    Map<?, ?> one = event(EventFormat.REST, facts, "GET", "/pets/7", "", Map.of(), "");
    assertThat(one.get("path")).isEqualTo("/pets/7");
    assertThat(map(one.get("requestContext")).get("path")).isEqualTo("/prod/pets/7");
    assertThat(one.get("resource")).isEqualTo("/pets/{id}");
  }

  @Test
  void route_thatTakesEveryMethod_isNamedSo() throws Exception {
    Facts local = Facts.local("id", 0);
    Facts facts =
        new Facts(
            "id",
            local.sourceIp(),
            0,
            local.accountId(),
            local.apiId(),
            local.domainName(),
            Facts.DEFAULT,
            "ANY /a",
            Map.of(),
            Map.of(),
            List.of());

    assertThat(event(EventFormat.HTTP_API, facts, "GET", "/a", "", Map.of(), "").get("routeKey"))
        .isEqualTo("ANY /a");
    assertThat(event(EventFormat.REST, facts, "GET", "/a", "", Map.of(), "").get("resource"))
        .isEqualTo("/a");
  }

  private static String shown(GatewayResponse response) {
    StringBuilder text = new StringBuilder().append(response.status());
    for (GatewayResponse.Line line : response.headers()) {
      text.append(' ').append(line.name()).append('=').append(line.value());
    }
    return text.append(" | ")
        .append(new String(response.body(), StandardCharsets.UTF_8))
        .toString();
  }

  private static String two(String result) throws MalformedResultException {
    return shown(EventFormat.HTTP_API.response(result, FACTS));
  }

  private static String rest(String result) throws MalformedResultException {
    return shown(EventFormat.REST.response(result, FACTS));
  }

  @Test
  void cases_48_to_52_results_becomeResponses() throws Exception {
    assertThat(
            two(
                "{\"statusCode\":201,\"headers\":{\"x\":\"1\"},\"cookies\":[\"a=1\",\"b=2\"],\"body\":\"ok\"}"))
        .isEqualTo("201 x=1 Set-Cookie=a=1 Set-Cookie=b=2 Content-Type=application/json | ok");
    assertThat(two("{\"k\":1}")).isEqualTo("200 Content-Type=application/json | {\"k\":1}");
    assertThat(two("\"Hello, world!\""))
        .isEqualTo("200 Content-Type=application/json | \"Hello, world!\"");
    assertThat(
            EventFormat.HTTP_API
                .response("{\"statusCode\":200,\"body\":\"AAE=\",\"isBase64Encoded\":true}", FACTS)
                .body())
        .containsExactly(0, 1);
    assertThat(rest("{\"statusCode\":200,\"body\":\"AAE=\",\"isBase64Encoded\":true}"))
        .endsWith("| AAE=");
    assertThat(two("{\"statusCode\":\"204\"}")).startsWith("204 ");
  }

  @Test
  void cases_53_and_54_rest_knowsItsKeysAndMergesHeaders() throws Exception {
    assertThatExceptionOfType(MalformedResultException.class)
        .isThrownBy(() -> rest("{\"statusCode\":200,\"foo\":1}"))
        .withMessageContaining("'foo'");
    assertThat(rest("{\"headers\":{\"X\":\"a\"},\"multiValueHeaders\":{\"X\":[\"a\",\"b\"]}}"))
        .isEqualTo("200 X=a X=b Content-Type=application/json | ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"statusCode\":99}",
        "{\"statusCode\":1000}",
        "{\"statusCode\":true}",
        "{\"statusCode\":2e2}",
        "{\"statusCode\":200,\"body\":7}",
        "{\"statusCode\":200,\"headers\":[]}",
        "{\"statusCode\":200,\"headers\":{\"x\":[]}}",
        "{\"statusCode\":200,\"body\":\"?\",\"isBase64Encoded\":true}",
        "{\"statusCode\":200,\"isBase64Encoded\":\"yes\"}",
        "{\"statusCode\":200,\"cookies\":\"a=1\"}",
        "no json"
      })
  void response_malformedResult_isRefused(String result) {
    assertThatExceptionOfType(MalformedResultException.class).isThrownBy(() -> two(result));
  }

  @Test
  void eventRequest_ofItsOwnEvents_isTheRequestAgain() throws Exception {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of("h"));
    headers.put("Content-Type", List.of("application/octet-stream"));
    headers.put("X-T", List.of("1"));
    byte[] body = {0, (byte) 0xff, 7};
    for (EventFormat format : EventFormat.values()) {
      if (format == EventFormat.REST) {
        continue; // one without binary types has no way to hand on bytes
      }
      Request sent = request("PUT", "/a%20b/%C3%A9", "q=1%202&r=", headers, body);

      EventRequest read = EventRequest.of(format.event(sent, body, FACTS));

      assertThat(read).as(format.name()).isNotNull();
      assertThat(read.method()).isEqualTo("PUT");
      assertThat(read.path()).as(format.name()).isEqualTo("/a%20b/%C3%A9");
      assertThat(Query.parse(read.query())).as(format.name()).isEqualTo(Query.parse("q=1%202&r="));
      assertThat(read.headers().first("x-t")).contains("1");
      assertThat(read.bytes()).as(format.name()).isEqualTo(body);
    }
  }

  @Test
  void eventRequest_ofAnotherEvent_isNull() throws Exception {
    assertThat(EventRequest.of("{\"Records\":[{\"eventSource\":\"aws:sqs\"}]}")).isNull();
    assertThat(EventRequest.of("7")).isNull();
    assertThat(EventRequest.of("{\"httpMethod\":\"GET\"}")).isNull();
  }

  @Test
  void resultWriter_responses_areReadBackTheSame() throws Exception {
    MemoryExchange exchange = MemoryExchange.post(new byte[0], "text/plain");
    exchange.response().status(201).header("X-A", "1").header("Content-Type", "text/plain");
    exchange.response().addHeader("Set-Cookie", "a=1").addHeader("Set-Cookie", "b=2");
    for (byte[] body : List.of("é".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff})) {
      for (EventFormat format : List.of(EventFormat.HTTP_API, EventFormat.HTTP_API_1)) {
        String result = ResultWriter.write(format, 201, exchange.response().headers(), body);

        GatewayResponse read = format.response(result, FACTS);

        assertThat(read.status()).isEqualTo(201);
        assertThat(read.body()).isEqualTo(body);
        assertThat(read.headers())
            .contains(new GatewayResponse.Line("Set-Cookie", "a=1"))
            .contains(new GatewayResponse.Line("Set-Cookie", "b=2"))
            .anyMatch(line -> line.name().equalsIgnoreCase("x-a") && line.value().equals("1"));
      }
    }
  }
}
