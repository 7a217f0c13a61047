package dev.hearth.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.signature.spi.InputException;
import dev.hearth.testing.JsonPieces;
import dev.hearth.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class StructuredModeFuzzTest {

  private static final String HEAD =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"";

  private static final List<String> GOOD =
      List.of(
          HEAD + ",\"data\":{\"a\":[1,null]},\"time\":\"2020-02-29T23:59:60.5+01:00\"}",
          HEAD + ",\"data_base64\":\"AAEC\",\"datacontenttype\":\"image/png\",\"ext\":-7}",
          HEAD + ",\"data\":\"h\u00e9\",\"datacontenttype\":\"text/plain; charset=utf-8\"}",
          "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"datacontentencoding\":\"base64\",\"data\":\"AAEC\"}");

  private static final List<String> PIECES =
      with(
          JsonPieces.ALL,
          "\"data\":",
          "\"data_base64\":\"AA==\",",
          "\"datacontenttype\":\"application/json\",",
          "\"datacontenttype\":\"text/plain;charset=ISO-2022-CN\",",
          "charset=",
          "x-JISAutoDetect",
          "\"id source\":\"x\",",
          "\"datacontentencoding\":\"base64\",",
          "1.0",
          "0.3",
          "\"time\":\"");

  private static List<String> with(List<String> pieces, String... more) {
    List<String> all = new ArrayList<>(pieces);
    all.addAll(Arrays.asList(more));
    return all;
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.text(GOOD, PIECES);
  }

  @Provide
  Arbitrary<String> batches() {
    return Mutations.text(List.of("[" + String.join(",", GOOD.subList(0, 3)) + "]", "[]"), PIECES);
  }

  @Provide
  static Arbitrary<Event> events() {
    Arbitrary<byte[]> data =
        Arbitraries.oneOf(
                JsonValues.any().map(v -> JsonText.print(v).getBytes(StandardCharsets.UTF_8)),
                JsonValues.texts().map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20))
            .injectNull(0.1);
    Arbitrary<String> type =
        Arbitraries.of(
                "application/json",
                "application/json; charset=iso-8859-1",
                "application/x+JSON;a=b",
                "text/plain",
                "text/plain; charset=\"US-ASCII\"",
                "text/xml;charset=utf-16",
                "application/octet-stream")
            .injectNull(0.2);
    Arbitrary<Map<String, Object>> extensions =
        Arbitraries.maps(
                Arbitraries.of("ext", "x1", "datacontentencoding", "schemaurl", "dataschema"),
                Arbitraries.<Object>of("base64", "/u", "x", 1, -7, true))
            .ofMaxSize(2);
    return Combinators.combine(
            Arbitraries.of("1.0", "0.3"), JsonValues.texts(), type, extensions, data)
        .filter(
            (version, subject, t, more, bytes) -> event(version, subject, t, more, bytes) != null)
        .as((version, subject, t, more, bytes) -> event(version, subject, t, more, bytes));
  }

  private static @Nullable Event event(
      String version,
      String subject,
      @Nullable String type,
      Map<String, Object> more,
      byte @Nullable [] data) {
    Map<String, Object> attributes =
        new LinkedHashMap<>(Map.of("specversion", version, "id", "1", "source", "/s", "type", "t"));
    attributes.putAll(more);
    if (!subject.isEmpty()) {
      attributes.put("subject", subject);
    }
    if (type != null) {
      attributes.put("datacontenttype", type);
    }
    try {
      return Event.of(attributes, data);
    } catch (InputException e) {
      return null;
    }
  }

  @Property(tries = 5000)
  void read_anyText_givesWhatCanBeWrittenOrIsRefused(@ForAll("texts") String text)
      throws InputException {
    Event event;
    try {
      event = StructuredMode.read(text);
    } catch (InputException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    assertSame(event, readAgain(event));
    for (String name : event.attributes().keySet()) {
      assertThat(name).matches("[a-z0-9]+");
    }
  }

  @Property(tries = 1000)
  void readBatch_anyText_givesEventsOrIsRefused(@ForAll("batches") String text) {
    try {
      assertThat(StructuredMode.readBatch(text)).isNotNull();
    } catch (InputException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property(tries = 2000)
  void write_anyEvent_comesBack(@ForAll("events") Event event) throws InputException {
    assertSame(event, readAgain(event));
  }

  private static Event readAgain(Event event) throws InputException {
    return StructuredMode.read(new String(StructuredMode.write(event), StandardCharsets.UTF_8));
  }

  /** Data of JSON may be written otherwise and mean the same; 0.3 says how bytes were written, and that no type means JSON. */
  private static void assertSame(Event sent, Event got) throws InputException {
    Map<String, Object> attributes = new LinkedHashMap<>(got.attributes());
    Object encoding = sent.attributes().get("datacontentencoding");
    if (sent.is03() && encoding == null) {
      attributes.remove("datacontentencoding");
    } else if (sent.is03()) {
      attributes.put("datacontentencoding", encoding); // what is none gives way to one
    }
    if (sent.is03() && sent.contentType() == null) {
      attributes.remove("datacontenttype");
    }
    assertThat(attributes).isEqualTo(sent.attributes());
    byte[] before = sent.data();
    byte[] after = got.data();
    if (before == null || after == null || Arrays.equals(before, after)) {
      assertThat(after).isEqualTo(before);
      return;
    }
    assertThat(Event.isJson(String.valueOf(sent.contentType()))).isTrue();
    assertThat(JsonText.parse(new String(after, StandardCharsets.UTF_8)))
        .isEqualTo(JsonText.parse(new String(before, StandardCharsets.UTF_8)));
  }

  @Example
  void read_charsetThatCannotEncode_isUtf8() throws InputException {
    Event event =
        StructuredMode.read(
            HEAD
                + ",\"datacontenttype\":\"text/plain;charset=x-JISAutoDetect\",\"data\":\"\u00e9\"}");

    assertThat(event.data()).isEqualTo("\u00e9".getBytes(StandardCharsets.UTF_8));
  }

  @Example
  void read_namesOfTwoAttributesInARow_areNoName() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> StructuredMode.read(HEAD + ",\"type specversion\":\"x\"}"))
        .withMessageContaining("'type specversion' has no name of an attribute");
  }

  @Example
  void read_extensionNamedAsTheEncodingOf03_leavesTheDataAlone() throws InputException {
    Event event =
        StructuredMode.read(
            HEAD
                + ",\"datacontentencoding\":\"base64\",\"data\":\"AA==\",\"datacontenttype\":\"text/plain\"}");

    assertThat(event.data()).isEqualTo("AA==".getBytes(StandardCharsets.UTF_8));
  }

  @Example
  void write_jsonNestedAsDeepAsIsRead_comesBack() throws InputException {
    byte[] data = ("[".repeat(512) + "]".repeat(512)).getBytes(StandardCharsets.UTF_8);
    Event event = event("1.0", "", "application/json", Map.of(), data);
    assertThat(event).isNotNull();

    assertThat(readAgain(java.util.Objects.requireNonNull(event)).data()).isEqualTo(data);
  }
}
