package dev.hearth.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing events, and what reading them one by one does not show. */
final class EventTest {

  private static Event event(byte[] data, Object... more) throws InputException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", "1");
    attributes.put("source", "/s");
    attributes.put("type", "t");
    for (int i = 0; i < more.length; i += 2) {
      attributes.put((String) more[i], more[i + 1]);
    }
    return Event.of(attributes, data);
  }

  private static Map<String, String> headers(Event event, boolean encode) {
    Map<String, String> lines = new LinkedHashMap<>();
    BinaryMode.write(event, encode, lines::put);
    return lines;
  }

  private static String structured(Event event) {
    return new String(StructuredMode.write(event), UTF_8);
  }

  private static List<Event> read(Map<String, List<String>> headers, String body, boolean strict)
      throws InputException {
    byte[] bytes = body.getBytes(UTF_8);
    return EventMode.read(
        new MemoryExchange("POST", "/", "", headers, new ByteArrayInputStream(bytes), bytes.length)
            .request()
            .headers(),
        bytes,
        strict);
  }

  private static List<Event> batch(String body) throws InputException {
    return read(Map.of("content-type", List.of("application/cloudevents-batch+json")), body, false);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "Euro € 😀 | Euro%20%E2%82%AC%20%F0%9F%98%80 | Euro %E2%82%AC %F0%9F%98%80",
        "a \"b\" c | a%20%22b%22%20c               | a \"b\" c",
        "100%      | 100%25                        | 100%",
        "a,b;c=~!  | a,b;c=~!                      | a,b;c=~!"
      })
  void write_headers_areEncodedUnlessToldOtherwise(String value, String encoded, String plain)
      throws InputException {
    Event event = event(null, "subject", value);

    assertThat(headers(event, true)).containsEntry("ce-subject", encoded);
    assertThat(headers(event, false)).containsEntry("ce-subject", plain);
  }

  @Test
  void write_headers_holdNoLineBreak() throws InputException {
    Event event = event(null, "ext", "a\r\nb\u0000");

    assertThat(headers(event, true)).containsEntry("ce-ext", "a%0D%0Ab%00");
    assertThat(headers(event, false)).containsEntry("ce-ext", "a%0D%0Ab%00");
  }

  @Test
  void write_contentType_isAHeaderOfItsOwn() throws InputException {
    Map<String, String> headers =
        headers(
            event(null, "datacontenttype", "text/plain; charset=utf-8", "n", 5, "b", true), true);

    assertThat(headers)
        .containsEntry("Content-Type", "text/plain; charset=utf-8")
        .containsEntry("ce-n", "5")
        .containsEntry("ce-b", "true")
        .doesNotContainKey("ce-datacontenttype");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "application/json                | {\"a\":[1.50,null]} | \"data\":{\"a\":[1.50,null]}",
        "application/vnd.foo.v1+json     | \"x\"               | \"data\":\"x\"",
        "application/json                | null                | \"data\":null",
        "application/json; charset=utf-8 | {\"a\":             | \"data_base64\":\"eyJhIjo=\"",
        "text/plain                      | héllo               | \"data\":\"héllo\"",
        "application/xml                 | <a/>                | \"data\":\"<a/>\"",
        "application/octet-stream        | abc                 | \"data_base64\":\"YWJj\""
      })
  void write_structured_embedsJsonAndTextAndEncodesTheRest(String type, String data, String member)
      throws InputException {
    assertThat(structured(event(data.getBytes(UTF_8), "datacontenttype", type)))
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"datacontenttype\":\""
                + type
                + "\","
                + member
                + "}");
  }

  @Test
  void write_structured_dataThatIsNotTextComesBackAsTheSameBytes() throws InputException {
    byte[] broken = {(byte) 0xc0, 'x'};

    for (String type : List.of("text/plain", "text/plain; charset=utf-16")) {
      Event event = event(broken, "datacontenttype", type);
      assertThat(structured(event)).contains("data_base64");
      assertThat(StructuredMode.read(structured(event))).isEqualTo(event);
    }
    assertThat(structured(event(broken))).contains("\"data_base64\":\"wHg=\"");
    assertThat(structured(event(null))).doesNotContain("data");
  }

  @Test
  void write_structured_extensionsKeepTheirTypes() throws InputException {
    String text = structured(event(null, "n", 5, "b", false, "s", "5"));

    assertThat(text).contains("\"n\":5,\"b\":false,\"s\":\"5\"");
    assertThat(StructuredMode.read(text)).isEqualTo(event(null, "n", 5, "b", false, "s", "5"));
  }

  @Test
  void write_version03_usesItsOwnEncoding() throws InputException {
    Map<String, Object> attributes = new LinkedHashMap<>(event(null).attributes());
    attributes.put("specversion", "0.3");
    Event event = Event.of(attributes, new byte[] {0, 1, 2});

    assertThat(structured(event)).contains("\"datacontentencoding\":\"base64\",\"data\":\"AAEC\"");
    assertThat(StructuredMode.read(structured(event)).data()).containsExactly(0, 1, 2);
  }

  @Test
  void readBatch_givesTheEventsInOrder() throws InputException {
    String one = structured(event(null));
    String two = one.replace("\"1\"", "\"2\"");

    assertThat(batch("[" + one + "," + two + "]"))
        .extracting(e -> e.text("id"))
        .containsExactly("1", "2");
    assertThat(batch(" [] ")).isEmpty();
  }

  @Test
  void readBatch_oneBadElement_refusesAllAndSaysWhich() throws InputException {
    String one = structured(event(null));

    assertThatThrownBy(() -> batch("[" + one + ",{\"specversion\":\"1.0\"}]"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("event 1: attribute id is missing");
    assertThatThrownBy(() -> batch(one)).hasMessageContaining("JSON array");
    assertThatThrownBy(() -> batch("[1]")).hasMessageContaining("event 0");
    assertThatThrownBy(() -> batch("[" + one + "," + one.replace("1.0", "0.3") + "]"))
        .hasMessageContaining("one specversion");
  }

  @Test
  void read_strict_refusesWhatIsToleratedOtherwise() throws InputException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> line : headers(event(null), true).entrySet()) {
      headers.put(line.getKey(), List.of(line.getValue()));
    }
    headers.put("ce-subject", List.of("100%"));

    assertThat(read(headers, "", false).get(0).text("subject")).isEqualTo("100%");
    assertThatThrownBy(() -> read(headers, "", true)).hasMessageContaining("ce-subject");

    headers.put("ce-subject", List.of("ok"));
    headers.put("ce-datacontenttype", List.of("text/plain"));
    assertThat(read(headers, "", false).get(0).contentType()).isNull();
    assertThatThrownBy(() -> read(headers, "", true)).hasMessageContaining("ce-datacontenttype");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain\r\nx: y", "text/\u00e4", "a\u007f"})
  void contentType_thatNoHeaderCanHold_isRefused(String type) {
    assertThatThrownBy(() -> event(null, "datacontenttype", type))
        .hasMessageContaining("datacontenttype");
  }

  @Test
  void read_bytesThatAreNotUtf8_areRefused() {
    byte[] bytes = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    Map<String, List<String>> headers = Map.of("content-type", List.of(EventMode.JSON));
    MemoryExchange exchange =
        new MemoryExchange("POST", "/", "", headers, new ByteArrayInputStream(bytes), bytes.length);

    assertThatThrownBy(() -> EventMode.read(exchange.request().headers(), bytes, false))
        .hasMessageContaining("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2018-04-05T03:56:24Z",
        "2018-04-05t03:56:24.123456789z",
        "2018-04-05T03:56:24+01:00",
        "2020-02-29T23:59:60-23:59"
      })
  void time_ofRfc3339_isTaken(String time) throws InputException {
    assertThat(event(null, "time", time).text("time")).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2018-04-05",
        "2018-04-05T03:56Z",
        "2018-04-05T03:56:24",
        "2018-04-05 03:56:24Z",
        "2018-04-05T03:56:24.Z",
        "2018-04-05T03:56:24+01",
        "2018-04-05T03:56:24Zx",
        "2018-04-05T24:00:00Z",
        "2018-02-29T00:00:00Z",
        "2018-13-01T00:00:00Z",
        "2018-00-01T00:00:00Z",
        "2018-04-31T00:00:00Z",
        "2018-04-05T03:60:24Z",
        "2018-04-05T03:56:24+01:60",
        "２018-04-05T03:56:24Z"
      })
  void time_ofAnotherForm_isRefused(String time) {
    assertThatThrownBy(() -> event(null, "time", time)).hasMessageContaining("RFC 3339");
  }
}
