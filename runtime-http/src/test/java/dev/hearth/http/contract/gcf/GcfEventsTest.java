package dev.hearth.http.contract.gcf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the contract's checklist that concern events, by number, and the public suite's events. */
@Timeout(120)
class GcfEventsTest {

  private static final Path VECTORS =
      Path.of(System.getProperty("hearth.shared", "../../shared")).resolve("vectors/gcf-events");

  private static final String NO_VECTORS = "(the suite's events are absent)";

  private static final String STRUCTURED =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"//s/n\",\"type\":\"t\",\"data\":{\"a\":null}}";

  @TempDir static Path directory;
  private static Path jar;
  private static Served events; // of the vendor's, told nothing about their type
  private static Served raw;

  @BeforeAll
  static void start() throws IOException {
    jar = GcfJars.jar(directory);
    events = Served.function(jar, "acme.Events", "cloudevent");
    raw = Served.function(jar, "acme.Raw", "event");
  }

  @AfterAll
  static void stop() {
    events.close();
    raw.close();
    TestBag.remove(GcfJars.EVENT);
  }

  @BeforeEach
  void forget() {
    TestBag.remove(GcfJars.EVENT);
  }

  private static Answered structured(Served to, String json) throws IOException {
    return to.post(json, "Content-Type: application/cloudevents+json; charset=utf-8");
  }

