package dev.hearth.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.function.Headers;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BinaryModeFuzzTest {

  private static final List<String> VALUES =
      List.of(
          "1.0",
          "0.3",
          "/s",
          "a%20b%C3%A9",
          "\"q\\\"uoted\"",
          "2020-01-01T00:00:00Z",
          "text/plain");

  private static final List<String> PIECES =
      List.of("%", "%2", "%C3", "%A9", "%ff", "%F0%9F%98%80", "\"", "\\", " ", ",", "\t", "é");

  @Provide
  Arbitrary<Map<String, String>> headers() {
    Arbitrary<String> names =
        Arbitraries.of(
            "ce-id",
            "CE-Source",
            "ce-type",
            "ce-specversion",
            "ce-time",
            "ce-subject",
            "ce-ext",
            "ce-",
            "ce-data",
            "ce-a_b",
            "ce-datacontenttype",
            "content-type",
            "x");
    return Arbitraries.maps(names, Mutations.text(VALUES, PIECES))
        .ofMaxSize(9)
        .map(this::completed);
  }

  /** Mostly what an event must have is there. */
  private Map<String, String> completed(Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (headers.size() != 3) {
      all.put("ce-specversion", "1.0");
      all.putIfAbsent("ce-id", "1");
      all.put("ce-source", "/s");
      all.remove("CE-Source");
      all.putIfAbsent("ce-type", "t");
    }
    return all;
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(20), Mutations.text(VALUES, PIECES));
  }

  @Property(tries = 600)
  void read_anyHeaders_giveWhatCanBeSentOrAreRefused(
      @ForAll("headers") Map<String, String> headers, @ForAll boolean strict)
      throws InputException {
    Event event;
    try {
      event = BinaryMode.read(headers(headers), new byte[] {1}, strict);
    } catch (InputException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    Map<String, String> sent = new LinkedHashMap<>();
    BinaryMode.write(event, true, sent::put);

    assertThat(sent.values()).allMatch(BinaryModeFuzzTest::isSendable);
    assertThat(BinaryMode.read(headers(sent), new byte[] {1}, true)).isEqualTo(event);
  }

  @Property(tries = 3000)
  void encode_anyText_isSendableAndComesBack(@ForAll("values") String value) throws Exception {
    String whole = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    assertThat(isSendable(HeaderText.encode(value))).isTrue();
    assertThat(isSendable(HeaderText.sendable(value))).isTrue();
    assertThat(HeaderText.decode("ce-x", HeaderText.encode(value), true)).isEqualTo(whole);
  }

  @Property(tries = 600)
  void mode_ofAnyMessage_isReadOrRefused(
      @ForAll("headers") Map<String, String> headers, @ForAll byte[] body) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.computeIfPresent(
        "content-type", (name, type) -> EventMode.JSON + (type.length() % 2 == 0 ? "" : type));
    try {
      assertThat(EventMode.read(headers(all), body, false)).isNotNull();
    } catch (InputException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static boolean isSendable(String value) {
    return value.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\t');
  }

  private static Headers headers(Map<String, String> lines) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    lines.forEach((name, value) -> all.put(name, List.of(value.replaceAll("[\r\n\0]", ""))));
    return new MemoryExchange("POST", "/", "", all, new ByteArrayInputStream(new byte[0]), 0)
        .request()
        .headers();
  }
}
