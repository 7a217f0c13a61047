package dev.hearth.http.contract.knative;

import static dev.hearth.http.contract.knative.EventJar.attributes;
import static dev.hearth.http.contract.knative.EventJar.binary;
import static dev.hearth.http.contract.knative.EventJar.event;
import static dev.hearth.http.contract.knative.EventJar.post;
import static dev.hearth.http.contract.knative.EventJar.request;
import static dev.hearth.http.contract.knative.EventJar.structured;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.testing.TestBag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance cases of CloudEvents over HTTP, by number, against functions that send back the event they got. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class CloudEventsHttpTest {

  private static final String ECHO = "e.Echo";
  private static final String SDK_ECHO = "e.SdkEcho";
  private static final List<String> ECHOES = List.of(ECHO, SDK_ECHO);

  @TempDir Path directory;
  private TestHost host;

  private TestHost serve(String... handlers) throws IOException {
    return serve(Map.of(), handlers);
  }

  private TestHost serve(Map<String, String> environment, String... handlers) throws IOException {
    stop();
    host = EventJar.serve(directory, environment, handlers);
    return host;
  }

  @AfterEach
  void stop() {
    if (host != null) {
      host.close();
    }
  }

  private void assertRefused(Answered answer, String named) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
    assertThat(answer.text()).contains(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {ECHO, SDK_ECHO})
  void cloudevents_case_01_minimalBinaryWithoutBody_isAccepted(String echo) throws IOException {
    Answered answer = binary(serve(echo), "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(attributes(answer))
        .isEqualTo(
            Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t"));
  }

  @Test
  void cloudevents_case_02_headerNamesInMixedCase_areAccepted() throws IOException {
    serve(SDK_ECHO);

    Answered answer =
        host.ask(
            request(
                "POST", "/", "CE-ID: 1\r\nCe-Type: t\r\nce-SOURCE: /s\r\nCe-SpecVersion: 1.0", ""));

    assertThat(attributes(answer)).containsEntry("ce-id", "1").containsEntry("ce-type", "t");
  }

  @ParameterizedTest
  @ValueSource(strings = {ECHO, SDK_ECHO})
  void cloudevents_case_04_contentTypeParameters_areKept(String echo) throws IOException {
    Answered answer = binary(serve(echo), "{}", "Content-Type: application/json; charset=utf-8");

    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(answer.text()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "5  | Euro%20%E2%82%AC%20%F0%9F%98%80 | Euro%20%E2%82%AC%20%F0%9F%98%80",
        "6  | \"a \\\"b\\\" c\"               | a%20%22b%22%20c",
        "7  | %41%62c                         | Abc",
        "8  | %e2%82%ac                       | %E2%82%AC",
        "10 | 100%25                          | 100%25",
        "10 | %2520                           | %2520",
        "11 | a,b                             | a,b"
      })
  void cloudevents_case_05_to_11_headerValues_areDecodedOnceAndEncodedAgain(
      int number, String sent, String received) throws IOException {
    for (String echo : ECHOES) {
      Answered answer = binary(serve(echo), "", "ce-subject: " + sent);

      assertThat(answer.header("ce-subject")).as("case %s by %s", number, echo).isEqualTo(received);
    }
  }

  @Test
  void cloudevents_case_05_attribute_reachesTheFunctionDecoded() throws IOException {
    Answered answer =
        binary(serve("e.Tell::tell"), "", "ce-subject: Euro%20%E2%82%AC%20%F0%9F%98%80");

    assertThat(answer.text()).contains("\nce-subject=Euro € 😀\n");
  }

  @Test
  void cloudevents_case_09_escapesThatAreNotUtf8_are400() throws IOException {
    assertRefused(binary(serve(ECHO), "", "ce-subject: %C0%A0"), "ce-subject");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents+json; charset=utf-8",
        "Application/CloudEvents+JSON",
        "application/cloudevents+json ;charset=utf-8"
      })
  void cloudevents_case_12_structuredMediaTypes_areAccepted(String type) throws IOException {
    serve(ECHO);

    Answered answer =
        post(host, type, "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/cloudevents+json");
    assertThat(answer.text())
        .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1.0,null]}", "[1]", "1.5", "\"x\"", "null"})
  void cloudevents_case_13_data_isPreserved(String json) throws IOException {
    for (String echo : ECHOES) {
      Answered answer = structured(serve(echo), ",\"data\":" + json);

      assertThat(answer.text()).endsWith(",\"data\":" + json + "}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ECHO, SDK_ECHO})
  void cloudevents_case_13_absentData_staysAbsent(String echo) throws IOException {
    assertThat(structured(serve(echo), "").text()).doesNotContain("data");
  }

  @ParameterizedTest
  @ValueSource(strings = {ECHO, SDK_ECHO})
  void cloudevents_case_14_base64WithoutContentType_getsNone(String echo) throws IOException {
    Answered answer = structured(serve(echo), ",\"data_base64\":\"AAEC\"");

    assertThat(answer.text()).endsWith(",\"data_base64\":\"AAEC\"}").doesNotContain("datacontent");
    Answered told = structured(serve("e.Tell::tell"), ",\"data_base64\":\"AAEC\"");
    assertThat(told.text()).doesNotContain("content-type").contains("body=\\u0000\\u0001");
  }

  @Test
  void cloudevents_case_15_jsonString_keepsItsQuotes() throws IOException {
    Answered told = structured(serve("e.Tell::tell"), ",\"data\":\"x\"");

    assertThat(told.text()).contains("header content-type=application/json", "body=\\\"x\\\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {ECHO, SDK_ECHO})
  void cloudevents_case_16_textData_isTextAndNothingElse(String echo) throws IOException {
    serve(echo);

    assertThat(
            structured(host, ",\"datacontenttype\":\"application/xml\",\"data\":\"<a/>\"").text())
        .contains("\"datacontenttype\":\"application/xml\"")
        .endsWith(",\"data\":\"<a/>\"}");
    assertRefused(
        structured(host, ",\"datacontenttype\":\"application/xml\",\"data\":{}"),
        "datacontenttype");
  }

  @Test
  void cloudevents_case_17_vendorJson_isJson() throws IOException {
    String type = ",\"datacontenttype\":\"application/vnd.foo.v1+json\"";

    for (String echo : ECHOES) {
      assertThat(structured(serve(echo), type + ",\"data\":{\"a\":1}").text())
          .contains(type)
          .endsWith(",\"data\":{\"a\":1}}");
    }
  }

  @Test
  void cloudevents_case_18_nullMembers_areAbsent() throws IOException {
    assertThat(structured(serve(ECHO), ",\"subject\":null,\"time\":null,\"ext\":null").text())
        .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}");
  }

  @Test
  void cloudevents_case_19_extensions_keepTheirTypes() throws IOException {
    assertThat(structured(serve(SDK_ECHO), ",\"x\":true,\"y\":5").text())
        .contains("\"x\":true", "\"y\":5");
    assertThat(structured(serve("e.Tell::tell"), ",\"x\":true,\"y\":5").text())
        .contains("header ce-x=true", "header ce-y=5", "ce-x=true", "ce-y=5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "source", "type", "specversion"})
  void cloudevents_case_20_requiredAttributeMissingOrEmpty_is400(String name) throws IOException {
    serve(ECHO);
    String all = "ce-specversion: 1.0\r\nce-id: 1\r\nce-source: /s\r\nce-type: t";
    String without = all.replaceFirst("ce-" + name + ": \\S+(\r\n)?", "");
    String empty = all.replaceFirst("ce-" + name + ": \\S+", "ce-" + name + ":");

    assertRefused(host.ask(request("POST", "/", without, "")), name);
    assertRefused(host.ask(request("POST", "/", empty, "")), name);
    assertRefused(structured(host, ",\"" + name + "\":null"), name);
    assertRefused(structured(host, ",\"" + name + "\":\"\""), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2", "2.0", "9000.1"})
  void cloudevents_case_21_unknownVersion_is400(String version) throws IOException {
    serve(ECHO);

    assertRefused(structured(host, ",\"specversion\":\"" + version + "\""), version);
    assertRefused(host.ask(request("POST", "/", event().replace("1.0", version), "")), version);
  }

  @ParameterizedTest
  @ValueSource(strings = {ECHO, SDK_ECHO})
  void cloudevents_case_21_version03_isAcceptedAndAnsweredInKind(String echo) throws IOException {
    Answered answer =
        structured(
            serve(echo),
            ",\"specversion\":\"0.3\",\"schemaurl\":\"/x\",\"datacontentencoding\":\"base64\",\"data\":\"AAEC\"");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"specversion\":\"0.3\"", "\"schemaurl\":\"/x\"", "\"data\":\"AAEC\"");
    assertThat(binary(serve(echo), "", "x: y").header("ce-specversion")).isEqualTo("1.0");
  }

  @Test
  void cloudevents_case_22_timeThatIsNone_is400() throws IOException {
    assertRefused(structured(serve(ECHO), ",\"time\":\"yesterday\""), "time");
    assertRefused(binary(host, "", "ce-time: yesterday"), "time");
  }

  @Test
  void cloudevents_case_23_sourceThatIsNoUri_is400() throws IOException {
    assertRefused(structured(serve(ECHO), ",\"source\":\"http://[bad\""), "source");
    assertRefused(structured(host, ",\"dataschema\":\"http://[bad\""), "dataschema");
  }

  @Test
  void cloudevents_case_24_badNames_are400() throws IOException {
    assertRefused(structured(serve(ECHO), ",\"foo_bar\":\"x\""), "foo_bar");
    assertRefused(structured(host, ",\"FooBar\":\"x\""), "FooBar");
    assertRefused(binary(host, "", "ce-foo_bar: x"), "foo_bar");
  }

  @Test
  void cloudevents_case_25_numbersThatAreNoInt32_are400() throws IOException {
    assertRefused(structured(serve(ECHO), ",\"n\":2147483648"), "32 bits");
    assertRefused(structured(host, ",\"n\":1.5"), "32 bits");
  }

  @Test
  void cloudevents_case_26_dataTwice_is400() throws IOException {
    assertRefused(structured(serve(ECHO), ",\"data\":1,\"data_base64\":\"AA==\""), "data_base64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "{\"id\":", ""})
  void cloudevents_case_27_bodyThatIsNoEvent_is400(String body) throws IOException {
    assertRefused(post(serve(ECHO), "application/cloudevents+json", body), "JSON");
  }

  @Test
  void cloudevents_case_28_batch_isOneCallAfterTheOther() throws IOException {
    serve("e.Do");
    TestBag.remove("e.seen");

    Answered answer = post(host, "application/cloudevents-batch+json", batch("\"one\"", "\"two\""));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(TestBag.get("e.seen")).isEqualTo("\"one\";\"two\";");
  }

  @Test
  void cloudevents_case_28_emptyBatch_is2xxWithoutACall() throws IOException {
    serve("e.Do");
    TestBag.remove("e.seen");

    assertThat(post(host, "application/cloudevents-batch+json", "[]").status()).isEqualTo(204);
    assertThat(TestBag.get("e.seen")).isNull();
  }

  @Test
  void cloudevents_case_28_oneBadElement_is400WithoutACall() throws IOException {
    serve("e.Do");
    TestBag.remove("e.seen");

    String bad =
        batch("\"one\"", "\"two\"").replaceFirst("\"type\":\"t\",\"data\":\"two\"", "\"data\":2");
    assertRefused(post(host, "application/cloudevents-batch+json", bad), "event 1");
    assertThat(TestBag.get("e.seen")).isNull();
  }

  @Test
  void cloudevents_case_28_batchTurnedOff_is406() throws IOException {
    serve(Map.of("HEARTH_CLOUDEVENTS_BATCH", "off"), ECHO);

    assertThat(post(host, "application/cloudevents-batch+json", "[]").status()).isEqualTo(406);
  }

  @Test
  void cloudevents_case_28_oneFailure_stopsTheBatchWithARetryableStatus() throws IOException {
    serve("e.Do");
    TestBag.remove("e.seen");
    String text = ",\"datacontenttype\":\"text/plain\"";

    Answered permanent =
        post(
            host,
            "application/cloudevents-batch+json",
            batch("\"one\"" + text, "\"status 410\"" + text, "\"three\"" + text));

    assertThat(permanent.status()).isEqualTo(500);
    assertThat(permanent.text()).startsWith("event 1 of 3: ");
    assertThat(TestBag.get("e.seen")).isEqualTo("one;status 410;");
    Answered overload =
        post(host, "application/cloudevents-batch+json", batch("\"status 429\"" + text));
    assertThat(overload.status()).isEqualTo(429);
    assertThat(overload.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void cloudevents_case_28_moreEventsThanAreTaken_is413() throws IOException {
    serve("e.Sink");
    String[] data = new String[1001];
    java.util.Arrays.fill(data, "\"x\"");

    assertThat(post(host, "application/cloudevents-batch+json", batch(data)).status())
        .isEqualTo(413);
  }

  private static String batch(String... data) {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < data.length; i++) {
      json.append(i == 0 ? "[" : ",")
          .append("{\"specversion\":\"1.0\",\"id\":\"")
          .append(i)
          .append("\",\"source\":\"/s\",\"type\":\"t\",\"data\":")
          .append(data[i])
          .append('}');
    }
    return json.append(']').toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+avro",
        "application/cloudevents",
        "application/cloudevents-batch+avro"
      })
  void cloudevents_case_29_otherFormats_are415(String type) throws IOException {
    assertThat(post(serve(ECHO), type, "x").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(ints = {64 << 10, 1 << 20})
  void cloudevents_case_30_largeEvents_areAccepted(int size) throws IOException {
    String text = "x".repeat(size);

    for (String echo : ECHOES) {
      serve(echo);
      assertThat(binary(host, text, "Content-Type: text/plain").text()).isEqualTo(text);
      assertThat(structured(host, ",\"data\":\"" + text + "\"").text())
          .endsWith("\"data\":\"" + text + "\"}");
    }
  }

  @Test
  void cloudevents_case_30_eventOverTheLimit_is413() throws IOException {
    serve(ECHO);

    try (RawClient client = host.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\n" + event() + "Content-Length: 16777217\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ECHO, SDK_ECHO})
  void cloudevents_case_31_reply_isInTheModeOfTheRequest(String echo) throws IOException {
    serve(echo);

    Answered toBinary = binary(host, "{\"a\": 1}", "Content-Type: application/json");
    assertThat(attributes(toBinary))
        .containsKeys("ce-specversion", "ce-id", "ce-source", "ce-type")
        .containsEntry("content-type", "application/json");
    assertThat(toBinary.text()).isEqualTo("{\"a\": 1}");
    Answered toStructured = structured(host, ",\"data\":{\"a\": 1}");
    assertThat(attributes(toStructured))
        .isEqualTo(Map.of("content-type", "application/cloudevents+json"));
    assertThat(toStructured.text()).contains("\"id\":\"1\"", "\"data\":{\"a\":1}");
  }

  @Test
  void cloudevents_case_32_put_isTreatedLikePost() throws IOException {
    Answered answer = serve(ECHO).ask(request("PUT", "/", event(), "x"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ce-id")).isEqualTo("1");
  }

  @Test
  void cloudevents_case_33_chunksAndExpect_areAccepted() throws IOException {
    serve(ECHO);
    try (RawClient client = host.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\n"
              + event()
              + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.readOne(false).status()).isEqualTo(100);
      client.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

      Answered answer = client.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("abcde");
    }
  }

  @Test
  void cloudevents_case_34_traceHeader_isNoExtension() throws IOException {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    Answered answer = binary(serve("e.Tell::tell"), "", "traceparent: " + trace);
    assertThat(answer.text())
        .contains("traceparent=" + trace, "header traceparent=" + trace)
        .doesNotContain("ce-traceparent");
    assertThat(binary(host, "", "ce-traceparent: " + trace).text())
        .contains("\ntraceparent=" + trace, "ce-traceparent=" + trace);
  }

  @Test
  void cloudevents_case_35_otherHeaders_areNoExtensions() throws IOException {
    Answered answer = binary(serve(SDK_ECHO), "", "X-Other: x", "Cecil: y");

    assertThat(attributes(answer))
        .containsOnlyKeys("ce-specversion", "ce-id", "ce-source", "ce-type");
  }

  @Test
  void structured_duplicateHeaders_areIgnored() throws IOException {
    serve("e.Tell::tell");

    Answered answer =
        host.ask(
            request(
                "POST",
                "/",
                event("ce-subject: header", "Content-Type: application/cloudevents+json"),
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/s\",\"type\":\"t\"}"));

    assertThat(answer.text()).contains("ce-id=7").doesNotContain("subject");
  }

  @Test
  void duplicateHeaderLines_are400() throws IOException {
    assertRefused(binary(serve(ECHO), "", "ce-ext: a", "ce-ext: b"), "ce-ext");
  }

  @Test
  void strict_refusesWhatIsToleratedOtherwise() throws IOException {
    assertThat(binary(serve(ECHO), "", "ce-subject: 100%").header("ce-subject"))
        .isEqualTo("100%25");
    assertThat(binary(host, "", "ce-datacontenttype: text/plain").status()).isEqualTo(200);

    serve(Map.of("HEARTH_CLOUDEVENTS_STRICT", "on"), ECHO);
    assertRefused(binary(host, "", "ce-subject: 100%"), "ce-subject");
    assertRefused(binary(host, "", "ce-datacontenttype: text/plain"), "ce-datacontenttype");
  }

  @Test
  void encodingTurnedOff_sendsValuesPlainExceptWhatNoHeaderHolds() throws IOException {
    serve(Map.of("HEARTH_CLOUDEVENTS_ENCODING", "off"), ECHO);

    assertThat(binary(host, "", "ce-subject: a%20%22b%22%20%E2%82%AC").header("ce-subject"))
        .isEqualTo("a \"b\" %E2%82%AC");
  }

  @Test
  void attributeThatHoldsALineBreak_splitsNoHeader() throws IOException {
    serve(ECHO);

    Answered answer = binary(host, "", "ce-subject: a%0D%0AX-Evil: 1");

    assertThat(answer.header("ce-subject")).isEqualTo("a%0D%0AX-Evil:%201");
    assertThat(answer.header("X-Evil")).isEmpty();
    assertRefused(
        structured(host, ",\"datacontenttype\":\"a\\r\\nX-Evil: 1\",\"data_base64\":\"\""),
        "datacontenttype");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEmpty();
  }
}
