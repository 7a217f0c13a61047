package dev.hearth.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hearth.signature.spi.InputException;
import dev.hearth.testing.JsonPieces;
import dev.hearth.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class JsonTextFuzzTest {

  private static final List<String> GOOD =
      List.of(
          "{\"a\":[1,-2.5e+3,true,false,null],\"b\":{\"c\":\"d\\u00e9\\n\\\"\"}}",
          " [ { } , [ ] , \"\\ud83d\\ude00\" ] ",
          "\"text\"",
          "-0.0");

  @Provide
  Arbitrary<String> texts() {
    return Mutations.text(GOOD, JsonPieces.ALL);
  }

  @Provide
  Arbitrary<Object> values() {
    return JsonValues.any();
  }

  @Property(tries = 5000)
  void parse_anyText_isReadOrRefusedAsJacksonDoes(@ForAll("texts") String text) throws Exception {
    boolean read = true;
    try {
      Object value = JsonText.parse(text);
      assertThat(JsonText.parse(JsonText.print(value))).isEqualTo(value);
    } catch (InputException e) {
      read = false;
    }

    assertThat(read).as(text).isEqualTo(isJson(text));
  }

  @Property(tries = 1000)
  void print_anyValue_comesBackThroughUtf8(@ForAll("values") @Nullable Object value)
      throws Exception {
    byte[] printed = JsonText.print(value).getBytes(StandardCharsets.UTF_8);

    assertThat(JsonText.parse(new String(printed, StandardCharsets.UTF_8))).isEqualTo(value);
  }

  @Example
  void print_halfOfASurrogatePair_isEscaped() throws Exception {
    assertThat(JsonText.print("a\ud800b\udc00\ud83d\ude00"))
        .isEqualTo("\"a\\ud800b\\udc00\ud83d\ude00\"");
  }

  /** A step per piece of what has been read before would take minutes. */
  @Example
  void parse_longTexts_takesTimeByTheirLength() {
    for (String piece : List.of("[", "{\"a\":", "[1,", "\"\\n", " ", "1", "\\", "{\"a\":1},")) {
      String text = piece.repeat(1 << 18);
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            if (!piece.equals("1")) {
              assertThatThrownBy(() -> JsonText.parse(text)).isInstanceOf(InputException.class);
            } else {
              assertThat(JsonText.parse(text)).isInstanceOf(JsonNumber.class);
            }
            JsonText.parse("[" + "{\"a\":[1]},".repeat(1 << 16) + "0]");
          });
    }
  }

  /** Jackson as it is by default is as strict as the grammar, but for numbers it finds too long, which there are none of here. */
  private static boolean isJson(String text) throws IOException {
    String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
