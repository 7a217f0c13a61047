package dev.hearth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearth.function.Environment;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.ValueCall;
import dev.hearth.log.LogEvent;
import dev.hearth.log.LogSink;
import dev.hearth.log.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

@Timeout(60)
final class LinesTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Sink sink = ProcessLog.to(written, ProcessLog.Format.JSON, Level.INFO).sink();

  @Test
  void print_outsideOfAnInvocation_isOneJsonObjectALine() {
    Capture out = new Capture(sink, "out");

    out.println("one");
    out.printf("%d %s%n", 2, "two");
    out.print('t');
    out.print("hree");
    out.println();

    assertThat(lines())
        .extracting(line -> line.get("message"))
        .containsExactly("one", "2 two", "three");
    assertThat(lines()).allSatisfy(line -> assertThat(line).containsEntry("stream", "out"));
    assertThat(Instant.parse(lines().get(0).get("ts"))).isNotNull();
  }

  @Test
  void print_insideAnInvocation_carriesItsFields() {
    Capture out = new Capture(sink, "err");
    Invocation invocation =
        invocation("resize", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    invocation.enter();
    out.println("working");
    invocation.leave(null);

    assertThat(lines())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("function", "resize")
                    .containsEntry("version", "v1")
                    .containsEntry("invocation", invocation.id())
                    .containsEntry("trace", "0af7651916cd43dd8448eb211c80319c")
                    .containsEntry("stream", "err"));
  }

  @Test
  void partialLine_whenItsInvocationEnds_isWrittenWithItsFields() {
    Capture out = new Capture(sink, "out");
    Invocation first = invocation("a", null);
    Invocation second = invocation("b", null);

    first.enter();
    out.print("half");
    first.leave(null);
    second.enter();
    out.println("whole");
    second.leave(null);

    assertThat(lines()).extracting(line -> line.get("message")).containsExactly("half", "whole");
    assertThat(lines()).extracting(line -> line.get("function")).containsExactly("a", "b");
  }

  @Test
  void print_byAThreadOfTheFunction_carriesTheFieldsUntilTheCallEnds() throws Exception {
    Capture out = new Capture(sink, "out");
    Invocation invocation = invocation("resize", null);
    ExecutorService pool = Executors.newSingleThreadExecutor();

    invocation.enter();
    pool.submit(() -> out.println("during")).get(30, TimeUnit.SECONDS);
    invocation.leave(null);
    invocation.end(new Outcome.Returned<>(null, invocation.timings()));
    pool.submit(() -> out.println("after")).get(30, TimeUnit.SECONDS);
    pool.shutdown();

    assertThat(lines()).extracting(line -> line.get("message")).containsExactly("during", "after");
    assertThat(lines().get(0)).containsEntry("invocation", invocation.id());
    assertThat(lines().get(1)).doesNotContainKey("invocation");
  }

  @Test
  void partialLine_outsideOfAnInvocation_isWrittenAtTheEnd() {
    Capture out = new Capture(sink, "out");

    out.print("half");
    assertThat(lines()).isEmpty();
    out.finish();

    assertThat(lines()).extracting(line -> line.get("message")).containsExactly("half");
  }

  @Test
  void longLine_isCutAndCounted() {
    Capture out = new Capture(sink, "out");

    out.println("x".repeat(LineBuffer.MAX_LINE + 10));
    out.println("next");

    assertThat(lines().get(0)).containsEntry("cut", "10");
    assertThat(lines().get(0).get("message")).hasSize(LineBuffer.MAX_LINE);
    assertThat(lines().get(1)).containsEntry("message", "next").doesNotContainKey("cut");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quote \" back \\ tab \t nul \u0000 del \u007f", "ünïcode 🔥", "\u001b[31mred"})
  void anyText_survivesTheJson(String text) {
    new Capture(sink, "out").println(text);

    assertThat(lines().get(0)).containsEntry("message", text);
  }

  @Test
  void brokenUtf8_isReplacedSoThatTheLineIsJson() {
    new Capture(sink, "out").writeBytes(new byte[] {'a', (byte) 0xC3, '"', '\n'});

    assertThat(lines().get(0)).containsEntry("message", "a\uFFFD\"");
  }

  @Test
  void manyThreads_whatOnePrintsInPieces_isNeverTorn() throws Exception {
    Capture out = new Capture(sink, "out");
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String piece = String.valueOf((char) ('a' + t));
      running.add(
          pool.submit(
              () -> {
                go.await();
                for (int i = 0; i < 500; i++) {
                  out.print(piece);
                  out.print(piece);
                  out.println(piece);
                }
                return null;
              }));
    }

    go.countDown();
    for (Future<?> each : running) {
      each.get(30, TimeUnit.SECONDS);
    }
    pool.shutdown();

    assertThat(lines())
        .hasSize(threads * 500)
        .allSatisfy(line -> assertThat(line.get("message")).matches("(.)\\1\\1"));
  }

  @Test
  void close_byAFunction_doesNotSilenceTheOthers() {
    Capture out = new Capture(sink, "out");

    out.close();
    out.println("still here");

    assertThat(lines()).hasSize(1);
    assertThat(out.checkError()).isFalse();
  }

  @Test
  void logger_withAnError_writesTraceAndPlaceholders() {
    LineLogger logger = new LineLogger("dev.hearth.Some", sink, Level.INFO.toInt());

    logger.warn("function '{}' failed", "resize", new IllegalStateException("boom"));
    logger.debug("not written");

    assertThat(lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line)
                  .containsEntry("level", "WARN")
                  .containsEntry("logger", "dev.hearth.Some")
                  .containsEntry("message", "function 'resize' failed");
              assertThat(line.get("error"))
                  .startsWith("java.lang.IllegalStateException: boom\n\tat ");
            });
  }

  @Test
  void textLayout_namesFunctionAndInvocation() {
    Sink text = ProcessLog.to(written, ProcessLog.Format.TEXT, Level.INFO).sink();
    Invocation invocation = invocation("resize", null);

    invocation.enter();
    new Capture(text, "out").println("working\u0007");
    invocation.leave(null);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} resize \\| working\\?  \\[resize [0-9a-f]{8}]\n");
  }

  private static LogEvent event(@Nullable String invocation, @Nullable String error) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("na\"me", "va\nlue");
    fields.put("count", 3);
    fields.put("none", null);
    return new LogEvent(
        System.Logger.Level.WARNING,
        "acme.F",
        "low",
        error,
        fields,
        new Origin("resize", "v1", invocation, null));
  }

  @Test
  void functionLine_json_keepsItsFieldsApart() {
    LogSink functions = FunctionLines.to(sink, Level.INFO.toInt());

    functions.write(event("i1", "Error: e\n\tat x"));
    functions.write(event(null, null));

    String end = ",\"fields\":{\"na\\\"me\":\"va\\nlue\",\"count\":3,\"none\":null}}";
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("\"level\":\"WARN\",\"logger\":\"acme.F\",\"message\":\"low\"")
                    .endsWith(
                        ",\"function\":\"resize\",\"version\":\"v1\",\"invocation\":\"i1\","
                            + "\"error\":\"Error: e\\n\\tat x\""
                            + end),
            line -> assertThat(line).endsWith(",\"function\":\"resize\",\"version\":\"v1\"" + end));
    assertThat(functions.isEnabled(System.Logger.Level.DEBUG, "resize", "acme.F")).isFalse();
    assertThat(functions.isEnabled(System.Logger.Level.INFO, "resize", "acme.F")).isTrue();
  }

  @Test
  void functionLine_text_showsItsFields() {
    Sink text = ProcessLog.to(written, ProcessLog.Format.TEXT, Level.INFO).sink();

    FunctionLines.to(text, Level.INFO.toInt()).write(event(null, "Error: e\n"));

    assertThat(written.toString(StandardCharsets.UTF_8))
        .endsWith(" WARN F: low na\"me=va\nlue count=3 none=null  [resize]\nError: e\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00.000Z",
        "2000-02-29T23:59:59.999Z",
        "2024-12-31T12:00:00.001Z",
        "2026-11-24T01:02:03.004Z",
        "1969-12-31T23:59:59.999Z",
        "2100-03-01T00:00:00.000Z"
      })
  void timestamp_anyInstant_isIso8601(String instant) {
    Bytes out = new Bytes();

    Timestamp.write(out, Instant.parse(instant).toEpochMilli());

    assertThat(out.utf8()).isEqualTo(instant);
  }

  private List<Map<String, String>> lines() {
    List<Map<String, String>> lines = new ArrayList<>();
    for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(object(line));
    }
    return lines;
  }

  private static Map<String, String> object(String json) {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
      assertThat(parser.nextToken()).isNull();
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
    return fields;
  }

  private static Invocation invocation(String function, @Nullable String traceparent) {
    ValueCall call = new ValueCall("x", null);
    return new Invocation(
        traceparent == null ? call : new TracedCall(call, traceparent),
        new NamedEnvironment(function),
        Limits.of(null, null, null));
  }

  private record NamedEnvironment(String function) implements Environment {
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

  private record TracedCall(ValueCall call, @Nullable String traceparent)
      implements dev.hearth.invoke.Call {
    @Override
    public dev.hearth.function.Request request() {
      return call.request();
    }

    @Override
    public dev.hearth.function.Response response() {
      return call.response();
    }

    @Override
    public void ended(Invocation invocation, dev.hearth.invoke.Outcome<?> outcome) {
      call.ended(invocation, outcome);
    }
  }
}