  private static void assertTaken(Answered answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  private static void assertRefused(Answered answer, String why) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.text()).contains(why).endsWith("\n");
    assertThat(TestBag.get(GcfJars.EVENT)).isNull();
  }

  /** What the function was given. */
  private static Map<?, ?> told() throws Exception {
    return (Map<?, ?>) JsonText.parse(String.valueOf(TestBag.get(GcfJars.EVENT)));
  }

  @Test
  void gcf_case_26_binaryCloudEvent_hasAttributesExtensionAndDecodedSubject() throws Exception {
    assertTaken(
        events.post(
            "{\"a\":1}",
            "ce-specversion: 1.0",
            "CE-ID: 1",
            "ce-source: //s/n",
            "ce-type: t",
            "ce-subject: a,b %E2%82%AC",
            "ce-myext: v",
            "Content-Type: application/json"));

    Map<?, ?> event = told();
    assertThat(event.get("subject")).isEqualTo("a,b €");
    assertThat(event.get("myext")).isEqualTo("v");
    assertThat(event.get("id")).isEqualTo("1");
    assertThat(event.get("datacontenttype")).isEqualTo("application/json");
  }

  @Test
  void gcf_case_27_structuredCloudEvent_isTaken() throws Exception {
    assertTaken(structured(events, STRUCTURED));

    assertThat(told().get("data")).isEqualTo(JsonText.parse("{\"a\":null}"));
  }

  @Test
  void gcf_case_28_and_29_eventFunctionThrows_is500() throws IOException {
    String thrown = STRUCTURED.replace("null", "\"throw\"");
    String legacy = "{\"context\":{\"eventId\":\"1\",\"eventType\":\"e\"},\"data\":\"throw\"}";

    for (Answered answer :
        List.of(
            structured(events, thrown),
            events.post(
                "\"throw\"", "ce-specversion: 1.0", "ce-id: 1", "ce-source: s", "ce-type: t"),
            raw.json(legacy))) {
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"specversion\": | not JSON",
        "[] | a JSON object",
        "{\"specversion\":\"1.0\",\"source\":\"s\",\"type\":\"t\"} | id",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\"} | source",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\"} | type",
        "{\"specversion\":\"9.9\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"} | 9.9",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"time\":\"now\"} | time"
      })
  void gcf_case_30_malformedStructuredEvent_is400AndSaysWhy(String body, String why)
      throws IOException {
    assertRefused(structured(events, body), why);
    assertRefused(structured(raw, body), why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ce-specversion: 9.9|ce-id: 1|ce-source: s|ce-type: t|9.9",
        "ce-specversion: 1.0|ce-source: s|ce-type: t|x: y|id",
        "ce-specversion: 1.0|ce-id: 1|ce-type: t|x: y|source",
        "ce-specversion: 1.0|ce-id: 1|ce-source: s|x: y|type",
        "ce-specversion: 1.0|ce-id: |ce-source: s|ce-type: t|id",
        "x: y|ce-id: 1|ce-source: s|ce-type: t|specversion"
      })
  void gcf_case_30_malformedBinaryEvent_is400_whoeverTheHandlerIs(
      String a, String b, String c, String d, String why) throws IOException {
    assertRefused(events.post("{}", a, b, c, d), why);
    try (Served plain = Served.function(jar, "acme.Plain", "cloudevent")) {
      assertRefused(plain.post("{}", a, b, c, d), why);
    }
  }

  @Test
  void gcf_case_30_batchesAndOtherFormats_are415() throws IOException {
    try (Served plain = Served.function(jar, "acme.Plain", "cloudevent")) {
      for (String type :
          List.of("application/cloudevents-batch+json", "application/cloudevents+avro")) {
        assertThat(events.post("[]", "Content-Type: " + type).status()).isEqualTo(415);
        assertThat(plain.post("[]", "Content-Type: " + type).status()).isEqualTo(415);
      }
    }
  }

  private static final String FIELDS =
      "\"eventId\":\"1\",\"timestamp\":\"2020-09-29T11:32:00.123Z\",\"eventType\":\"e\",\"resource\":\"r\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"context\":{" + FIELDS + "},\"data\":{\"x\":null}}",
        "{" + FIELDS + ",\"data\":{\"x\":null}}"
      })
  void gcf_case_31_legacyEvent_hasItsContext(String body) throws Exception {
    assertTaken(raw.json(body));

    assertThat(told())
        .isEqualTo(JsonText.parse("{\"context\":{" + FIELDS + "},\"data\":{\"x\":null}}"));
  }

  @Test
  void gcf_case_31_pushOfTheEmulator_isAPubSubMessage() throws Exception {
    String push =
        "{\"subscription\":\"projects/p/subscriptions/s\",\"message\":{\"data\":\"aGk=\",\"messageId\":\"7\","
            + "\"attributes\":{\"k\":\"v\"},\"publishTime\":\"2021-01-01T00:00:00Z\"}}";

    assertTaken(raw.json(push));
    Map<?, ?> context = (Map<?, ?>) told().get("context");
    assertThat(context.get("eventId")).isEqualTo("7");
    assertThat(context.get("eventType")).isEqualTo("google.pubsub.topic.publish");
    try (Served messages = Served.function(jar, "acme.Messages")) {
      assertTaken(messages.json(push));
      assertThat(TestBag.get(GcfJars.EVENT)).isEqualTo("aGk= {k=v} 7");
    }
  }

  @Test
  void gcf_case_32_unknownLegacyType_toACloudEventsFunction_is400() throws IOException {
    assertRefused(events.json("{\"context\":{" + FIELDS + "},\"data\":{}}"), "'e'");
  }

  @Test
  void gcf_case_34_getWithoutABody_is400() throws IOException {
    try (Served plain = Served.function(jar, "acme.Plain", "event")) {
      assertRefused(events.get("/"), "body");
      assertRefused(raw.get("/"), "body");
      assertRefused(plain.get("/"), "body");
    }
  }

  // Case 33: the suite's events in all four conversions, S3 to S6.

  static Stream<String> suite() {
    if (!Files.isDirectory(VECTORS)) {
      return Stream.of(NO_VECTORS);
    }
    try (Stream<Path> files = Files.list(VECTORS)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith("-legacy-input.json"))
          .map(name -> name.substring(0, name.length() - "-legacy-input.json".length()))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String vector(String name) throws IOException {
    return Files.readString(VECTORS.resolve(name + ".json"));
  }

  private static void assumeVectors(String event) {
    assumeThat(event)
        .as("the public suite's events are not in %s", VECTORS)
        .isNotEqualTo(NO_VECTORS);
  }

  /** An event of the suite as its client sends it. */
  private static Answered binary(Served to, String event) throws Exception {
    Map<?, ?> members = (Map<?, ?>) JsonText.parse(vector(event + "-cloudevent-input"));
    List<String> headers = new ArrayList<>(List.of("Content-Type: application/json"));
    for (String name : List.of("Id", "Source", "Specversion", "Type", "Time", "Subject")) {
      Object value = members.get(name.toLowerCase(java.util.Locale.ROOT));
      if (value != null) {
        headers.add("Ce-" + name + ": " + value);
      }
    }
    String data = JsonText.print(members.get("data"));
    return to.post(data, headers.toArray(new String[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("suite")
  void gcf_case_33_cloudEventToCloudEvent_isTheSame(String event) throws Exception {
    assumeVectors(event);
    Object expected = JsonText.parse(vector(event + "-cloudevent-input"));

    assertTaken(binary(events, event));
    assertThat(told()).isEqualTo(expected);
    forget();
    assertTaken(structured(events, vector(event + "-cloudevent-input")));
    assertThat(told()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("suite")
  void gcf_case_33_legacyToCloudEvent_isAsTheSuiteSays(String event) throws Exception {
    assumeVectors(event);

    assertTaken(events.json(vector(event + "-legacy-input")));
    assertThat(told()).isEqualTo(JsonText.parse(vector(event + "-cloudevent-output")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("suite")
  void gcf_case_33_legacyToLegacy_isAsTheSuiteSays(String event) throws Exception {
    assumeVectors(event);

    assertTaken(raw.json(vector(event + "-legacy-input")));
    assertThat(told()).isEqualTo(JsonText.parse(vector(event + "-legacy-output")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("suite")
  void gcf_case_33_cloudEventToLegacy_isAsTheSuiteSays(String event) throws Exception {
    assumeVectors(event);
    String expected =
        Files.exists(VECTORS.resolve(event + "-legacy-output-converted.json"))
            ? event + "-legacy-output-converted"
            : event + "-legacy-output";

    assertTaken(binary(raw, event));
    assertThat(told()).isEqualTo(JsonText.parse(vector(expected)));
  }

  @Test
  void plainFunction_declaredForEvents_isGivenThemAsTheyCome_andItsAnswerIsNobodys()
      throws IOException {
    try (Served plain = Served.function(jar, "acme.Plain", "event")) {
      assertTaken(
          plain.post(
              "hello",
              "ce-specversion: 1.0",
              "ce-id: 1",
              "ce-source: s",
              "ce-type: t",
              "Content-Type: text/plain"));
      assertThat(TestBag.get(GcfJars.EVENT)).isEqualTo("hello");
      assertTaken(plain.post("{\"data\":1}", "Content-Type: application/json"));
      assertThat(TestBag.get(GcfJars.EVENT)).isEqualTo("{\"data\":1}");
      Answered thrown = plain.post("throw", "Content-Type: text/plain");
      assertThat(thrown.status()).isEqualTo(500);
      assertThat(thrown.body()).isEmpty();
    }
  }

  @Test
  void plainConsumer_isAnsweredLikeAnEventFunction() throws IOException {
    try (Served sink = Served.function(jar, "acme.Sink")) {
      assertTaken(sink.post("hi", "Content-Type: text/plain"));
      assertThat(TestBag.get(GcfJars.EVENT)).isEqualTo("hi");
    }
  }

  @Test
  void body_of64KiB_inBothModes_isTaken() throws Exception {
    String text = "x".repeat(64 << 10);
    String structured = STRUCTURED.replace("null", "\"" + text + "\"");

    assertTaken(structured(events, structured));
    assertTaken(
        events.post(
            "\"" + text + "\"", "ce-specversion: 1.0", "ce-id: 1", "ce-source: s", "ce-type: t"));
    assertThat(((String) told().get("data")).getBytes(StandardCharsets.UTF_8)).hasSize(64 << 10);
  }
}
