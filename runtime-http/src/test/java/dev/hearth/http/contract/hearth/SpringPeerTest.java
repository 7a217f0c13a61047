package dev.hearth.http.contract.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same requests to the same functions on the vendor's own server and here: as a Spring Boot application, and as plain classes. One
 * start of each.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpringPeerTest {

  private SpringPeer peer;
  private ModeHost boot;
  private ModeHost plain;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    peer = SpringPeer.start(directory);
    boot = ModeHost.serve(SpringJars.boot(directory), null, Map.of());
    plain =
        ModeHost.serve(
            SpringJars.plain(directory), null, Map.of("FUNCTION_CLASS", SpringJars.CLASSES));
  }

  @AfterAll
  void stop() {
    plain.close();
    boot.close();
    peer.close();
  }

  private Answered vendors(String request) throws IOException {
    try (RawClient client = RawClient.to(peer.port())) {
      return client.send(request).read(false);
    }
  }

  private static String request(
      String method, String path, String type, String body, String header) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: x\r\nx-foo: bar\r\n"
        + (type == null ? "" : "Content-Type: " + type + "\r\n")
        + (header == null ? "" : header + "\r\n")
        + "Content-Length: "
        + (body == null ? 0 : body.length())
        + "\r\n\r\n"
        + (body == null ? "" : body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "POST|/uppercase|text/plain|foo|",
        "POST|/uppercase|application/json|[\"foo\",\"bar\"]|",
        "POST|/uppercase|application/json|\"foo\"|",
        "POST|/uppercase|text/plain|[hello|",
        "POST|/uppercase,reverse|text/plain|abc|",
        "POST|/quote|||",
        "PUT|/quote|text/plain|x|",
        "GET|/uppercase/foo|||",
        "GET|/word|||",
        "GET|/params/foo?name=Bill|||",
        "POST|/pojo|application/json|{\"value\":\"a\"}|",
        "POST|/pojo|application/json|[{\"value\":\"a\"},{\"value\":\"b\"}]|",
        "DELETE|/sum/123|||",
        "POST|/functionRouter|text/plain|foo|spring.cloud.function.definition: uppercase"
      })
  void answers_areTheVendors(String method, String path, String type, String body, String header)
      throws IOException {
    String request = request(method, path, type, body, header);
    Answered expected = vendors(request);

    for (ModeHost host : new ModeHost[] {boot, plain}) {
      Answered answer = host.raw(request);
      assertThat(answer.status()).isEqualTo(expected.status());
      assertThat(answer.text()).isEqualTo(expected.text());
      assertThat(mediaType(answer)).isEqualTo(mediaType(expected));
      assertThat(answer.header("x-foo")).isEqualTo(expected.header("x-foo"));
    }
  }

  private static String mediaType(Answered answer) {
    return answer.header("Content-Type").split(";")[0];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|/word|text/plain|x",
        "DELETE|/uppercase||",
        "POST|/boom|text/plain|x",
        "POST|/functionRouter|text/plain|x",
        "POST|/nope|text/plain|x"
      })
  void statusesOfFailures_areTheVendors(String method, String path, String type, String body)
      throws IOException {
    String request = request(method, path, type, body, null);
    int expected = vendors(request).status();

    assertThat(boot.raw(request).status()).isEqualTo(expected);
    assertThat(plain.raw(request).status()).isEqualTo(expected);
  }

  @Test
  void differences_areThoseOfTheDocumentation() throws IOException {
    String secret = request("POST", "/uppercase", "text/plain", "x", "authorization: me");

    assertThat(vendors(secret).header("authorization")).isEqualTo("me");
    assertThat(boot.raw(secret).header("authorization")).isEmpty();
    assertThat(vendors(secret).header("uri")).isEqualTo("/uppercase");
    assertThat(boot.raw(secret).header("uri")).isEmpty();
  }
}
