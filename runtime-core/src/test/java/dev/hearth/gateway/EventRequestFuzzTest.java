package dev.hearth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.testing.JsonPieces;
import dev.hearth.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventRequestFuzzTest {

  private static final Facts FACTS = Facts.local("r", 1583348638390L);

  private static final List<String> GOOD = good();

  private static List<String> good() {
    List<String> events = new ArrayList<>();
    for (EventFormat format : EventFormat.values()) {
      byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
      Map<String, List<String>> headers =
          Map.of("content-type", List.of("application/json"), "cookie", List.of("a=b; c=d"));
      events.add(
          format.event(request("PUT", "/p%20q", "a=1&b=%2F&a=2", headers, body), body, FACTS));
    }
    return events;
  }

  private static final List<String> PIECES = pieces();

  private static List<String> pieces() {
    List<String> all = new ArrayList<>(JsonPieces.ALL);
    all.addAll(
        List.of(
            "\"requestContext\":{\"elb\":{}},",
            "\"isBase64Encoded\":true,",
            "\"cookies\":[null,1],",
            "\"multiValueHeaders\":{\"a\":[null,{}]},",
            "\"path\":\"",
            "\"httpMethod\":1,",
            "\"queryStringParameters\":{\"\":null},",
            "%",
            "%zz",
            "?",
            "#"));
    return all;
  }

  @Provide
  Arbitrary<String> events() {
    return Mutations.text(GOOD, PIECES);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.strings().withChars("/%2F+ é?#\ud800\udc00").ofMaxLength(12))
        .map(path -> "/" + path);
  }

  @Provide
  Arbitrary<String> queries() {
    return Arbitraries.strings().withChars("ab=&%2F+ \u00e9").ofMaxLength(24);
  }

  @Property(tries = 5000)
  void of_anyEvent_isARequestOrNoneOrRefused(@ForAll("events") String json) throws Exception {
    EventRequest request;
    try {
      request = EventRequest.of(json);
    } catch (InputException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    if (request != null) {
      assertThat(request.path()).startsWith("/");
      assertThat(request.path().chars()).allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#');
      assertThat(request.body().readAllBytes()).hasSize((int) request.contentLength());
      request.headers().asMap().values().forEach(lines -> assertThat(lines).isNotEmpty());
      assertThat(request.format()).isNotNull();
    }
  }

  /** Gateways decode paths, so that it is what they mean that comes back. */
  @Property(tries = 2000)
  void event_ofAnyRequest_comesBack(
      @ForAll EventFormat format,
      @ForAll("paths") String path,
      @ForAll("queries") String query,
      @ForAll byte[] body)
      throws Exception {
    Map<String, List<String>> headers =
        Map.of("content-type", List.of("application/octet-stream"), "x-a", List.of("b"));
    Facts binary = TestFacts.binary();
    String json = format.event(request("PATCH", path, query, headers, body), body, binary);

    EventRequest request = EventRequest.of(json);

    assertThat(request).isNotNull();
    assertThat(request.method()).isEqualTo("PATCH");
    assertThat(request.body().readAllBytes()).isEqualTo(body);
    assertThat(request.headers().all("X-A")).containsExactly("b");
    if (format == EventFormat.HTTP_API || format == EventFormat.FUNCTION_URL) {
      assertThat(request.query()).isEqualTo(query);
    } else if (format != EventFormat.LOAD_BALANCER) {
      assertThat(Query.parse(request.query())).isEqualTo(Query.parse(query));
    }
  }

  /** Looking for the next equals sign from each name on would take minutes. */
  @Example
  void query_ofAMillionNames_takesTimeByItsLength() {
    String names = "a&".repeat(1 << 20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(Query.parse(names)).containsOnlyKeys("a");
          assertThat(Query.parse("b=1&" + names + "c=d=e&c"))
              .containsEntry("b", List.of("1"))
              .containsEntry("c", List.of("d=e", ""));
        });
  }

  private static Request request(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    return new MemoryExchange(
            method, path, query, headers, new ByteArrayInputStream(body), body.length)
        .request();
  }
}
