package dev.hearth.signature.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.web.Fields.Field;
import dev.hearth.signature.web.Multipart.Part;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebTest {

  /** A request to a path, of which the base named the function. */
  private record Sent(MemoryExchange exchange, String basePath) implements Exchange {
    static Sent to(String path, String basePath) {
      return new Sent(
          new MemoryExchange("GET", path, "", Map.of(), InputStream.nullInputStream(), 0),
          basePath);
    }

    @Override
    public Request request() {
      return exchange.request();
    }

    @Override
    public Response response() {
      return exchange.response();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a/b||''|a/b",
        "/a/b||/|a/b",
        "/f/a|/f|''|f/a,a",
        "/f|/f|''|f,",
        "/a%20b%2Fc+d||''|a b/c+d",
        "/root/a||/root|a",
        "/root/a||root/|a",
        "/root||/root|''",
        "/rooted/a||/root|",
        "/f/root/a|/f|/root|a"
      })
  void paths_areReadAsSentThenBehindTheBase(String path, String base, String root, String readings)
      throws InputException {
    List<String> expected = readings == null ? List.of() : List.of(readings.split(",", -1));

    assertThat(Paths.of(Sent.to(path, base == null ? "" : base), root)).isEqualTo(expected);
  }

  @Test
  void paths_brokenEscape_isMalformed() {
    assertThatThrownBy(() -> Paths.of(Sent.to("/%zz", ""), ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("percent sign");
  }

  @Test
  void fields_areDecodedInTheirOrder() throws InputException {
    assertThat(Fields.parse("a=1&b=%C3%A4+c&a=2&&d&=e"))
        .containsExactly(
            new Field("a", "1"),
            new Field("b", "ä c"),
            new Field("a", "2"),
            new Field("d", ""),
            new Field("", "e"));
    assertThat(Fields.parse("")).isEmpty();
    assertThatThrownBy(() -> Fields.parse("a=%")).isInstanceOf(InputException.class);
  }

  @Test
  void multipart_parts_areTakenInTheirOrder() throws InputException {
    String body =
        """
        --b
        Content-Disposition: form-data; name="a"

        1
        --b
        Content-Disposition: form-data; name="a"; filename="x.txt"
        X-A: y


        --b--\
        """
            .replace("\n", "\r\n");

    List<Part> parts =
        Multipart.parse(
            "multipart/form-data; boundary=b", body.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(parts).extracting(Part::name).containsExactly("a", "a");
    assertThat(parts.get(0).fileName()).isNull();
    assertThat(new String(parts.get(0).content(), StandardCharsets.UTF_8)).isEqualTo("1");
    assertThat(parts.get(1).fileName()).isEqualTo("x.txt");
    assertThat(parts.get(1).header("x-a")).isEqualTo("y");
    assertThat(parts.get(1).header("x-b")).isNull();
    assertThat(parts.get(1).content()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"multipart/form-data|x", "multipart/form-data; boundary=b|x"})
  void multipart_withoutBoundary_isMalformed(String type, String body) {
    assertThatThrownBy(() -> Multipart.parse(type, body.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("boundary");
  }
}
