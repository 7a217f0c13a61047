package dev.hearth.http.contract.nuclio;

import static dev.hearth.http.contract.nuclio.FakeProcessor.base64;
import static dev.hearth.http.contract.nuclio.FakeProcessor.event;
import static dev.hearth.http.contract.nuclio.FakeProcessor.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.contract.nuclio.FakeProcessor.Exchange;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.invoke.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of Nuclio's own integration suite, functions of other kinds, limits, time, and lines that are no events. */
@Timeout(120)
class NuclioBehaviourTest {

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    jar = NuclioJars.jar(work);
  }

  @Test
  void suite_outputter_answersAsNucliosIntegrationSuiteExpects() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Outputter")) {
      processor.accept();
      assertThat(processor.post("return_string").text()).isEqualTo("a string");
      assertThat(processor.post("return_bytes").text()).isEqualTo("bytes");
      Exchange response = processor.post("return_response");
      assertThat(response.status()).isEqualTo(201);
      assertThat(response.text()).isEqualTo("response body");
      assertThat(response.contentType()).isEqualTo("text/plain");
      assertThat(response.headers()).isEqualTo(Map.of("h1", "v1", "h2", "v2"));

      assertThat(processor.post("unknown").status()).isEqualTo(500);
      Exchange failed = processor.post("return_error");
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.text()).contains("some error");

      assertThat(processor.exchange("method", "GET").text()).isEqualTo("GET");
      assertThat(
              processor
                  .exchange(
                      "body",
                      base64("return_fields"),
                      "fields",
                      Map.of("x", "1", "y", "2"),
                      "url",
                      "/?x=1&y=2")
                  .text())
          .isEqualTo("x=1,y=2");
      assertThat(
              processor.exchange("body", base64("return_path"), "path", "/path/to/nowhere").text())
          .isEqualTo("/path/to/nowhere");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void suite_outputterLogs_recordsInOrder() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Outputter")) {
      Exchange log = processor.accept().post("log");
      assertThat(log.status()).isEqualTo(201);
      assertThat(log.text()).isEqualTo("returned logs");
      assertThat(log.logs())
          .extracting(record -> record.get("level") + " " + record.get("message"))
          .containsExactly(
              "debug Debug message",
              "info Info message",
              "warning Warn message",
              "error Error message");

      Exchange with = processor.post("log_with");
      assertThat(with.logs()).hasSize(1);
      assertThat(object(with.logs().get(0).get("with")))
          .isEqualTo(Map.of("source", "rabbit", "weight", 7L, "worker_id", "3"));
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void function_plain_getsTheBody() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.Upper")) {
      assertThat(processor.accept().post("äb").text()).isEqualTo("ÄB");
      Exchange nothing = processor.post("");
      assertThat(nothing.status()).isEqualTo(200);
      assertThat(nothing.body()).isEmpty();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void function_ofRecords_getsJson() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.Double")) {
      processor.accept();
      Exchange exchange =
          processor.exchange("body", Map.of("count", 4), "content_type", "application/json");
      assertThat(exchange.text()).isEqualTo("{\"count\":8}");
      assertThat(exchange.contentType()).startsWith("application/json");
      Exchange refused =
          processor.exchange("body", base64("{"), "content_type", "application/json");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).startsWith("function 'fn1': ");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void function_ofGoogle_seesAnHttpRequest() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.Http")) {
      Exchange exchange =
          processor
              .accept()
              .exchange(
                  "method",
                  "PUT",
                  "path",
                  "/a/b",
                  "fields",
                  Map.of("x", "1 ü"),
                  "headers",
                  Map.of("X-H", "h"),
                  "body",
                  base64("line\nnext"));

      assertThat(exchange.text()).isEqualTo("PUT /a/b 1 ü h line");
      assertThat(exchange.status()).isEqualTo(203);
      assertThat(exchange.contentType()).isEqualTo("text/x-facts");
      assertThat(exchange.headers()).containsEntry("X-A", "1, 2");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void function_ofStreams_seesTheRequestAndSetsSeveralHeaders() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.Wire")) {
      processor.accept();
      String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
      assertThat(
              processor
                  .exchange(
                      "path",
                      "/x",
                      "fields",
                      Map.of("q", List.of("1", "2")),
                      "topic",
                      "t",
                      "headers",
                      Map.of("Traceparent", traceparent, "Accept", List.of("a", "b")))
                  .text())
          .isEqualTo("POST /x?q=1&q=2 " + traceparent + " [a, b] t");
      Exchange cookies = processor.post("cookies");
      TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      names.addAll(cookies.headers().keySet());
      assertThat(names).containsExactly("Set-Cookie", "Vary");
      assertThat(cookies.headers())
          .containsValues("a=1", "b=2", "c=3")
          .containsEntry("Vary", "a, b");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void answer_overTheBound_is500AndTheNextIsFine() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run =
            NuclioRun.start(
                processor, jar, "example.Wire", "HEARTH_NUCLIO_LINE_BYTES", "1000000")) {
      Exchange exchange = processor.accept().post("endless");

      assertThat(exchange.status()).isEqualTo(500);
      assertThat(exchange.text()).contains("over 1000000 bytes", "HEARTH_NUCLIO_LINE_BYTES");
      assertThat(processor.post("").status()).isEqualTo(200);
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void event_overTheBound_is413AndTheNextIsFine() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run =
            NuclioRun.start(processor, jar, "example.N$Echo", "HEARTH_NUCLIO_LINE_BYTES", "4096")) {
      processor.accept();
      Exchange exchange = processor.exchange("body", base64(new byte[1 << 20]));
      assertThat(exchange.status()).isEqualTo(413);
      assertThat(exchange.text()).contains("over 4096 bytes", "HEARTH_NUCLIO_LINE_BYTES");
      int around = FakeProcessor.json(event("body", "")).length();
      String fits = "A".repeat((4096 - around) / 4 * 4);
      assertThat(processor.exchange("body", fits).status()).isEqualTo(200);
      processor.sendLine("x".repeat(4097));
      assertThat(processor.read().status()).isEqualTo(413);
      assertThat(processor.post("next").text()).isEqualTo("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{",
        "{}{}",
        "{} x",
        "7",
        "null",
        "\"text\"",
        "{\"body\":\"no base64!\"}",
        "{\"body\":\"YQ\"}",
        "{\"id\":\"\\ud83d\""
      })
  void line_thatIsNoEvent_isOneAnswerOf500(String line) throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept();
      processor.sendLine(line);
      Exchange exchange = processor.read();

      assertThat(exchange.status()).isEqualTo(500);
      assertThat(exchange.text()).startsWith("the event");
      assertThat(processor.post("next").text()).isEqualTo("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void line_ofBytesThatAreNoText_is500() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept();
      processor.sendLine("\u0000\u0000\u0000\u0001\u0082"); // a frame of the Python column
      assertThat(processor.read().status()).isEqualTo(500);
      assertThat(processor.post("next").text()).isEqualTo("next");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void line_thatIsBlank_isNoEvent() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept();
      processor.sendLine("");
      processor.sendLine(" \t\r");
      assertThat(processor.post("x").text()).isEqualTo("x");
      assertThat(processor.hasMore()).isFalse();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void line_inParts_isOneEvent() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept();
      String line = FakeProcessor.json(event("body", base64("whole"))) + "\n";
      for (int i = 0; i < line.length(); i++) {
        processor.sendPart(line.substring(i, i + 1));
      }
      assertThat(processor.read().text()).isEqualTo("whole");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nesting_deeperThanAllowed_is500() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept();
      processor.sendLine("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
      assertThat(processor.read().status()).isEqualTo(500);
      assertThat(processor.post("x").text()).isEqualTo("x");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void log_moreThanIsKept_onTheThreadThatSends() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run =
            NuclioRun.start(
                processor, NuclioRun.spec(jar, "example.N$Logs").threads(Threads.EVENT_LOOP))) {
      Exchange exchange = processor.accept().post("many");

      assertThat(exchange.logs()).hasSize(1000);
      assertThat(exchange.text()).isEqualTo("hearth-nuclio");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void call_overItsTime_is408AndTheNextIsFine() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        Meeting meeting = new Meeting("late", 1);
        NuclioRun run =
            NuclioRun.start(
                processor,
                NuclioRun.spec(jar, "example.N$Meets").runTimeout(Duration.ofMillis(200)))) {
      Exchange exchange = processor.accept().post("late");

      assertThat(meeting.isAnyoneIn()).isTrue();
      assertThat(exchange.status()).isEqualTo(408);
      assertThat(exchange.text()).contains("no answer within 200 ms in phase RUN");
      assertThat(processor.post("nobody").text()).isEqualTo("met");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void function_removedMeanwhile_is503() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept().post("x");
      run.hearth().function("fn1").orElseThrow().undeploy().toCompletableFuture().join();

      assertThat(processor.post("y").status()).isEqualTo(503);
      assertThat(run.isGoing()).isTrue();
    }
  }
}
