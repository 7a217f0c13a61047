package dev.hearth.signature.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the CloudEvents contract that concern reading; the numbers are its own. */
final class CloudEventsTest {

  private final Map<String, List<String>> headers = new LinkedHashMap<>();

  CloudEventsTest() {
    header("ce-id", "1");
    header("ce-source", "/s");
    header("ce-type", "t");
    header("ce-specversion", "1.0");
  }

  private CloudEventsTest header(String name, String... lines) {
    headers.put(name, List.of(lines));
    return this;
  }

  private static Request request(Map<String, List<String>> headers, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return new MemoryExchange(
            "POST", "/", "", headers, new ByteArrayInputStream(bytes), bytes.length)
        .request();
  }

  private CloudEvent binary(String body) throws InputException {
    return CloudEvents.read(request(headers, body));
  }

  private static CloudEvent structured(String contentType, String body) throws InputException {
    return CloudEvents.read(request(Map.of("Content-Type", List.of(contentType)), body));
  }

  private static CloudEvent structured(String members) throws InputException {
    return structured(
        "application/cloudevents+json",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"" + members + "}");
  }

  private static String data(CloudEvent event) {
    return new String(event.getData().toBytes(), UTF_8);
  }

  private static void assertMalformed(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(InputException.class).hasMessageContaining(message);
  }

