package dev.hearth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.function.Headers;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.testing.JsonPieces;
import dev.hearth.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ResultReaderFuzzTest {

  private static final Facts FACTS = Facts.local("r", 0);

  private static final List<String> GOOD =
      List.of(
          "{\"statusCode\":200,\"headers\":{\"a\":\"b\",\"n\":1},\"body\":\"text\"}",
          "{\"statusCode\":\"404\",\"multiValueHeaders\":{\"a\":[\"b\",\"c\"]},\"body\":\"AAE=\",\"isBase64Encoded\":true}",
          "{\"statusCode\":201,\"cookies\":[\"a=b\"],\"isBase64Encoded\":\"False\"}",
          "[1,2]");

  private static final List<String> PIECES = pieces();

  private static List<String> pieces() {
    List<String> all = new ArrayList<>(JsonPieces.ALL);
    all.addAll(
        List.of(
            "\"statusCode\":null,",
            "\"base64Encoded\":\"true\",",
            "\"headers\":[],",
            "\"body\":{},",
            "\"multiValueHeaders\":{\"A\":[]},",
            "\"cookies\":[null],",
            "\\r\\n",
            "1000",
            "99"));
    return all;
  }

  @Provide
  Arbitrary<String> results() {
    return Mutations.text(GOOD, PIECES);
  }

  @Property(tries = 5000)
  void response_ofAnyResult_isOneOrRefused(
      @ForAll EventFormat format, @ForAll("results") String result) {
    try {
      GatewayResponse response = format.response(result, FACTS);
      assertThat(response.status()).isBetween(100, 999);
      assertThat(response.headers()).isNotEmpty();
      assertThat(response.body()).isNotNull();
    } catch (MalformedResultException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property(tries = 2000)
  void result_ofAnyResponse_comesBack(
      @ForAll EventFormat format,
      @ForAll @IntRange(min = 200, max = 999) int status,
      @ForAll("values") String value,
      @ForAll byte[] body)
      throws Exception {
    Headers headers = headers(Map.of("Content-Type", List.of("x/y"), "A", List.of(value)));

    GatewayResponse response =
        format.response(ResultWriter.write(format, status, headers, body), TestFacts.binary());

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers())
        .containsExactlyInAnyOrder(
            new GatewayResponse.Line("Content-Type", "x/y"), new GatewayResponse.Line("A", value));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withCharRange(' ', '\u00ff').ofMaxLength(20);
  }

  private static Headers headers(Map<String, List<String>> lines) {
    return new MemoryExchange("GET", "/", "", lines, new ByteArrayInputStream(new byte[0]), 0)
        .request()
        .headers();
  }
}
