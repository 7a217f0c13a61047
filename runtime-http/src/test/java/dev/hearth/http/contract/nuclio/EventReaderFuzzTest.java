package dev.hearth.http.contract.nuclio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hearth.testing.JsonPieces;
import dev.hearth.testing.Mutations;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class EventReaderFuzzTest {

  private static final List<String> GOOD =
      List.of(
          "{\"id\":\"1\",\"body\":\"aGk=\",\"content_type\":\"text/plain\",\"headers\":{\"A\":[\"b\",1],\"C\":{\"d\":[]}},\"fields\":{\"q\":\"v w\"},\"method\":\"PUT\",\"path\":\"/x\",\"trigger\":{\"kind\":\"http\",\"name\":\"n\"},\"timestamp\":1.7e9,\"shard_id\":0,\"offset\":\"7\"}",
          "[{\"body\":{\"a\": [1, \"\\u00e9\"]},\"id\":\"2\"},{\"body\":-1.5e3},{\"body\":null}]",
          "{\"body\":[ true , 1 ],\"headers\":{\"content-type\":\"a/b\"}}");

  private static final List<String> PIECES = new ArrayList<>(JsonPieces.ALL);

  static {
    PIECES.addAll(
        List.of(
            "\"body\":",
            "\"body\":[1],",
            "\"body\":\"=\",",
            "\"headers\":{\"a\\n\":[[1],{}]},",
            "\"trigger\":[],",
            "\"timestamp\":1e999,",
            "\"fields\":null,",
            "\"path\":5,"));
  }

  @Provide
  Arbitrary<byte[]> lines() {
    Arbitrary<byte[]> utf8 =
        Mutations.of(GOOD.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList(), PIECES);
    Arbitrary<byte[]> others =
        Arbitraries.of("UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16")
            .flatMap(
                name ->
                    Mutations.text(GOOD, PIECES).map(text -> text.getBytes(Charset.forName(name))));
    return Arbitraries.frequencyOf(Tuple.of(6, utf8), Tuple.of(1, others));
  }

  @Property(tries = 5000)
  void read_anyLine_givesEventsOrIsRefused(@ForAll("lines") byte[] line) {
    byte[] longer = Arrays.copyOf(line, line.length + 100); // what of an earlier line is behind it
    Arrays.fill(longer, line.length, longer.length, (byte) '}');
    try {
      for (Event event : new EventReader(longer, line.length, "w").read()) {
        assertThat(event.path()).startsWith("/");
        assertThat(event.method()).isNotEmpty();
        assertThat(event.body().length).isLessThanOrEqualTo(line.length);
        assertThat(event.query().chars()).allMatch(c -> c > ' ' && c < 0x7f);
        event
            .headers()
            .forEach(
                (name, values) -> {
                  assertThat(name).isNotEmpty().doesNotContain("\n", "\r", "\0");
                  assertThat(values).isNotEmpty();
                  values.forEach(v -> assertThat(v).doesNotContain("\n", "\r", "\0"));
                });
      }
    } catch (EventException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property(tries = 1000)
  void read_anyBody_comesBack(@ForAll byte[] body) throws EventException {
    String line = "{\"body\":\"" + Base64.getEncoder().encodeToString(body) + "\"}";

    assertThat(read(line, StandardCharsets.UTF_8).get(0).body()).isEqualTo(body);
  }

  @Example
  void read_structuredBody_isItsText() throws EventException {
    for (String body : List.of("1", "-1.5e3", "true", "[1 , {\"é\":\"\\u00e9\"}]", "{}", "{ }")) {
      for (String line :
          List.of("{\"body\":" + body + "}", "{ \"é\":1,\"body\" : " + body + " ,\"id\":\"1\"}")) {
        assertThat(
                new String(
                    read(line, StandardCharsets.UTF_8).get(0).body(), StandardCharsets.UTF_8))
            .isEqualTo(body);
      }
    }
  }

  /** The processor writes UTF-8, and where values lie in the line is told in bytes of it. */
  @Example
  void read_otherEncodings_areRefused() {
    for (String name : List.of("UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
      assertThatExceptionOfType(EventException.class)
          .as(name)
          .isThrownBy(() -> read("{\"body\":{\"a\":1}}", Charset.forName(name)));
    }
  }

  @Example
  void read_longLines_takesTimeByTheirLength() {
    for (String piece :
        List.of("[", "{\"body\":", "{\"headers\":{\"a\":[", "{\"a\":\"\\u00e9", "[{},")) {
      byte[] line = piece.repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () ->
              assertThatExceptionOfType(EventException.class)
                  .isThrownBy(() -> new EventReader(line, line.length, "w").read()));
    }
  }

  private static List<Event> read(String line, Charset charset) throws EventException {
    byte[] bytes = line.getBytes(charset);
    return new EventReader(bytes, bytes.length, "w").read();
  }
}
