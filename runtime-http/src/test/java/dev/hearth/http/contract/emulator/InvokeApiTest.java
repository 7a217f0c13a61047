package dev.hearth.http.contract.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.instance.InstanceSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the Invoke API, 10 to 30, over a socket. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class InvokeApiTest {

  private static final String TYPE = "X-Amz-Invocation-Type: ";

  @TempDir static Path directory;
  private static Emulated host;

  @BeforeAll
  static void serve() throws IOException {
    Path jar = EmulatorJar.build(directory);
    host =
        new Emulated(
                jar,
                EmulatorSettings.TIMEOUT,
                "30",
                EmulatorSettings.PAUSES,
                "0",
                EmulatorSettings.QUEUE,
                "3")
            .with("fn1", "F$Echo")
            .with("boom", "F$Boom")
            .with("slow", "F$Slow", s -> s.runTimeout(java.time.Duration.ofSeconds(1)))
            .with("ctx", "F$Ctx")
            .with("say", "F$Say")
            .with("twice", "F$SayTwice", s -> s.instances(new InstanceSettings(2, 2, 1, 0)))
            .with("large", "F$Large")
            .with("meets", "F$Meets", s -> s.instances(new InstanceSettings(1, 1, 1, 0)))
            .with("notes", "F$Notes")
            .with("streams", "F$Streams", s -> s.instances(new InstanceSettings(1, 4, 1, 0)))
            .with("plain", "P")
            .with(
                "old",
                "F$Ctx",
                s -> s.property(Published.FUNCTION, "ctx").property(Published.VERSION, "1"))
            .serve();
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void emulator_case_10_invocation_isAnsweredWithResultAndVersion() throws IOException {
    Answered answer = host.invoke("fn1", "{\"x\":1}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"x\":1}");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("X-Amz-Executed-Version")).isEqualTo("$LATEST");
    assertThat(answer.header("X-Amz-Function-Error")).isEmpty();
    assertThat(answer.header("X-Amzn-Trace-Id"))
        .matches("root=1-[0-9a-f]{8}-[0-9a-f]{24};parent=[0-9a-f]{16};sampled=0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ctx:1",
        "ctx%3A1",
        "123456789012:function:ctx:1",
        "us-east-1:123456789012:function:ctx:1",
        "function:ctx:1",
        "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Actx%3A1"
      })
  void emulator_case_11_names_leadToTheVersion(String name) throws IOException {
    Answered answer = host.invoke(name, "{}");

    assertThat(answer.header("X-Amz-Executed-Version")).isEqualTo("1");
    assertThat(answer.text())
        .contains("\"arn\":\"arn:aws:lambda:us-east-1:123456789012:function:ctx:1\"")
        .contains("\"name\":\"ctx\"", "\"version\":\"1\"");
  }

  @Test
  void emulator_case_11_qualifier_leadsToTheVersion() throws IOException {
    String query = "?Qualifier=1";
    Answered answer = host.send("POST", Emulated.path("ctx") + query, "{}");

    assertThat(answer.text()).contains("\"version\":\"1\"");
    assertThat(host.send("POST", Emulated.path("ctx:1") + query, "{}").status()).isEqualTo(200);
    assertThat(host.send("POST", Emulated.path("ctx:2") + query, "{}").header("x-amzn-ErrorType"))
        .isEqualTo("InvalidParameterValueException");
    assertThat(host.invoke("ctx:$LATEST", "{}").text()).contains("\"version\":\"$LATEST\"");
    assertThat(host.invoke("ctx:2", "{}").status()).isEqualTo(404);
    assertThat(host.invoke("old", "{}").status())
        .as("a version has no name of its own")
        .isEqualTo(404);
  }

  @Test
  void emulator_case_12_event_isAcceptedBeforeTheFunctionEnds() throws Exception {
    try (Meeting meeting = new Meeting("api.event", 1)) {
      Answered answer = host.invoke("meets", "\"api.event\"", TYPE + "Event");
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.body()).isEmpty();
      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(host.contract().events().size()).isEqualTo(1);
      meeting.go();
      await().until(() -> host.contract().events().size() == 0);
    }
    List<String> ids = noted("api.once");
    String id =
        host.invoke("notes", "{\"key\":\"api.once\"}", TYPE + "Event").header("x-amzn-RequestId");
    await().until(() -> host.contract().events().size() == 0);
    assertThat(ids).containsExactly(id);
  }

  private static List<String> noted(String key) {
    List<String> ids = new CopyOnWriteArrayList<>();
    System.getProperties().put(key, ids);
    return ids;
  }

  @Test
  void emulator_case_13_dryRun_runsNothing() throws IOException {
    List<String> ids = noted("api.dry");

    Answered answer = host.invoke("notes", "{\"key\":\"api.dry\"}", TYPE + "DryRun");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(host.invoke("nobody", "{}", TYPE + "DryRun").status()).isEqualTo(404);
    assertThat(ids).isEmpty();
  }

  private static String tail(Answered answer) {
    return new String(Base64.getDecoder().decode(answer.header("X-Amz-Log-Result")), UTF_8);
  }

  @Test
  void emulator_case_14_tail_isTheEndOfTheLog() throws IOException {
    Answered answer = host.invoke("say", "\"hi\"", "X-Amz-Log-Type: Tail");
    Answered much = host.invoke("say", "\"" + "x".repeat(10_000) + "\"", "X-Amz-Log-Type: Tail");

    String id = answer.header("x-amzn-RequestId");
    assertThat(tail(answer))
        .startsWith("START RequestId: " + id + " Version: $LATEST\nhi\nEND RequestId: " + id + "\n")
        .contains("REPORT RequestId: " + id + "\t")
        .endsWith("\n");
    assertThat(tail(much)).hasSize(4096).startsWith("xxxx").contains("\nREPORT RequestId: ");
  }

  @Test
  void emulator_case_14_overlappingCalls_haveEachTheirOwnLog() throws Exception {
    try (Meeting one = new Meeting("say.one", 1);
        Meeting two = new Meeting("say.two", 1);
        RawClient first = host.connect();
        RawClient second = host.connect()) {
      String path = Emulated.path("twice");
      first.send(Emulated.request("POST", path, "\"say.one\"", "X-Amz-Log-Type: Tail"));
      second.send(Emulated.request("POST", path, "\"say.two\"", "X-Amz-Log-Type: Tail"));
      assertThat(one.awaitEntered() && two.awaitEntered()).isTrue();
      two.go();
      String told = tail(second.read());
      one.go();

      assertThat(told).contains("first of say.two", "second of say.two").doesNotContain("say.one");
      assertThat(tail(first.read()))
          .contains("first of say.one", "second of say.one")
          .doesNotContain("say.two");
    }
  }

  @Test
  void emulator_case_14_failure_isInTheLog() throws IOException {
    assertThat(tail(host.invoke("boom", "{}", "X-Amz-Log-Type: Tail")))
        .contains("bad: java.lang.IllegalStateException", "\nEND RequestId: ");
  }

  @Test
  void emulator_case_15_withoutLogType_thereIsNoLog() throws IOException {
    assertThat(host.invoke("say", "\"hi\"").all("X-Amz-Log-Result")).isEmpty();
    assertThat(host.invoke("say", "\"hi\"", "X-Amz-Log-Type: None").all("X-Amz-Log-Result"))
        .isEmpty();
    assertThat(host.invoke("say", "\"hi\"", "X-Amz-Log-Type: Some").status()).isEqualTo(400);
  }

  @Test
  void emulator_case_16_functionThatThrows_isUnhandled() throws IOException {
    Answered answer = host.invoke("boom", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(answer.text()).contains("\"errorMessage\":\"bad\"", "\"stackTrace\":");
  }

  @Test
  void emulator_case_17_timeout_isAnsweredInTimeAndTheNextCallFindsNewStatics() throws IOException {
    assertThat(host.invoke("slow", "\"quick\"").text()).isEqualTo("\"call 1\"");
    long begun = System.nanoTime();

    Answered answer = host.invoke("slow", "\"slow\"", "X-Amz-Log-Type: Tail");

    long millis = (System.nanoTime() - begun) / 1_000_000;
    String id = answer.header("x-amzn-RequestId");
    assertThat(millis).isBetween(1000L, 1500L);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(answer.text())
        .contains("\"errorType\":\"Sandbox.Timedout\"")
        .contains("\"RequestId: " + id + " Error: Task timed out after 1.00 seconds\"");
    assertThat(tail(answer)).contains(" " + id + " Task timed out after 1.00 seconds\nEND ");
    assertThat(host.invoke("slow", "\"quick\"").text()).isEqualTo("\"call 1\"");
  }

  @Test
  void emulator_case_18_unknownName_isNotFound() throws IOException {
    Answered answer = host.invoke("nobody", "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("ResourceNotFoundException");
    assertThat(answer.text())
        .contains("\"Type\":\"User\"")
        .contains("Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody\"");
    assertThat(host.invoke("no%20body", "{}").header("x-amzn-ErrorType"))
        .isEqualTo("InvalidParameterValueException");
    assertThat(host.invoke("x".repeat(65), "{}").status()).isEqualTo(400);
    assertThat(host.send("GET", Emulated.path("fn1"), "").status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{not json", "{} {}", "nope", "{\"a\":\"\n\"}", "\"\\ud83"})
  void emulator_case_19_payloadThatIsNoJson_isRefused(String payload) throws IOException {
    Answered answer = host.invoke("fn1", payload);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("InvalidRequestContentException");
    assertThat(answer.text()).contains("Could not parse request body into json");
  }

  @Test
  void emulator_case_20_payloadOverTheLimit_isRefused() throws IOException {
    String most = "\"" + "x".repeat(ApiException.PAYLOAD_BYTES - 2) + "\"";
    String event = "\"" + "x".repeat(ApiException.EVENT_BYTES - 1) + "\"";

    Answered over = host.invoke("notes", most + " ");

    assertThat(host.invoke("fn1", most).body()).hasSize(ApiException.PAYLOAD_BYTES);
    assertThat(over.status()).isEqualTo(413);
    assertThat(over.header("x-amzn-ErrorType")).isEqualTo("RequestTooLargeException");
    assertThat(over.text())
        .contains("Request must be smaller than 6291456 bytes for the InvokeFunction operation");
    assertThat(host.invoke("fn1", event, TYPE + "Event").header("x-amzn-ErrorType"))
        .isEqualTo("RequestTooLargeException");
    try (RawClient client = host.connect()) {
      client.send(
          "POST "
              + Emulated.path("fn1")
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 90000000\r\n\r\n");
      assertThat(client.read().header("x-amzn-ErrorType")).isEqualTo("RequestTooLargeException");
    }
  }

  @Test
  void emulator_case_21_noRoom_isThrottled() throws Exception {
    try (Meeting meeting = new Meeting("api.busy", 1);
        RawClient first = host.connect()) {
      first.send(Emulated.request("POST", Emulated.path("meets"), "\"api.busy\""));
      assertThat(meeting.awaitEntered()).isTrue();

      Answered second = host.invoke("meets", "\"api.busy\"");
      Answered stream =
          host.send("POST", "/2021-11-15/functions/meets/response-streaming-invocations", "1");
      meeting.go();

      assertThat(second.status()).isEqualTo(429);
      assertThat(second.header("x-amzn-ErrorType")).isEqualTo("TooManyRequestsException");
      assertThat(second.header("Retry-After")).isEqualTo("1");
      assertThat(second.text())
          .contains("\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\"")
          .contains("\"message\":\"Rate Exceeded.\"");
      assertThat(stream.status()).isEqualTo(429);
      assertThat(first.read().status()).isEqualTo(200);
    }
  }

  @Test
  void emulator_case_22_otherInvocationType_isRefused() throws IOException {
    assertThat(host.invoke("fn1", "{}", TYPE + "Foo").header("x-amzn-ErrorType"))
        .isEqualTo("InvalidParameterValueException");
  }

  @Test
  void emulator_case_23_noPayload_isAnEmptyObject() throws IOException {
    assertThat(host.invoke("fn1", "", "Content-Type: application/x-www-form-urlencoded").text())
        .isEqualTo("{}");
  }

  @Test
  void emulator_case_24_clientContext_isTheFunctions() throws IOException {
    assertThat(
            host.invoke("ctx", "{}", "X-Amz-Client-Context: eyJjdXN0b20iOnsiayI6InYifX0=").text())
        .contains("\"k\":\"v\"");
    assertThat(host.invoke("ctx", "{}", "X-Amz-Tenant-Id: a b=c").text())
        .contains("\"tenant\":\"a b=c\"");
    assertThat(host.invoke("ctx", "{}", "X-Amz-Tenant-Id: a!").status()).isEqualTo(400);
    assertThat(host.invoke("ctx", "{}", "X-Amzn-Trace-Id: Root=1-a;Sampled=1").text())
        .contains("\"trace\":\"Root=1-a;Sampled=1\"");
    String tooLong = "X-Amz-Client-Context: " + Base64.getEncoder().encodeToString(new byte[2700]);
    assertThat(host.invoke("ctx", "{}", tooLong).status()).isEqualTo(400);
  }

  @Test
  void emulator_case_25_resultOverTheLimit_isAnError() throws IOException {
    Answered over = host.invoke("large", String.valueOf(CallResult.MOST_BYTES + 1));

    assertThat(over.status()).isEqualTo(200);
    assertThat(over.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(over.text())
        .contains("\"errorType\":\"Function.ResponseSizeTooLarge\"")
        .contains(
            "Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556"
                + " bytes).");
    assertThat(host.invoke("large", String.valueOf(CallResult.MOST_BYTES)).body())
        .hasSize(CallResult.MOST_BYTES);
  }

  @Test
  void emulator_case_26_requestId_isTheOneThatTheFunctionSaw() throws IOException {
    Answered answer = host.invoke("ctx", "{}");

    assertThat(answer.header("x-amzn-RequestId")).hasSize(36);
    assertThat(answer.text()).contains("\"id\":\"" + answer.header("x-amzn-RequestId") + "\"");
  }

  /** A frame of an event stream whose checksums hold. */
  private record Frame(String headers, String payload) {

    static Frame of(ByteBuffer bytes) {
      int start = bytes.position();
      int total = bytes.getInt();
      int headerBytes = bytes.getInt();
      assertThat(bytes.getInt()).isEqualTo(checksum(bytes, start, 8));
      byte[] headers = new byte[headerBytes];
      bytes.get(headers);
      byte[] payload = new byte[total - headerBytes - 16];
      bytes.get(payload);
      assertThat(bytes.getInt()).isEqualTo(checksum(bytes, start, total - 4));
      return new Frame(new String(headers, UTF_8), new String(payload, UTF_8));
    }

    private static int checksum(ByteBuffer bytes, int from, int count) {
      CRC32 crc = new CRC32();
      crc.update(bytes.duplicate().limit(from + count).position(from));
      return (int) crc.getValue();
    }
  }

  private static RawClient stream(String function, String payload, String... headers)
      throws IOException {
    return host.connect()
        .send(
            Emulated.request(
                "POST",
                "/2021-11-15/functions/" + function + "/response-streaming-invocations",
                payload,
                headers));
  }

  @Test
  void emulator_case_27_stream_sendsPartsAsTheyAreWritten() throws Exception {
    try (Meeting meeting = new Meeting("api.stream", 1);
        RawClient client = stream("streams", "\"api.stream\"", "X-Amz-Log-Type: Tail")) {
      Answered head = client.readHead();
      Frame first = Frame.of(ByteBuffer.wrap(client.chunk()));
      assertThat(meeting.awaitEntered()).isTrue();
      meeting.go();
      java.io.ByteArrayOutputStream rest = new java.io.ByteArrayOutputStream();
      for (byte[] chunk = client.chunk(); chunk.length > 0; chunk = client.chunk()) {
        rest.writeBytes(chunk);
      }
      ByteBuffer frames = ByteBuffer.wrap(rest.toByteArray());
      Frame second = Frame.of(frames);
      Frame last = Frame.of(frames);

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Type")).isEqualTo("application/vnd.amazon.eventstream");
      assertThat(head.header("X-Amz-Executed-Version")).isEqualTo("$LATEST");
      assertThat(first.payload()).isEqualTo("ab");
      assertThat(first.headers()).contains("PayloadChunk", "application/octet-stream", "event");
      assertThat(second.payload()).isEqualTo("cd");
      assertThat(last.headers()).contains("InvokeComplete", "application/json");
      assertThat(last.payload()).startsWith("{\"LogResult\":\"");
      assertThat(frames.hasRemaining()).isFalse();
    }
  }

  @Test
  void emulator_case_27_streamOfAValue_isOnePartAndTheEnd() throws Exception {
    try (RawClient client = stream("ctx:1", "{}")) {
      Answered answer = client.read();
      ByteBuffer frames = ByteBuffer.wrap(answer.body());

      assertThat(answer.header("X-Amz-Executed-Version")).isEqualTo("1");
      assertThat(Frame.of(frames).payload()).contains("\"version\":\"1\"");
      assertThat(Frame.of(frames).payload()).isEqualTo("{}");
      assertThat(frames.hasRemaining()).isFalse();
    }
    try (RawClient client = stream("ctx", "{}", TYPE + "Event")) {
      assertThat(client.read().status()).isEqualTo(400);
    }
    try (RawClient client = stream("ctx", "{}", TYPE + "DryRun")) {
      assertThat(client.read().status()).isEqualTo(204);
    }
  }

  @Test
  void emulator_case_28_streamThatFails_saysSoInTheLastFrame() throws Exception {
    try (Meeting meeting = new Meeting("fail.stream", 1);
        RawClient client = stream("streams", "\"fail.stream\"")) {
      Answered head = client.readHead();
      Frame first = Frame.of(ByteBuffer.wrap(client.chunk()));
      meeting.go();
      Frame last = Frame.of(ByteBuffer.wrap(client.chunk()));

      assertThat(head.status()).isEqualTo(200);
      assertThat(first.payload()).isEqualTo("ab");
      assertThat(last.headers()).contains("InvokeComplete");
      assertThat(last.payload())
          .contains("\"ErrorCode\":\"Runtime.UserException\"", "half way")
          .contains("IllegalStateException");
      assertThat(client.chunk()).isEmpty();
    }
  }

  @Test
  void emulator_case_29_callOf2014_isAnEvent() throws IOException {
    List<String> ids = noted("api.async");

    Answered answer =
        host.send("POST", "/2014-11-13/functions/notes/invoke-async/", "{\"key\":\"api.async\"}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text()).isEqualTo("{\"Status\":202}");
    await().until(() -> ids.size() == 1);
  }

  @Test
  void emulator_case_30_eventThatFails_isTriedThriceUnderOneId() throws IOException {
    List<String> ids = noted("api.thrice");

    String id =
        host.invoke("notes", "{\"key\":\"api.thrice\",\"fail\":\"1\"}", TYPE + "Event")
            .header("x-amzn-RequestId");

    await().until(() -> host.contract().events().size() == 0);
    assertThat(ids).containsExactly(id, id, id);
  }

  @Test
  void event_queueFull_isThrottled() throws Exception {
    try (Meeting meeting = new Meeting("api.full", 1)) {
      for (int i = 0; i < 3; i++) { // the others wait for their next attempt
        assertThat(host.invoke("meets", "\"api.full\"", TYPE + "Event").status()).isEqualTo(202);
      }

      Answered fourth = host.invoke("meets", "\"api.full\"", TYPE + "Event");

      assertThat(meeting.awaitEntered()).isTrue();
      meeting.go();
      assertThat(fourth.status()).isEqualTo(429);
      assertThat(fourth.header("x-amzn-ErrorType")).isEqualTo("TooManyRequestsException");
      await().until(() -> host.contract().events().size() == 0);
    }
  }

  @Test
  void event_refusedOften_waitsLonger() {
    assertThat(EventQueue.pauseMillis(1)).isEqualTo(1000);
    assertThat(EventQueue.pauseMillis(2)).isEqualTo(2000);
    assertThat(EventQueue.pauseMillis(9)).isEqualTo(256_000);
    assertThat(EventQueue.pauseMillis(10)).isEqualTo(300_000);
    assertThat(EventQueue.pauseMillis(1000)).isEqualTo(300_000);
  }

  @Test
  void plainFunction_gatewaysEvent_isGivenTheRequestAndAnswersAsAResult() throws IOException {
    String event =
        "{\"version\":\"2.0\",\"rawPath\":\"/a\",\"rawQueryString\":\"q=1\",\"headers\":{},"
            + "\"requestContext\":{\"http\":{\"method\":\"PUT\",\"path\":\"/a\"}},"
            + "\"body\":\"hey\",\"isBase64Encoded\":false}";

    assertThat(host.invoke("plain", event).text())
        .contains("\"statusCode\":201", "\"PUT /a?q=1\"", "\"body\":\"hey\"");
    assertThat(host.invoke("plain", "[1]").text()).isEqualTo("[1]");
  }

  @Test
  void options_pageOfAnotherOrigin_mayInvoke() throws IOException {
    String path = Emulated.path("fn1");
    Answered asked =
        host.send(
            "OPTIONS", path, "", "Origin: http://a.example", "Access-Control-Request-Headers: x");
    Answered invoked = host.invoke("fn1", "{}", "Origin: http://a.example");

    assertThat(host.send("OPTIONS", path, "").status()).isEqualTo(403);
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("http://a.example");
    assertThat(asked.header("Access-Control-Max-Age")).isEqualTo("172800");
    assertThat(asked.header("Access-Control-Allow-Headers")).isEqualTo("x");
    assertThat(invoked.header("Access-Control-Allow-Origin")).isEqualTo("http://a.example");
    assertThat(invoked.header("Access-Control-Expose-Headers")).contains("x-amz-log-result");
  }
}
