package dev.hearth.signature.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.FunctionSpec;
import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.signature.spi.Shape;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Handlers of a gateway's events, called by HTTP without a gateway. */
@Timeout(120)
class HttpEventsTest {

  @TempDir Path directory;

  private Path jar(String types, String body) {
    return TestJar.of(directory)
        .source(
            "acme.Web",
            "package acme;\nimport com.amazonaws.services.lambda.runtime.*;\n"
                + "import com.amazonaws.services.lambda.runtime.events.*;\nimport java.util.*;\n"
                + "public class Web implements RequestHandler<"
                + types
                + "> {\n"
                + body
                + "\n}")
        .compileOnly(TestHost.library("aws-lambda-java-core-1.4.0.jar"))
        .library(TestHost.library("aws-lambda-java-events-3.16.1.jar"))
        .buildZip("web.zip");
  }

  private static final String V2 =
      """
      public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent e, Context c) {
        return APIGatewayV2HTTPResponse.builder()
            .withStatusCode(201)
            .withHeaders(Map.of("X-Method", e.getRequestContext().getHttp().getMethod()))
            .withCookies(List.of("a=1"))
            .withBody(e.getRawPath() + "?" + e.getQueryStringParameters() + " " + e.getHeaders().get("x-in")
                + " " + e.getBody())
            .build();
      }
      """;

  private static Answer send(TestHost host) {
    return host.http(
        "PUT",
        "/pets/a%20b",
        "q=1&q=2",
        Map.of("Content-Type", List.of("text/plain"), "X-In", List.of("seen")),
        "tea".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void versionTwo_calledByHttp_getsARealEventAndAnswersAsItSays() {
    try (TestHost host =
        TestHost.deploy(jar("APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse", V2), "acme.Web")) {
      Answer answer = send(host);

      assertThat(answer.text()).isEqualTo("/pets/a b?{q=1,2} seen tea");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.headers().first("x-method")).contains("PUT");
      assertThat(answer.headers().all("set-cookie")).containsExactly("a=1");
      assertThat(answer.type()).isEqualTo("application/json");
      assertThat(host.function().shape()).isEqualTo(Shape.EXCHANGE);
      assertThat(host.function().takesEvents()).isTrue();
    }
  }

  @Test
  void versionTwo_calledByAnEvent_takesItAsItIs() {
    try (TestHost host =
        TestHost.deploy(jar("APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse", V2), "acme.Web")) {
      Answer answer =
          host.post(
              "application/json",
              "{\"rawPath\":\"/x\",\"headers\":{},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}");

      assertThat(answer.text()).startsWith("{\"statusCode\":201");
      assertThat(answer.status()).isZero();
    }
  }

  @Test
  void versionOne_calledByHttp_getsFormatOne() {
    Path jar =
        jar(
            "APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent",
            """
            public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent e, Context c) {
              return new APIGatewayProxyResponseEvent()
                  .withStatusCode(202)
                  .withHeaders(Map.of("Content-Type", "text/plain"))
                  .withBody(e.getHttpMethod() + " " + e.getPath() + " "
                      + e.getMultiValueQueryStringParameters() + " " + e.getBody());
            }
            """);
    try (TestHost host = TestHost.deploy(jar, "acme.Web")) {
      Answer answer = send(host);

      assertThat(answer.text()).isEqualTo("PUT /pets/a b {q=[1, 2]} tea");
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.type()).isEqualTo("text/plain");
    }
  }

  @Test
  void loadBalancer_calledByHttp_getsItsEvent() {
    Path jar =
        jar(
            "ApplicationLoadBalancerRequestEvent, ApplicationLoadBalancerResponseEvent",
            """
            public ApplicationLoadBalancerResponseEvent handleRequest(
                ApplicationLoadBalancerRequestEvent e, Context c) {
              ApplicationLoadBalancerResponseEvent response = new ApplicationLoadBalancerResponseEvent();
              response.setStatusCode(200);
              response.setBody(e.getPath() + " " + (e.getRequestContext().getElb() != null));
              return response;
            }
            """);
    try (TestHost host = TestHost.deploy(jar, "acme.Web")) {
      assertThat(send(host).text()).isEqualTo("/pets/a%20b true");
    }
  }

  @Test
  void map_withTheVariable_getsTheVersionItAsksFor() {
    Path jar =
        jar(
            "Map<String, Object>, Object",
            "public Object handleRequest(Map<String, Object> e, Context c) { return e.get(\"version\"); }");
    for (String version : List.of("1.0", "2.0")) {
      FunctionSpec spec =
          FunctionSpec.builder(jar)
              .handler("acme.Web")
              .env("HEARTH_LAMBDA_HTTP_EVENT", version)
              .build();
      try (TestHost host = TestHost.deploy(spec, null)) {
        Answer answer = send(host);
        if (version.equals("2.0")) {
          assertThat(answer.text()).isEqualTo("\"2.0\"");
        } else {
          assertThat(answer.thrown())
              .isInstanceOf(OutputException.class)
              .hasMessageContaining("not a JSON object");
        }
      }
    }
  }

  @Test
  void map_withoutTheVariable_getsTheBody() {
    Path jar =
        jar(
            "Map<String, Object>, Object",
            "public Object handleRequest(Map<String, Object> e, Context c) { return e; }");
    try (TestHost host = TestHost.deploy(jar, "acme.Web")) {
      Answer answer =
          host.http("POST", "/", "", Map.of(), "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

      assertThat(answer.text()).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void variable_withAnotherValue_isRefused() {
    Path jar =
        jar(
            "Map<String, Object>, Object",
            "public Object handleRequest(Map<String, Object> e, Context c) { return e; }");
    FunctionSpec spec =
        FunctionSpec.builder(jar).handler("acme.Web").env("HEARTH_LAMBDA_HTTP_EVENT", "3").build();

    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> TestHost.deploy(spec, null))
        .withMessageContaining("HEARTH_LAMBDA_HTTP_EVENT is '3'; it must be 1.0 or 2.0");
  }
}
