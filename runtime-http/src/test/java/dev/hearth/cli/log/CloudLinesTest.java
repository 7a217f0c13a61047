package dev.hearth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Environment;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Lines as Google Cloud Logging reads them. */
@Timeout(60)
final class CloudLinesTest {

  private static final String TRACE = "logging.googleapis.com/trace";
  private static final String LABELS = "logging.googleapis.com/labels";
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private Sink sink(Map<String, String> environment) {
    CloudLayout layout = new CloudLayout(CloudFields.from(environment));
    return ProcessLog.to(written, layout, Level.TRACE).sink();
  }

  private LineLogger logger() {
    return new LineLogger("acme.Log", sink(Map.of()), Level.TRACE.toInt());
  }

  private List<Map<?, ?>> lines() throws InputException {
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add((Map<?, ?>) JsonText.parse(line));
    }
    return lines;
  }

  private Map<?, ?> line() throws InputException {
    assertThat(lines()).hasSize(1);
    return lines().get(0);
  }

  /** What a function prints while it is called. */
  private void printed(Map<String, String> environment, @Nullable String parent, String text) {
    Capture out = new Capture(sink(environment), "out");
    Invocation invocation = invocation(parent);
    invocation.enter();
    out.println(text);
    invocation.leave(null);
  }

  @ParameterizedTest
  @CsvSource({"TRACE, DEBUG", "DEBUG, DEBUG", "INFO, INFO", "WARN, WARNING", "ERROR, ERROR"})
  void logged_level_isASeverity(Level level, String severity) throws Exception {
    logger().atLevel(level).log("hi {}", "there");

    assertThat(line().get("severity")).isEqualTo(severity);
    assertThat(line().get("message")).isEqualTo("hi there");
    assertThat(line().get("logger")).isEqualTo("acme.Log");
    assertThat(Instant.parse((String) line().get("time"))).isNotNull();
  }

  @Test
  void logged_failure_hasItsTraceBehindTheMessage_escaped() throws Exception {
    logger().error("it \"failed\"\tbadly", new IllegalStateException("no\nway"));

    assertThat((String) line().get("message"))
        .startsWith("it \"failed\"\tbadly\njava.lang.IllegalStateException: no\nway\n\tat ");
  }

  @Test
  void printed_text_hasNoSeverity_butItsCallsTraceAndLabels() throws Exception {
    printed(Map.of("GOOGLE_CLOUD_PROJECT", "acme-1"), PARENT, "plain \"text\"");

    assertThat(line().get("severity")).isEqualTo("DEFAULT");
    assertThat(line().get("stream")).isEqualTo("out");
    assertThat(line().get("message")).isEqualTo("plain \"text\"");
    assertThat(line().get(TRACE))
        .isEqualTo("projects/acme-1/traces/0af7651916cd43dd8448eb211c80319c");
    assertThat(line().get(LABELS)).isEqualTo(Map.of("function", "resize", "version", "v1"));
    assertThat(line().containsKey("execution_id")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE"})
  void printed_withExecutionIds_carriesItsOwn(String on) throws Exception {
    printed(Map.of("LOG_EXECUTION_ID", on), PARENT, "text");

    assertThat(line().get("execution_id")).isEqualTo("1234abcd");
    assertThat(line().get(LABELS))
        .isEqualTo(Map.of("function", "resize", "version", "v1", "execution_id", "1234abcd"));
    assertThat(line().get(TRACE)).isEqualTo("0af7651916cd43dd8448eb211c80319c"); // no project known
  }

  @Test
  void printed_object_staysAnEntryOfItsOwn_withWhatItDoesNotSay() throws Exception {
    printed(
        Map.of("LOG_EXECUTION_ID", "true"),
        PARENT,
        "  {\"severity\":\"ALERT\",\"message\":\"m\",\"n\":{\"a\":[1.50,null]}} ");

    assertThat(written.toString(StandardCharsets.UTF_8))
        .startsWith(
            "  {\"severity\":\"ALERT\",\"message\":\"m\",\"n\":{\"a\":[1.50,null]},\"" + TRACE);
    assertThat(line().get("severity")).isEqualTo("ALERT");
    assertThat(line().get("execution_id")).isEqualTo("1234abcd");
    assertThat(line().containsKey("stream")).isFalse();
  }

  @Test
  void printed_objectThatSaysAllItself_isLeftAlone() throws Exception {
    String own =
        "{\"severity\":\"INFO\",\""
            + TRACE
            + "\":\"t\",\"execution_id\":\"e\",\""
            + LABELS
            + "\":{}}";

    printed(Map.of("LOG_EXECUTION_ID", "true"), PARENT, own);

    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(own + "\n");
  }

  @Test
  void printed_emptyObject_staysJson() throws Exception {
    printed(Map.of(), null, "{}");

    assertThat(line().get("severity")).isEqualTo("DEFAULT");
    assertThat(line().containsKey("message")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}{}",
        "{a}",
        "{\"a\":1} x",
        "{\"a\":1,}",
        "[1]",
        "\"x\"",
        "{\"a\":tru}",
        "}{"
      })
  void printed_textThatOnlyLooksLikeAnObject_isAMessage(String text) throws Exception {
    printed(Map.of(), null, text);

    assertThat(line().get("message")).isEqualTo(text);
  }

  @Test
  void printed_overlongObject_isACutMessage() throws Exception {
    printed(Map.of(), null, "{\"a\":\"" + "x".repeat(LineBuffer.MAX_LINE) + "\"}");

    assertThat(line().get("cut")).hasToString("8");
    assertThat((String) line().get("message")).startsWith("{\"a\":\"xxx");
  }

  private static Invocation invocation(@Nullable String parent) {
    return new Invocation(new Known(parent), new Named(), Limits.of(null, null, null));
  }

  private record Named() implements Environment {
    @Override
    public String function() {
      return "resize";
    }

    @Override
    public String version() {
      return "v1";
    }

    @Override
    public Map<String, String> variables() {
      return Map.of();
    }

    @Override
    public <T> T resource(Class<T> type, String name) {
      throw new IllegalArgumentException(name);
    }
  }

  /** A call with the platform's id. */
  private record Known(@Nullable String traceparent) implements Call {
    @Override
    public String id() {
      return "1234abcd";
    }

    @Override
    public Request request() {
      return MemoryExchange.post(new byte[0], "").request();
    }

    @Override
    public Response response() {
      return MemoryExchange.post(new byte[0], "").response();
    }

    @Override
    public void ended(Invocation invocation, Outcome<?> outcome) {}
  }
}
