package dev.hearth.signature.google;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.cloud.functions.BackgroundFunction;
import com.google.cloud.functions.Context;
import com.google.cloud.functions.RawBackgroundFunction;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Invoker;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the contract that concern events; the numbers are its own. */
final class EventInvokerTest {

  private static final Path VECTORS =
      Path.of(System.getProperty("hearth.shared", "../../shared")).resolve("vectors/gcf-events");

  private static final String NO_VECTORS = "(the suite's events are absent)";

  /** What a background function was given. */
  record Given(String json, Context context) {}

  record Message(String data, Map<String, String> attributes) {}

  private static void call(Invoker invoker, MemoryExchange exchange) throws Exception {
    try {
      assertThat(invoker.call(invoker.read(exchange), NoContext.OF_NOTHING)).isNull();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    assertThat(exchange.response().status()).isZero();
    assertThat(exchange.reply().body()).isEmpty();
  }

  private static CloudEvent toCloudEvents(MemoryExchange exchange) throws Exception {
    AtomicReference<CloudEvent> given = new AtomicReference<>();
    call(new CloudEventsInvoker(given::set), exchange);
    return given.get();
  }

  private static Given toRaw(MemoryExchange exchange) throws Exception {
    AtomicReference<Given> given = new AtomicReference<>();
    RawBackgroundFunction function = (json, context) -> given.set(new Given(json, context));
    call(new RawBackgroundInvoker(function), exchange);
    return given.get();
  }

  private static Message toBackground(MemoryExchange exchange) throws Exception {
    AtomicReference<Message> given = new AtomicReference<>();
    BackgroundFunction<Message> function = (message, context) -> given.set(message);
    call(new BackgroundInvoker(function, Message.class), exchange);
    return given.get();
  }

  // The suite's events: case 33, S3 to S6.

  static Stream<String> events() {
    if (!Files.isDirectory(VECTORS)) {
      return Stream.of(NO_VECTORS);
    }
    try (Stream<Path> files = Files.list(VECTORS)) {
      return files
          .map(file -> file.getFileName().toString())
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
  private static MemoryExchange binary(String json) throws Exception {
    Map<?, ?> event = (Map<?, ?>) JsonText.parse(json);
    Messages request = Messages.post().header("Content-Type", "application/json");
    for (String name : List.of("id", "source", "specversion", "type", "time", "subject")) {
      if (event.get(name) != null) {
        request.header("Ce-" + name.toUpperCase(Locale.ROOT), (String) event.get(name));
      }
    }
    return request.body(JsonText.print(event.get("data")));
  }

  private static MemoryExchange structured(String json) {
    return Messages.post().header("Content-Type", "application/cloudevents+json").body(json);
  }

  private static Map<String, Object> members(CloudEvent event) throws Exception {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("specversion", event.getSpecVersion().toString());
    members.put("type", event.getType());
    members.put("source", event.getSource().toString());
    if (event.getSubject() != null) {
      members.put("subject", event.getSubject());
    }
    members.put("id", event.getId());
    members.put("time", event.getTime().toString());
    members.put("datacontenttype", event.getDataContentType());
    members.put("data", JsonText.parse(new String(event.getData().toBytes(), UTF_8)));
    return members;
  }

  private static Map<String, Object> members(Given given) throws Exception {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("eventId", given.context.eventId());
    context.put("timestamp", given.context.timestamp());
    context.put("eventType", given.context.eventType());
    String resource = given.context.resource();
    context.put("resource", resource.startsWith("{") ? JsonText.parse(resource) : resource);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("context", context);
    members.put("data", JsonText.parse(given.json));
    return members;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void google_case_33_cloudEventToCloudEvent_isTheSame(String event) throws Exception {
    assumeVectors(event);
    Object expected = JsonText.parse(vector(event + "-cloudevent-input"));

    assertThat(members(toCloudEvents(binary(vector(event + "-cloudevent-input")))))
        .isEqualTo(expected);
    assertThat(members(toCloudEvents(structured(vector(event + "-cloudevent-input")))))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void google_case_33_legacyToCloudEvent_isAsTheSuiteSays(String event) throws Exception {
    assumeVectors(event);

    assertThat(members(toCloudEvents(Messages.json(vector(event + "-legacy-input")))))
        .isEqualTo(JsonText.parse(vector(event + "-cloudevent-output")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void google_case_33_legacyToLegacy_isAsTheSuiteSays(String event) throws Exception {
    assumeVectors(event);

    assertThat(members(toRaw(Messages.json(vector(event + "-legacy-input")))))
        .isEqualTo(JsonText.parse(vector(event + "-legacy-output")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void google_case_33_cloudEventToLegacy_isAsTheSuiteSays(String event) throws Exception {
    assumeVectors(event);
    Path converted = VECTORS.resolve(event + "-legacy-output-converted.json");

    assertThat(members(toRaw(binary(vector(event + "-cloudevent-input")))))
        .isEqualTo(
            JsonText.parse(
                Files.exists(converted)
                    ? Files.readString(converted)
                    : vector(event + "-legacy-output")));
  }

  @Test
  void google_case_26_binaryCloudEvent_hasAttributesExtensionsAndDecodedSubject() throws Exception {
    CloudEvent event =
        toCloudEvents(
            Messages.post()
                .header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "//s/n")
                .header("ce-type", "any.type")
                .header("ce-subject", "a,b %E2%82%AC")
                .header("ce-myext", "v")
                .header("Content-Type", "text/plain")
                .body("hello"));

    assertThat(event.getSubject()).isEqualTo("a,b €");
    assertThat(event.getExtension("myext")).isEqualTo("v");
    assertThat(event.getData().toBytes()).isEqualTo("hello".getBytes(UTF_8));
  }

  @Test
  void google_case_27_structuredCloudEvent_withCharset_isRead() throws Exception {
    CloudEvent event =
        toCloudEvents(
            Messages.post()
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .body(
                    "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\","
                        + "\"data\":{\"a\":null}}"));

    assertThat(event.getData().toBytes()).isEqualTo("{\"a\":null}".getBytes(UTF_8));
  }

  @Test
  void google_case_28_and_29_functionThrows_throwsItUnwrapped() {
    IllegalStateException thrown = new IllegalStateException("mine");
    MemoryExchange legacy = Messages.json("{\"context\":{},\"data\":{}}");

    assertThatThrownBy(
            () ->
                call(
                    new RawBackgroundInvoker(
                        (json, context) -> {
                          throw thrown;
                        }),
                    legacy))
        .isSameAs(thrown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"specversion\":", "{\"specversion\":\"1.0\",\"id\":\"1\"}", "[]"})
  void google_case_30_malformedStructuredEvent_isTheSendersFault(String body) {
    assertThatThrownBy(() -> toCloudEvents(structured(body))).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> toRaw(structured(body))).isInstanceOf(InputException.class);
  }

  @Test
  void google_case_30_malformedBinaryEvent_isTheSendersFault() {
    assertThatThrownBy(() -> toRaw(Messages.post().header("ce-specversion", "9.9").body("{}")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("9.9");
    assertThatThrownBy(() -> toRaw(Messages.post().header("ce-id", "1").body("{}")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("specversion is missing");
  }

  private static final String FIELDS =
      "\"eventId\":\"1\",\"timestamp\":\"2020-09-29T11:32:00.123Z\",\"eventType\":\"e\",\"ignored\":[]";

  @Test
  void google_case_31_contextObject_isRead() throws Exception {
    Given given =
        toRaw(
            Messages.json(
                "{\"context\":{"
                    + FIELDS
                    + ",\"resource\":{\"service\":\"s\",\"n\":1}},\"data\":{\"a\":[null,1.50]}}"));

    assertThat(given.json).isEqualTo("{\"a\":[null,1.50]}");
    assertThat(given.context.eventId()).isEqualTo("1");
    assertThat(given.context.timestamp()).isEqualTo("2020-09-29T11:32:00.123Z");
    assertThat(given.context.eventType()).isEqualTo("e");
    assertThat(given.context.resource()).isEqualTo("{\"service\":\"s\",\"n\":1}");
    assertThat(given.context.attributes()).isEmpty();
  }

  @Test
  void google_case_31_contextAtTheRoot_isRead() throws Exception {
    Given given = toRaw(Messages.json("{" + FIELDS + ",\"resource\":\"r\",\"data\":\"x\"}"));

    assertThat(given.json).isEqualTo("\"x\"");
    assertThat(given.context.eventId()).isEqualTo("1");
    assertThat(given.context.resource()).isEqualTo("r");
  }

  private static final String PUSHED =
      "{\"subscription\":\"projects/p/subscriptions/s\",\"message\":{\"data\":\"aGk=\",\"messageId\":\"7\","
          + "\"attributes\":{\"k\":\"v\"}%s}}";

  @Test
  void google_case_31_pushOfTheEmulator_isRead() throws Exception {
    Given given =
        toRaw(Messages.json(PUSHED.replace("%s", ",\"publishTime\":\"2021-01-01T00:00:00Z\"")));

    assertThat(given.json)
        .isEqualTo(
            "{\"@type\":\"type.googleapis.com/google.pubsub.v1.PubsubMessage\",\"data\":\"aGk=\","
                + "\"attributes\":{\"k\":\"v\"}}");
    assertThat(given.context.eventId()).isEqualTo("7");
    assertThat(given.context.eventType()).isEqualTo("google.pubsub.topic.publish");
    assertThat(given.context.timestamp()).isEqualTo("2021-01-01T00:00:00Z");
    assertThat(given.context.resource())
        .isEqualTo(
            "{\"name\":null,\"service\":\"pubsub.googleapis.com\","
                + "\"type\":\"type.googleapis.com/google.pubsub.v1.PubsubMessage\"}");
  }

  @Test
  void google_case_31_pushWithoutTime_isOfNow() throws Exception {
    Given given = toRaw(Messages.json(PUSHED.replace("%s", "")));

    assertThat(Instant.parse(given.context.timestamp())).isBefore(Instant.now().plusSeconds(1));
  }

  @Test
  void google_case_31_push_isBoundToTheFunctionsType() throws Exception {
    assertThat(toBackground(Messages.json(PUSHED.replace("%s", ""))))
        .isEqualTo(new Message("aGk=", Map.of("k", "v")));
  }

  @Test
  void google_case_32_unknownLegacyType_toCloudEvents_isTheSendersFault() {
    assertThatThrownBy(
            () -> toCloudEvents(Messages.json("{" + FIELDS + ",\"resource\":\"r\",\"data\":{}}")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'e'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "{", "{\"foo\":1}", "null"})
  void google_case_34_bodyThatIsNoEvent_isTheSendersFault(String body) {
    assertThatThrownBy(() -> toRaw(Messages.json(body))).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> toCloudEvents(Messages.json(body))).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> toRaw(Messages.get("/", "").body(body)))
        .isInstanceOf(InputException.class);
  }

  // The conversions' rules that the suite's events do not show: sections 9.2 and 9.3.

  private static CloudEvent converted(String type, String resource, String rest) throws Exception {
    return toCloudEvents(
        Messages.json(
            "{\"eventId\":\"1\",\"timestamp\":\"2020-09-29T11:32:00.123Z\",\"eventType\":\""
                + type
                + "\",\"resource\":"
                + resource
                + rest
                + "}"));
  }

  @Test
  void legacyStorage_generation_isDropped_slashesAreKept() throws Exception {
    CloudEvent event =
        converted(
            "google.storage.object.archive",
            "\"projects/_/buckets/b/objects/folder/My File#1588\"",
            ",\"data\":{}");

    assertThat(event.getType()).isEqualTo("google.cloud.storage.object.v1.archived");
    assertThat(event.getSource())
        .isEqualTo(URI.create("//storage.googleapis.com/projects/_/buckets/b"));
    assertThat(event.getSubject()).isEqualTo("objects/folder/My File");
    assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2020-09-29T11:32:00.123Z"));
  }

  @Test
  void legacyDatabase_withoutDomain_isTheSendersFault() {
    assertThatThrownBy(
            () ->
                converted(
                    "providers/google.firebase.database/eventTypes/ref.write",
                    "\"projects/_/instances/i/refs/x\"",
                    ",\"data\":{}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("domain");
  }

  @Test
  void legacyAnalytics_sourceNamesTheApp() throws Exception {
    CloudEvent event =
        converted(
            "providers/google.firebase.analytics/eventTypes/event.log",
            "\"projects/p/events/session_start\"",
            ",\"data\":{\"userDim\":{\"appInfo\":{\"appId\":\"com.example\"}}}");

    assertThat(event.getSource())
        .isEqualTo(URI.create("//firebaseanalytics.googleapis.com/projects/p/apps/com.example"));
    assertThat(event.getSubject()).isEqualTo("events/session_start");
  }

  @Test
  void legacyWithoutId_toCloudEvents_isTheSendersFault() {
    assertThatThrownBy(
            () ->
                toCloudEvents(
                    Messages.json(
                        "{\"eventType\":\"google.pubsub.topic.publish\",\"resource\":\"r\",\"data\":{}}")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("id");
  }

  private static Messages cloudEvent(String type, String source) {
    return Messages.post()
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-type", type)
        .header("ce-source", source)
        .header("Content-Type", "application/json");
  }

  @Test
  void cloudEventWithoutSubjectAndTime_toLegacy_hasPlainResource_andNow() throws Exception {
    Given given =
        toRaw(
            cloudEvent("google.cloud.firestore.document.v1.written", "//firestore.googleapis.com/p")
                .body("{}"));

    assertThat(given.context.resource()).isEqualTo("p");
    assertThat(Instant.parse(given.context.timestamp())).isBefore(Instant.now().plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/p", "https://firestore.googleapis.com/p", "//s", "//s/", "///x"})
  void cloudEventWithAnotherSource_toLegacy_isTheSendersFault(String source) {
    assertThatThrownBy(
            () -> toRaw(cloudEvent("google.firebase.auth.user.v1.created", source).body("{}")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("source");
  }

  @Test
  void cloudEventOfUnknownType_toLegacy_isTheSendersFault() {
    assertThatThrownBy(() -> toRaw(cloudEvent("my.type", "//s/n").body("{}")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("my.type");
  }

  @Test
  void cloudEventWithoutData_toBackground_failsTheCall() {
    assertThatThrownBy(
            () ->
                toBackground(
                    cloudEvent(
                            "google.cloud.pubsub.topic.v1.messagePublished",
                            "//pubsub.googleapis.com/t")
                        .body("")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no data");
  }

  @Test
  void dataOfAnotherType_toBackground_isTheSendersFault() {
    assertThatThrownBy(() -> toBackground(Messages.json("{\"data\":[1],\"eventType\":\"e\"}")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Message");
  }

  @Test
  void bodysCharset_isTheHeaders_elseUtf8() throws Exception {
    byte[] latin = "{\"data\":\"ä\"}".getBytes(ISO_8859_1);

    assertThat(
            toRaw(
                    Messages.post()
                        .header("Content-Type", "application/json; charset=iso-8859-1")
                        .body(latin))
                .json)
        .isEqualTo("\"ä\"");
    assertThat(toRaw(Messages.json("{\"data\":\"ä\"}")).json).isEqualTo("\"ä\"");
    assertThatThrownBy(
            () ->
                toRaw(Messages.post().header("Content-Type", "text/json; charset=nope").body("{}")))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.isUnsupportedType()).isTrue());
  }
}
