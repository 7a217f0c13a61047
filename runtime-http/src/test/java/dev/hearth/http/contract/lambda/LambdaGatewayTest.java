package dev.hearth.http.contract.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions that handle requests, behind gateways that send events. */
@Timeout(120)
class LambdaGatewayTest {

  private static final String V2 =
      """
      {"version":"2.0","routeKey":"$default","rawPath":"/shop/t%20a","rawQueryString":"q=1&q=2","cookies":["c=1","d=2"],
       "headers":{"content-type":"text/plain","x-a":"b"},
       "requestContext":{"http":{"method":"PUT","path":"/shop/t a","sourceIp":"192.0.2.1"},"stage":"$default"},
       "body":"dGVh","isBase64Encoded":true}
      """;

  private static final String REST =
      """
      {"resource":"/{proxy+}","path":"/shop","httpMethod":"POST","headers":{"X-A":"b"},
       "multiValueHeaders":{"X-A":["b","c"]},"multiValueQueryStringParameters":{"q":["1","2"]},
       "requestContext":{"stage":"prod"},"body":"tea","isBase64Encoded":false}
      """;

  @TempDir static Path work;
  private static Path jar;
  private static Path beans;

  @BeforeAll
  static void compile() {
    jar =
        TestJar.of(work)
            .withApi()
            .source(
                "example.Web",
                """
                package example;
                import dev.hearth.function.*;
                import java.io.IOException;
                public class Web implements StreamFunction {
                  public void handle(Request in, Response out, Context context) throws IOException {
                    if (in.path().equals("/fails")) throw new IllegalStateException("no tea");
                    out.status(201).header("X-Pot", "tea").addHeader("Set-Cookie", "a=1");
                    out.addHeader("Set-Cookie", "b=2").header("Content-Type", "text/plain");
                    out.body().write((in.method() + " " + in.path() + "?" + in.query() + " "
                        + in.headers().all("x-a") + in.headers().all("cookie") + " "
                        + new String(in.bytes(), "UTF-8")).getBytes("UTF-8"));
                    if (in.path().equals("/flushed")) out.body().flush();
                  }
                }
                """)
            .build("web.jar");
    beans =
        TestJar.of(work)
            .compileOnly(
                TestHost.provided("micronaut-function").resolve("micronaut-function-4.10.20.jar"))
            .source(
                "example.Bean",
                """
                package example;
                @io.micronaut.function.FunctionBean
                public class Bean implements java.util.function.Function<String, String> {
                  public String apply(String in) { return in; }
                }
                """)
            .build("beans.jar");
  }

  private static String answer(Path archive, String handler, String event, String... variables)
      throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, archive, handler, variables)) {
      api.deliver(event);
      api.take("next");
      String response = api.take("response").text();
      assertThat(api.violations()).isEmpty();
      assertThat(run.isGoing()).isTrue();
      return response;
    }
  }

  @Test
  void event_ofAnHttpApi_isTheRequestAndTheResponseIsItsResult() throws Exception {
    assertThat(answer(jar, "example.Web", V2))
        .isEqualTo(
            "{\"statusCode\":201,\"headers\":{\"Content-Type\":\"text/plain\",\"X-Pot\":\"tea\"},"
                + "\"cookies\":[\"a=1\",\"b=2\"],"
                + "\"body\":\"PUT /shop/t%20a?q=1&q=2 [b][c=1; d=2] tea\",\"isBase64Encoded\":false}");
  }

  @Test
  void event_ofARestApi_isTheRequestAndTheResponseIsItsResult() throws Exception {
    assertThat(answer(jar, "example.Web", REST))
        .isEqualTo(
            "{\"statusCode\":201,\"multiValueHeaders\":{\"Content-Type\":[\"text/plain\"],"
                + "\"Set-Cookie\":[\"a=1\",\"b=2\"],\"X-Pot\":[\"tea\"]},"
                + "\"body\":\"POST /shop?q=1&q=2 [b, c][] tea\",\"isBase64Encoded\":false}");
  }

  @Test
  void event_ofNoGateway_isTheBody() throws Exception {
    assertThat(answer(jar, "example.Web", "{\"path\":\"/shop\"}"))
        .isEqualTo("POST /? [][] {\"path\":\"/shop\"}");
    assertThat(answer(jar, "example.Web", "no JSON")).isEqualTo("POST /? [][] no JSON");
  }

  @Test
  void event_ofAGateway_whereAnswersStream_isAnsweredWithAPrelude() throws Exception {
    String prelude =
        "{\"statusCode\":201,\"headers\":{\"Content-Type\":\"text/plain\",\"X-Pot\":\"tea\"},"
            + "\"cookies\":[\"a=1\",\"b=2\"]}\0\0\0\0\0\0\0\0";

    assertThat(answer(jar, "example.Web", V2, "HEARTH_LAMBDA_RESPONSE", "http-streaming"))
        .isEqualTo(prelude + "PUT /shop/t%20a?q=1&q=2 [b][c=1; d=2] tea");
    assertThat(
            answer(
                jar,
                "example.Web",
                V2.replace("/shop/t%20a", "/flushed"),
                "HEARTH_LAMBDA_RESPONSE",
                "streaming"))
        .isEqualTo(prelude + "PUT /flushed?q=1&q=2 [b][c=1; d=2] tea");
  }

  @Test
  void event_thatTheFunctionDoesNotTake_isAnsweredAsOverHttp() throws Exception {
    assertThat(answer(beans, "example.Bean", V2.replace("PUT", "GET")))
        .startsWith(
            "{\"statusCode\":405,"
                + "\"headers\":{\"Allow\":\"POST\",\"Content-Type\":\"application/json\"},");
  }

  @Test
  void event_onWhichTheFunctionFails_isAnErrorOfTheFunction() throws Exception {
    try (FakeRuntimeApi api = FakeRuntimeApi.classic();
        LambdaRun run = LambdaRun.start(api, jar, "example.Web")) {
      api.deliver(V2.replace("/shop/t%20a", "/fails"));
      api.take("next");
      assertThat(api.take("error").text()).contains("no tea");
      assertThat(run.isGoing()).isTrue();
    }
  }
}
