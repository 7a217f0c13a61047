package dev.hearth.http.contract.fn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions that know nothing of Fn, behind it. */
@Timeout(60)
final class FnTranslationTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @TempDir private static Path jars;
  private static Path jar;

  @TempDir private Path directory;

  @BeforeAll
  static void build() {
    jar = FnJar.build(jars);
  }

  @AfterEach
  void clear() {
    System.clearProperty("t.may");
  }

  private FnContainer with(String handler) throws IOException {
    return FnContainer.with(directory, jar, handler);
  }

  @Test
  void plainFunction_directCall_isGivenTheBody() throws IOException {
    try (FnContainer container = with("t.Upper");
        Agent agent = container.connect()) {
      Answered answer = agent.call("abc", "Content-Type: text/plain");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("ABC");
      assertThat(answer.header("Content-Type")).startsWith("text/plain");
      assertThat(answer.header("Fn-Fdk-Version")).startsWith("fdk-hearth/");
      assertThat(answer.header("Fn-Http-Status")).isEmpty();
      assertThat(agent.call("boom").status()).isEqualTo(502);
      assertThat(agent.call("x".repeat(300_000)).text()).isEqualTo("X".repeat(300_000));
    }
  }

  @Test
  void webFunction_trigger_seesTheClientsRequest() throws IOException {
    try (FnContainer container = with("t.Web")) {
      Answered answer =
          container.call(
              "body",
              "Fn-Intent: httprequest",
              "Fn-Http-Method: PUT",
              "Fn-Http-Request-Url: https://fn.example:8080/t/app/pets/1?a=b%20c",
              "Content-Type: text/plain",
              "Fn-Http-H-Cookie: a=1",
              "Fn-Http-H-Cookie: b=2",
              "Fn-Http-H-User-Agent: curl",
              "Fn-Http-H-Traceparent: " + TRACE,
              "Fn-Http-H-X-Status: 404",
              "Fn-Http-H-X-Type: text/html");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text().lines())
          .startsWith("PUT /t/app/pets/1?a=b%20c")
          .contains(
              "Content-Type=[text/plain]",
              "Cookie=[a=1, b=2]",
              "User-Agent=[curl]",
              "Host=[fn.example:8080]",
              "Fn-Call-Id=[" + Agent.ID + "]",
              Agent.ID,
              TRACE)
          .endsWith("body");
      assertThat(answer.text()).doesNotContain("Fn-Http-").doesNotContain("Go-http");
      assertThat(answer.header("Fn-Http-Status")).isEqualTo("404");
      assertThat(answer.all("Fn-Http-H-X-Out")).containsExactly("1", "2");
      assertThat(answer.header("X-Out")).isEmpty();
      assertThat(answer.all("Content-Type")).containsExactly("text/html");
      assertThat(answer.header("Fn-Fdk-Version")).startsWith("fdk-hearth/");
    }
  }

  @Test
  void webFunction_directCall_isGivenAnEvent() throws IOException {
    try (FnContainer container = with("t.Web")) {
      Answered answer = container.call("body", "X-Own: 1", "X-Type: text/css");

      assertThat(answer.text().lines())
          .startsWith("POST /?")
          .contains("X-Own=[1]")
          .endsWith("body");
      assertThat(answer.text()).doesNotContain("Host=").doesNotContain("User-Agent=");
      assertThat(answer.all("X-Out")).containsExactly("1", "2");
      assertThat(answer.header("Content-Type")).isEqualTo("text/css");
      assertThat(answer.all("Fn-Fdk-Version")).hasSize(1).doesNotContain("mine");
    }
  }

  @ParameterizedTest
  @CsvSource({"201, 200", "302, 200", "404, 502", "503, 502"})
  void webFunction_directCall_statusSaysWhetherItFailed(String own, int expected)
      throws IOException {
    try (FnContainer container = with("t.Web")) {
      assertThat(container.call("", "X-Status: " + own).status()).isEqualTo(expected);
    }
  }

  @Test
  void answerWithoutAType_hasTheOneOfBytes() throws IOException {
    try (FnContainer container = with("t.Web")) {
      assertThat(container.call("").header("Content-Type")).isEqualTo("application/octet-stream");
    }
  }

  @Test
  void startThatFailed_isTriedAgainByTheNextCall() throws IOException {
    try (FnContainer container = with("t.Late");
        Agent agent = container.connect()) {
      assertThat(agent.call("x").status()).isEqualTo(502);
      assertThat(container.log()).contains("not yet").contains("t.Late.<init>");

      System.setProperty("t.may", "yes");

      assertThat(agent.call("x").text()).isEqualTo("x");
      assertThat(agent.call("y").text()).isEqualTo("y");
    }
  }

  /** Outside of Fn's container, where functions of its kit start when they are deployed, too. */
  @Test
  void kitsFunctionThatDidNotStart_isTriedAgainByTheNextCall() throws IOException {
    try (FnContainer container =
            FnContainer.with(directory, jar, "t.NoStart::f", Map.of("COLOUR", "red"));
        Agent agent = container.connect()) {
      assertThat(agent.call("x").status()).isEqualTo(502);
      assertThat(agent.call("x").status()).isEqualTo(502);
      assertThat(container.log().split("no start", -1).length).isGreaterThan(2);
    }
  }

  @Test
  void body_10MiB_bothWays() throws IOException {
    byte[] body = new byte[10 << 20];
    Arrays.fill(body, (byte) 'x');
    try (FnContainer container = with("t.Upper");
        Agent agent = container.connect()) {
      assertThat(agent.call(body, "Content-Type: text/plain").body()).hasSize(body.length);
    }
  }
}
