package dev.hearth.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import dev.hearth.testing.JsonPieces;
import dev.hearth.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class JsonPointerFuzzTest {

  private static final List<byte[]> GOOD =
      List.of(
          bytes("{\"a\":[1,{\"b\":\"x\"}],\"b\":{\"a\":null,\"\":[]},\"a/b\":1.5e3}"),
          bytes(" [ { \"a\" : \"\\u0061\" } , \"a\" , [ [ ] ] ] "),
          bytes("\"a\""));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return Mutations.of(GOOD, JsonPieces.ALL);
  }

  @Provide
  Arbitrary<String> pointers() {
    return Arbitraries.of("a", "b", "0", "1", "", "a~1b", "~0", "-", "00")
        .list()
        .ofMaxSize(3)
        .map(steps -> steps.isEmpty() ? "" : "/" + String.join("/", steps));
  }

  /** Where it gives anything, it is what a parser sees there; where a parser sees something, it is given or refused. */
  @Property(tries = 5000)
  void text_ofAnyBody_isWhatAParserSees(
      @ForAll("bodies") byte[] body, @ForAll("pointers") String pointer) {
    String text;
    Object document;
    try {
      text = JsonPointer.text(body, pointer);
    } catch (InputException e) {
      return;
    }
    try {
      document = JsonText.parse(new String(body, StandardCharsets.UTF_8));
    } catch (InputException e) {
      return; // a word that is none, or a control character
    }
    assertThat(text == null ? Missing.VALUE : parsed(text)).isEqualTo(at(document, pointer));
  }

  @Property(tries = 1000)
  void text_ofGoodBodies_isNeverRefused(@ForAll("pointers") String pointer) throws InputException {
    for (byte[] body : GOOD) {
      String text = JsonPointer.text(body, pointer);
      assertThat(text == null ? Missing.VALUE : parsed(text))
          .isEqualTo(at(parsed(new String(body, StandardCharsets.UTF_8)), pointer));
    }
  }

  private enum Missing {
    VALUE
  }

  private static @Nullable Object parsed(String text) {
    try {
      return JsonText.parse(text);
    } catch (InputException e) {
      throw new AssertionError(text, e);
    }
  }

  private static @Nullable Object at(@Nullable Object document, String pointer) {
    Object value = document;
    String[] steps = pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
    for (String step : steps) {
      String name = step.replace("~1", "/").replace("~0", "~");
      if (value instanceof Map<?, ?> map && map.containsKey(name)) {
        value = map.get(name);
      } else if (value instanceof List<?> list
          && name.matches("0|[1-9][0-9]{0,5}")
          && Integer.parseInt(name) < list.size()) {
        value = list.get(Integer.parseInt(name));
      } else {
        return Missing.VALUE;
      }
    }
    return value;
  }

  @Example
  void text_ofLongBodies_takesTimeByTheirLength() {
    for (String piece : List.of("[", "{\"a\":", "[1,", "\"\\n", "{\"a\":1,", "[{},{},", ",", "1")) {
      byte[] body = bytes(piece.repeat(1 << 18));
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            try {
              assertThat(JsonPointer.text(body, "/a/0")).isNull();
            } catch (InputException e) {
              assertThat(e.getMessage()).contains("not JSON");
            }
          });
    }
  }
}
