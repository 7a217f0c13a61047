package dev.hearth.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.signature.spi.InputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {

  @Test
  void parse_everyKindOfValue_givesPlainValues() throws Exception {
    Object value = JsonText.parse(" {\"a\":[true,false,null,\"x\"],\"b\":{},\"c\":-1.50e+3} ");

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("a", Arrays.asList(true, false, null, "x"));
    expected.put("b", Map.of());
    expected.put("c", new JsonNumber("-1.50e+3"));
    assertThat(value).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "12345678901234567890.123456789",
        "{\"b\":1,\"a\":null}",
        "[[],{\"x\":[1,2]},\"\"]",
        "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f€😀\""
      })
  void print_whatWasParsed_givesTheSameText(String text) throws Exception {
    assertThat(JsonText.print(JsonText.parse(text))).isEqualTo(text);
  }

  @Test
  void parse_escapes_givesCharacters() throws Exception {
    assertThat(JsonText.parse("\"\\u20AC\\ud83d\\ude00\\b\\f\\/\"")).isEqualTo("€😀\b\f/");
  }

  @Test
  void parse_nameTwice_lastCounts() throws Exception {
    assertThat(JsonText.parse("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", new JsonNumber("2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1,]",
        "[1 2]",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "tru",
        "nul",
        "NaN",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "{} x",
        "\"\\"
      })
  void parse_notJson_saysWhere(String text) {
    assertThatThrownBy(() -> JsonText.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not JSON")
        .hasMessageContaining("at character");
  }

  @Test
  void parse_nestedTooDeeply_refuses() {
    assertThatThrownBy(() -> JsonText.parse("[".repeat(100_000)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void parse_arrays_keepsNulls() throws Exception {
    assertThat(JsonText.print(JsonText.parse("[null,{\"a\":null}]")))
        .isEqualTo("[null,{\"a\":null}]");
    assertThat(JsonText.print(List.of(new JsonNumber("1"), true))).isEqualTo("[1,true]");
  }
}