  @Test
  void cloudevents_case_1_minimalBinaryWithoutBody_hasNoData() throws Exception {
    CloudEvent event = binary("");

    assertThat(event.getId()).isEqualTo("1");
    assertThat(event.getSource()).isEqualTo(URI.create("/s"));
    assertThat(event.getType()).isEqualTo("t");
    assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
    assertThat(event.getData()).isNull();
    assertThat(event.getExtensionNames()).isEmpty();
    assertThat(event.getAttribute("specversion")).isEqualTo(SpecVersion.V1);
    assertThatThrownBy(() -> event.getAttribute("no")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cloudevents_case_2_headerNamesInMixedCase_areFound() throws Exception {
    headers.clear();
    header("CE-ID", "1").header("Ce-Type", "t").header("ce-SOURCE", "/s");
    header("cE-SpecVersion", "1.0").header("Ce-MyExt", "x");

    CloudEvent event = binary("");

    assertThat(event.getType()).isEqualTo("t");
    assertThat(event.getExtension("myext")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/json; charset=utf-8"})
  void cloudevents_case_3_and_4_featureFileBinary_keepsContentTypeAsSent(String contentType)
      throws Exception {
    headers.clear();
    header("ce-specversion", "1.0").header("ce-type", "com.example.someevent");
    header("ce-time", "2018-04-05T03:56:24Z").header("ce-id", "1234-1234-1234");
    header("ce-source", "/mycontext/subcontext").header("Content-Type", contentType);

    CloudEvent event = binary("{\"message\":\"Hello World!\"}");

    assertThat(event.getDataContentType()).isEqualTo(contentType);
    assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2018-04-05T03:56:24Z"));
    assertThat(data(event)).isEqualTo("{\"message\":\"Hello World!\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents+json; charset=utf-8",
        "Application/CloudEvents+JSON",
        "application/cloudevents+json ;charset=utf-8"
      })
  void cloudevents_case_3_and_12_structured_isRead(String contentType) throws Exception {
    CloudEvent event =
        structured(
            contentType,
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"datacontenttype\":"
                + "\"application/json\",\"data\":{\"message\":\"Hello World!\"}}");

    assertThat(event.getId()).isEqualTo("1");
    assertThat(data(event)).isEqualTo("{\"message\":\"Hello World!\"}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "5  | Euro%20%E2%82%AC%20%F0%9F%98%80 | Euro € 😀",
        "6  | \"a \\\"b\\\" c\"               | a \"b\" c",
        "7  | %41%62c                         | Abc",
        "8  | %e2%82%ac                       | €",
        "10 | 100%25                          | 100%",
        "10 | %2520                           | %20",
        "11 | a,b                             | a,b",
        "0  | 5% off %zz %4                   | 5% off %zz %4"
      })
  void cloudevents_case_5_to_11_headerValues_areDecodedOnce(int number, String sent, String read)
      throws Exception {
    assertThat(header("ce-subject", sent).binary("").getSubject()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%C0%A0", "%FF", "a%E2%82"})
  void cloudevents_case_9_escapesThatAreNotUtf8_areRefused(String sent) {
    header("ce-subject", sent);

    assertMalformed(() -> binary(""), "ce-subject");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,null]}", "[1]", "1.5", "\"x\"", "null"})
  void cloudevents_case_13_and_15_data_isKeptAsItIs(String json) throws Exception {
    CloudEvent event = structured(",\"data\":" + json);

    assertThat(data(event)).isEqualTo(json);
    assertThat(event.getDataContentType()).isEqualTo("application/json");
  }

  @Test
  void cloudevents_case_13_absentData_isNotNullData() throws Exception {
    CloudEvent event = structured("");

    assertThat(event.getData()).isNull();
    assertThat(event.getDataContentType()).isNull();
  }

  @Test
  void cloudevents_case_14_base64WithoutContentType_getsNone() throws Exception {
    CloudEvent event = structured(",\"data_base64\":\"AAEC\"");

    assertThat(event.getData().toBytes()).containsExactly(0, 1, 2);
    assertThat(event.getDataContentType()).isNull();
  }

  @Test
  void cloudevents_case_16_textData_needsText() throws Exception {
    CloudEvent event = structured(",\"datacontenttype\":\"application/xml\",\"data\":\"<a/>\"");

    assertThat(data(event)).isEqualTo("<a/>");
    assertMalformed(
        () -> structured(",\"datacontenttype\":\"application/xml\",\"data\":{}"),
        "datacontenttype");
  }

  @Test
  void cloudevents_case_17_vendorJson_isJson() throws Exception {
    CloudEvent event =
        structured(",\"datacontenttype\":\"application/vnd.foo.v1+json\",\"data\":{\"a\":1}");

    assertThat(data(event)).isEqualTo("{\"a\":1}");
  }

  @Test
  void cloudevents_case_18_nullMembers_areAbsent() throws Exception {
    CloudEvent event = structured(",\"subject\":null,\"time\":null,\"ext\":null");

    assertThat(event.getSubject()).isNull();
    assertThat(event.getTime()).isNull();
    assertThat(event.getExtensionNames()).isEmpty();
  }

  @Test
  void cloudevents_case_19_extensions_keepTheirTypes() throws Exception {
    CloudEvent event = structured(",\"x\":true,\"y\":5,\"z\":\"s\",\"o\":{\"othervalue\":5}");

    assertThat(event.getExtension("x")).isEqualTo(true);
    assertThat(event.getExtension("y")).isEqualTo(5);
    assertThat(event.getExtension("z")).isEqualTo("s");
    assertThat(event.getExtension("o")).isEqualTo("{\"othervalue\":5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "source", "type", "specversion"})
  void cloudevents_case_20_requiredAttributeMissingOrEmpty_isRefused(String name) {
    headers.remove("ce-" + name);
    assertMalformed(() -> binary(""), name);

    header("ce-" + name, "");
    assertMalformed(() -> binary(""), name);

    assertMalformed(() -> structured(",\"" + name + "\":null"), name);
    assertMalformed(() -> structured(",\"" + name + "\":\"\""), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2", "2.0", "9000.1", "1"})
  void cloudevents_case_21_unknownVersion_isRefused(String version) {
    header("ce-specversion", version);

    assertMalformed(() -> binary(""), "specversion is '" + version + "'");
  }

  @Test
  void cloudevents_case_21_version03_isRead() throws Exception {
    CloudEvent event =
        structured(
            "application/cloudevents+json",
            "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"schemaurl\":\"/x\","
                + "\"datacontentencoding\":\"base64\",\"data\":\"AAEC\"}");

    assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V03);
    assertThat(event.getDataSchema()).isEqualTo(URI.create("/x"));
    assertThat(event.getData().toBytes()).containsExactly(0, 1, 2);
  }

  @Test
  void cloudevents_case_22_to_25_badAttributes_areRefused() {
    assertMalformed(() -> structured(",\"time\":\"yesterday\""), "time");
    assertMalformed(() -> structured(",\"dataschema\":\"http://[bad\""), "dataschema");
    assertMalformed(() -> structured(",\"foo_bar\":\"x\""), "foo_bar");
    assertMalformed(() -> structured(",\"FooBar\":\"x\""), "FooBar");
    assertMalformed(() -> structured(",\"n\":2147483648"), "32 bits");
    assertMalformed(() -> structured(",\"n\":1.5"), "32 bits");
    assertMalformed(() -> structured(",\"subject\":\"\""), "subject");
    assertMalformed(() -> header("ce-source", "http://[bad").binary(""), "source");
  }

  @Test
  void cloudevents_case_26_dataTwice_isRefused() {
    assertMalformed(() -> structured(",\"data\":1,\"data_base64\":\"AA==\""), "data_base64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "{\"id\":", ""})
  void cloudevents_case_27_bodyThatIsNoObject_isRefused(String body) {
    assertThatThrownBy(() -> structured("application/cloudevents+json", body))
        .isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/cloudevents-batch+json", "application/cloudevents+avro"})
  void cloudevents_case_28_and_29_otherFormats_areUnsupportedTypes(String contentType) {
    assertThatThrownBy(() -> structured(contentType, "[]"))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.isUnsupportedType()).isTrue());
  }

  @Test
  void cloudevents_case_30_largeEvents_areRead() throws Exception {
    String megabyte = "\"" + "x".repeat(1 << 20) + "\"";

    assertThat(data(structured(",\"data\":" + megabyte))).isEqualTo(megabyte);
    assertThat(data(binary(megabyte))).isEqualTo(megabyte);
  }

  @Test
  void cloudevents_case_34_and_35_transportHeaders_areNoExtensions() throws Exception {
    header("traceparent", "00-0-0-01").header("X-Other", "x");
    header("ce-datacontenttype", "text/plain").header("Content-Type", "text/xml");

    CloudEvent event = binary("<a/>");

    assertThat(event.getExtensionNames()).isEmpty();
    assertThat(event.getDataContentType()).isEqualTo("text/xml");
  }

  @Test
  void read_headerTwice_isRefused() {
    header("ce-ext", "a", "b");

    assertMalformed(() -> binary(""), "ce-ext is there 2 times");
  }

  @Test
  void isEvent_goesByMediaTypeOrHeaders() {
    assertThat(CloudEvents.isEvent(request(headers, ""))).isTrue();
    assertThat(CloudEvents.isEvent(request(Map.of("ce-id", List.of("1")), ""))).isTrue();
    assertThat(
            CloudEvents.isEvent(
                request(Map.of("Content-Type", List.of("application/cloudevents+json")), "{}")))
        .isTrue();
    assertThat(
            CloudEvents.isEvent(request(Map.of("Content-Type", List.of("application/json")), "{}")))
        .isFalse();
  }

  @Test
  void equals_sameContent_isEqual() throws Exception {
    assertThat(binary("x")).isEqualTo(binary("x")).hasSameHashCodeAs(binary("x"));
    assertThat(binary("x")).isNotEqualTo(binary("y"));
    assertThat(binary("x").toString()).contains("id=1", "data=x");
  }
}
