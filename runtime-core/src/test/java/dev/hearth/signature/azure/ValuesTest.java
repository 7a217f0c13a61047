package dev.hearth.signature.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form in which the host writes a value, against every kind of type a parameter may have. */
final class ValuesTest {

  /** Types as parameters have them. */
  @SuppressWarnings("unused") // read by reflection
  private static final class Types {
    String string;
    Object object;
    int number;
    Integer boxed;
    Boolean truth;
    double real;
    byte[] bytes;
    byte[][] manyBytes;
    Point pojo;
    Optional<Point> optional;
    List<String> strings;
    List<Point> pojos;
    List<byte[]> listOfBytes;
    List<Object> objects;
    Set<Integer> set;
    String[] array;
    Point[] pojoArray;
    int[] numbers;
    Map<String, Object> map;
    List<List<Integer>> nested;
    Date date;
    Kind kind;
  }

  static final class Point {
    int x;
    private String name;

    @Override
    public String toString() {
      return "(" + x + "," + name + ")";
    }
  }

  enum Kind {
    BIG,
    SMALL
  }

  private static Type type(String field) {
    try {
      return Types.class.getDeclaredField(field).getGenericType();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(String json, String field) throws InputException {
    return Values.of(JsonText.parse(json), type(field), "it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "string|\"\\\"HelloWorld\\\"\"|HelloWorld",
        "string|\"HelloWorld\"|HelloWorld",
        "string|\"4\"|4",
        "string|4|4",
        "string|\"[1,2]\"|[1,2]",
        "string|{\"a\":1.50}|{\"a\":1.50}",
        "string|\"\\\"\\\\\\\"a\\\\\\\"\\\"\"|\"a\"",
        "string|\"\\\"null\\\"\"|null",
        "string|\"\\\"\\\"\"|~~",
        "number|\"4\"|4",
        "number|\"\\\"4\\\"\"|4",
        "number|4|4",
        "boxed|\"-7\"|-7",
        "real|\"1.5\"|1.5",
        "truth|\"true\"|true",
        "pojo|{\"x\":1,\"name\":\"n\",\"unknown\":[]}|(1,n)",
        "pojo|\"{\\\"x\\\":1}\"|(1,null)",
        "pojo|\"\\\"{\\\\\\\"x\\\\\\\":1}\\\"\"|(1,null)",
        "optional|{\"x\":2}|Optional[(2,null)]",
        "strings|\"[\\\"a\\\",\\\"4\\\",{\\\"x\\\":1},null]\"|[a, 4, {\"x\":1}, null]",
        "strings|\"[\\\"\\\\\\\"q\\\\\\\"\\\"]\"|[\"q\"]",
        "pojos|\"[{\\\"x\\\":1},\\\"{\\\\\\\"x\\\\\\\":2}\\\"]\"|[(1,null), (2,null)]",
        "objects|[1,\"a\",{\"b\":[]}]|[1.0, a, {b=[]}]",
        "set|\"[1,1,2]\"|[1, 2]",
        "map|\"{\\\"a\\\":[1]}\"|{a=[1.0]}",
        "nested|\"[[1],[2,3]]\"|[[1], [2, 3]]",
        "object|\"\\\"text\\\"\"|text",
        "object|\"[{\\\"id\\\":\\\"7\\\"}]\"|[{id=7}]",
        "kind|\"\\\"BIG\\\"\"|BIG",
        "kind|\"BIG\"|BIG",
      })
  void value_inEachForm_isWhatTheParameterTakes(String field, String json, String expected)
      throws Exception {
    assertThat(String.valueOf(value(json, field))).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void value_listOfAnything_isAnArrayList() throws Exception {
    assertThat(value("\"[{\\\"id\\\":\\\"7\\\"}]\"", "object")).isInstanceOf(ArrayList.class);
  }

  @Test
  void value_arrays_areOfTheirType() throws Exception {
    assertThat((String[]) value("\"[\\\"a\\\",\\\"b\\\"]\"", "array")).containsExactly("a", "b");
    assertThat((Point[]) value("[{\"x\":1}]", "pojoArray")).hasSize(1);
    assertThat((int[]) value("\"[1,2]\"", "numbers")).containsExactly(1, 2);
    assertThat((byte[][]) value("[\"AAE=\",\"AQ==\"]", "manyBytes"))
        .isDeepEqualTo(new byte[][] {{0, 1}, {1}});
    assertThat((List<?>) value("\"[\\\"AAE=\\\"]\"", "listOfBytes"))
        .singleElement()
        .isEqualTo(new byte[] {0, 1});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"\\\"AAE=\\\"\"|0,1",
        "\"AAE=\"|0,1",
        "\"[0,1]\"|0,1",
        "\"1234\"|-41,109,-8",
        "\"\\\"1234\\\"\"|-41,109,-8",
        "\"\\\"null\\\"\"|-98,-23,101",
        "\"not base64\"|110,111,116,32,98,97,115,101,54,52",
      })
  void bytes_areBase64_elseTheTextsOwn(String json, String expected) throws Exception {
    byte[] bytes = (byte[]) value(json, "bytes");

    StringBuilder numbers = new StringBuilder();
    for (byte each : bytes) {
      numbers.append(numbers.length() == 0 ? "" : ",").append(each);
    }
    assertThat(numbers).hasToString(expected);
  }

  @Test
  void date_ofTheHost_isRead() throws Exception {
    assertThat(value("\"2024-01-01T00:00:00Z\"", "date"))
        .isEqualTo(Date.from(Instant.parse("2024-01-01T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({"null", "'\"null\"'"})
  void nothing_isNull_orAnEmptyOptional(String json) throws Exception {
    assertThat(value(json, "string")).isNull();
    assertThat(value(json, "pojo")).isNull();
    assertThat(value(json, "bytes")).isNull();
    assertThat(value(json, "optional")).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> value(json, "number"))
        .isInstanceOf(InputException.class)
        .hasMessage("it is missing or null, and the function takes a int from it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"pojo|\"text\"", "number|\"abc\"", "number|{}", "pojos|\"{}\"", "map|[1]"})
  void value_thatDoesNotFit_isRefusedWithItsName(String field, String json) {
    assertThatThrownBy(() -> value(json, field))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("it is not what a ")
        .hasMessageMatching("[^\\n]+");
  }

  @Test
  void write_valueThatHoldsItself_isRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);

    assertThatThrownBy(() -> Values.write(list)).isInstanceOf(OutputException.class);
  }
}
