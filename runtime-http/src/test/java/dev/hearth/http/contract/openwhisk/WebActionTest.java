package dev.hearth.http.contract.openwhisk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionSpec;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions that handle requests as web actions: the platform's parameters in, its response keys out. */
@Timeout(60)
final class WebActionTest {

  @TempDir private Path directory;

  @SuppressWarnings("NullAway.Init")
  private ActionContainer container;

  @BeforeEach
  void start() throws IOException {
    Path jar =
        TestJar.of(directory)
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
                    if (in.path().equals("/bytes")) {
                      out.header("Content-Type", "image/png").body().write(new byte[] {1, 2, -1});
                      return;
                    }
                    out.status(in.path().equals("/missing") ? 404 : 201);
                    out.addHeader("Set-Cookie", "a=1").addHeader("Set-Cookie", "b=2");
                    out.header("Content-Type", "text/plain");
                    out.body().write((in.method() + " " + in.path() + "?" + in.query() + " "
                        + in.contentType().orElse("-") + " " + in.headers().all("x-a") + " "
                        + new String(in.bytes(), "UTF-8")).getBytes("UTF-8"));
                  }
                }
                """)
            .build("web.jar");
    container = ActionContainer.bringing(FunctionSpec.builder(jar).handler("example.Web").build());
  }

  @AfterEach
  void close() {
    container.close();
  }

  private String run(String parameters) throws IOException {
    Answered answer = container.run("{" + parameters + "}");
    assertThat(answer.status()).isEqualTo(200);
    return answer.text();
  }

  private static String ok(String body) {
    return "{\"statusCode\":201,\"headers\":{\"Set-Cookie\":[\"a=1\",\"b=2\"],"
        + "\"Content-Type\":\"text/plain\"},\"body\":\""
        + body
        + "\"}";
  }

  @Test
  void run_rawRequest_isWhatTheFunctionSees() throws IOException {
    String json = Base64.getEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_8));

    assertThat(
            run(
                "\"__ow_method\":\"post\",\"__ow_path\":\"/shop/t%20a\",\"__ow_query\":\"q=1&q=2\","
                    + "\"__ow_headers\":{\"content-type\":\"application/json\",\"x-a\":\"b\",\"content-length\":\"2\"},"
                    + "\"__ow_body\":\""
                    + json
                    + "\""))
        .isEqualTo(ok("POST /shop/t%20a?q=1&q=2 application/json [b] {}"));
  }

  @Test
  void run_textBody_isNotDecoded() throws IOException {
    assertThat(
            run(
                "\"__ow_method\":\"put\",\"__ow_path\":\"\",\"__ow_body\":\"dGVh\","
                    + "\"__ow_headers\":{\"content-type\":\"text/plain\"},\"also\":\"a b\""))
        .isEqualTo(ok("PUT /?also=a+b text/plain [] dGVh"));
  }

  @Test
  void run_parametersOfAGet_areTheQuery() throws IOException {
    assertThat(run("\"__ow_method\":\"get\",\"__ow_headers\":{},\"name\":\"Ada\",\"n\":7"))
        .isEqualTo(ok("GET /?name=Ada&n=7 - [] "));
  }

  @Test
  void run_parametersOfABody_areTheBodyAgain() throws IOException {
    assertThat(
            run(
                "\"__ow_method\":\"post\",\"__ow_headers\":{\"content-type\":\"application/json\"},"
                    + "\"name\":\"Ada\",\"n\":{\"a\":[1]}"))
        .isEqualTo(
            ok("POST /? application/json [] {\\\"name\\\":\\\"Ada\\\",\\\"n\\\":{\\\"a\\\":[1]}}"));
    assertThat(
            run(
                "\"__ow_method\":\"post\","
                    + "\"__ow_headers\":{\"content-type\":\"application/x-www-form-urlencoded\"},"
                    + "\"name\":\"Ada King\",\"n\":7"))
        .isEqualTo(ok("POST /? application/x-www-form-urlencoded [] name=Ada+King&n=7"));
  }

  @Test
  void run_answerOfBytes_isInBase64() throws IOException {
    assertThat(run("\"__ow_method\":\"get\",\"__ow_path\":\"/bytes\""))
        .isEqualTo(
            "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"image/png\"},\"body\":\"AQL/\"}");
  }

  @Test
  void run_answerOf404_isTheClients() throws IOException {
    assertThat(run("\"__ow_method\":\"get\",\"__ow_path\":\"/missing\""))
        .startsWith("{\"statusCode\":404,");
  }

  @Test
  void run_functionFails_isTheActionsError() throws IOException {
    Answered answer = container.run("{\"__ow_method\":\"get\",\"__ow_path\":\"/fails\"}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("IllegalStateException");
    assertThat(container.sentinelsOut()).isEqualTo(1);
  }

  @Test
  void run_noRequest_isThePlainValue() throws IOException {
    Answered answer = container.run("{\"name\":\"Ada\"}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("did not return a dictionary or array");
  }

  @Test
  void run_methodThatIsNoText_isMalformed() throws IOException {
    Answered answer = container.run("{\"__ow_method\":7}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("'__ow_method' is not a string");
  }
}
