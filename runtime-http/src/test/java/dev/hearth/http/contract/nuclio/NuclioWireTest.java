package dev.hearth.http.contract.nuclio;

import static dev.hearth.http.contract.nuclio.FakeProcessor.base64;
import static dev.hearth.http.contract.nuclio.FakeProcessor.event;
import static dev.hearth.http.contract.nuclio.FakeProcessor.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.http.contract.nuclio.FakeProcessor.Exchange;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.loader.DeployException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The numbered cases of Nuclio's contract, over a socket, with this test in the processor's place. */
@Timeout(120)
class NuclioWireTest {

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    jar = NuclioJars.jar(work);
  }

  @Test
  void nuclio_case_01_start_connectsOnceAndOnlyWhenTheHandlerIsThere() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        Meeting meeting = new Meeting("init", 1)) {
      long begin = System.nanoTime();
      CompletableFuture<NuclioRun> starting =
          CompletableFuture.supplyAsync(() -> NuclioRun.start(processor, jar, "example.N$Init"));
      assertThat(meeting.awaitEntered()).isTrue();
      assertThat(processor.hasCaller()).as("while the constructor runs").isFalse();
      meeting.go();

      processor.accept();
      try (NuclioRun run = starting.get(60, TimeUnit.SECONDS)) {
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(2));
        assertThat(processor.post("").text()).isEqualTo("[constructor, initContext]");
        assertThat(processor.hasCaller()).as("a second connection").isFalse();
        assertThat(run.contract().calls()).isEqualTo("tcp://localhost:" + processor.port());
        assertThat(run.contract().notReady()).isNull();
      }
    }
  }

  @Test
  void nuclio_case_02_emptyEvent_isOneAnswerAndOneMetricBeforeIt() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      Exchange exchange = processor.accept().post("");

      assertThat(exchange.status()).isEqualTo(200);
      assertThat(exchange.object())
          .containsEntry("body_encoding", "text")
          .containsEntry("body", "");
      assertThat(exchange.object()).containsEntry("event_id", "f1f2");
      assertThat(exchange.metrics()).hasSize(1);
      assertThat(exchange.metrics().get(0)).isLessThan(60);
      assertThat(exchange.logs()).isEmpty();
      assertThat(processor.hasMore()).isFalse();
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_03_allByteValues_comeBack() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      byte[] all = new byte[256];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      Exchange exchange = processor.accept().exchange("body", base64(all));

      assertThat(exchange.body()).isEqualTo(all);
      assertThat(exchange.object()).containsEntry("body_encoding", "base64");
      assertThat(exchange.contentType()).isEqualTo("application/octet-stream");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_04_structuredBody_isAMapAndItsJson() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Facts")) {
      processor.accept();
      Map<String, Object> data = Map.of("a", List.of(1, Map.of("b", "c \"ü\"")));
      for (String type : new String[] {"application/json", ""}) {
        String facts =
            processor.exchange("body", data, "content_type", type, "content-type", type).text();

        assertThat(facts)
            .contains("object=map {a=[1")
            .contains("body={\"a\":[1,{\"b\":\"c \\\"ü\\\"\"}]}\n")
            .contains("type=application/json");
      }
      assertThat(processor.exchange("body", List.of(1, 2)).text()).contains("body=[1,2]\n");
      assertThat(processor.exchange("body", 17).text()).contains("body=17\n");
      processor.sendLine("{\"body\": { \"x\" : [ ] } , \"id\":\"last\"}");
      assertThat(processor.read().text()).contains("body={ \"x\" : [ ] }\n").contains("id=last");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_05_unknownMissingAndStrangeKeys_areHandled() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Facts")) {
      processor.accept();
      assertThat(
              processor
                  .exchange(
                      "content-type",
                      null,
                      "content_type",
                      "text/a",
                      "fields",
                      null,
                      "new",
                      Map.of("x", List.of(Map.of("body", "eA=="))))
                  .text())
          .contains("type=text/a", "fields={} 0");
      assertThat(processor.exchange("content_type", null, "content-type", "text/b").text())
          .contains("type=text/b");
      processor.sendLine("{}");
      String defaults = processor.read().text();
      assertThat(defaults)
          .contains(
              "kind=http", "object=bytes", "body=\n", "path=POST / /", "shard=0/0", "cloud=,,");
      processor.sendLine(
          "{\"trigger\":\"x\",\"headers\":[1],\"fields\":null,\"path\":null,\"id\":null,\"body\":null,"
              + "\"timestamp\":\"soon\",\"type\":{\"a\":1},\"method\":\"\"}");
      assertThat(processor.read().text()).contains("kind=http", "path=POST / /");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_06_headers_areFoundInAnyCase() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Facts")) {
      processor.accept();
      assertThat(processor.exchange("headers", Map.of("X-Seven", "7")).text())
          .contains("header=7 7 null 0");
      assertThat(processor.exchange("headers", Map.of("X-Seven", 7)).text())
          .contains("header=7 7 null 0");
      assertThat(
              processor
                  .exchange("headers", Map.of("X-Lines", "a\nb", "", "x", "X-Seven", List.of(1, 2)))
                  .text())
          .contains("header=1 1 null 0", "X-Lines=a b");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_07_fields_areTextAndNumbers() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Facts")) {
      processor.accept();
      assertThat(processor.exchange("fields", Map.of("n", 12345678901L, "a b", "ü&=+%")).text())
          .contains("fields={a b=ü&=+%, n=12345678901} 12345678901");
      assertThat(processor.exchange("fields", Map.of("n", "8")).text()).contains("fields={n=8} 8");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_08_timestamp_isTheSameSecond() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Facts")) {
      processor.accept();
      String facts =
          processor
              .exchange(
                  "timestamp",
                  1735828000,
                  "shard_id",
                  2,
                  "num_shards",
                  8,
                  "type",
                  "t",
                  "type_version",
                  "1.0",
                  "version",
                  "0.3",
                  "trigger",
                  Map.of("kind", "kafka-cluster", "name", "k"),
                  "url",
                  "http://h/p?q",
                  "path",
                  "/p",
                  "method",
                  "PUT")
              .text();

      assertThat(facts)
          .contains("time=1735828000000\n", "shard=2/8", "cloud=t,1.0,0.3", "kind=kafka-cluster")
          .contains("path=PUT /p http://h/p?q", "variable=fn1");
      assertThat(processor.exchange("timestamp", 1.735828e9).text()).contains("time=1735828000000");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_09_exception_is500WithItsText() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Fails")) {
      Exchange failed = processor.accept().post("exception");

      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.contentType()).startsWith("text/plain");
      assertThat(failed.text())
          .startsWith("Error in handler: java.lang.IllegalStateException: out of \"stöck\"\n")
          .contains("example.N$Fails.handleEvent(N.java:");
      assertThat(failed.metrics()).hasSize(1);
      assertThat(processor.post("").text()).isEqualTo("fine");
      for (String bad : new String[] {"hostile", "status", "header"}) {
        assertThat(processor.post(bad).status()).as(bad).isEqualTo(500);
        assertThat(processor.post("").text()).isEqualTo("fine");
      }
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_10_error_is500AndTheWorkerGoesOn() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Fails")) {
      processor.accept();
      for (String bad : new String[] {"error", "stack", "memory"}) {
        Exchange failed = processor.post(bad);
        assertThat(failed.status()).as(bad).isEqualTo(500);
        assertThat(failed.text()).startsWith("Error in handler: java.lang.").contains("Error");
        assertThat(processor.post("").text()).isEqualTo("fine");
      }
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_11_null_is500ThatSaysSo() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Fails")) {
      Exchange failed = processor.accept().post("null");

      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.text())
          .isEqualTo(
              "Error in handler: example.N$Fails::handleEvent returned null; return a Response");
      assertThat(processor.post("").text()).isEqualTo("fine");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_12_headerValues_areText() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Heads")) {
      Exchange exchange = processor.accept().post("");

      assertThat(exchange.status()).isEqualTo(202);
      assertThat(exchange.contentType()).isEqualTo("application/json");
      assertThat(exchange.headers())
          .isEqualTo(
              Map.of("X-Int", "7", "X-Long", "1099511627776", "X-True", "true", "X-Text", "tëxt"));
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_13_logRecords_areLinesBeforeTheAnswer() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Logs")) {
      Exchange exchange = processor.accept().post("");

      List<Map<String, @Nullable Object>> logs = exchange.logs();
      assertThat(logs)
          .extracting(log -> log.get("level"))
          .containsExactly("debug", "info", "warning", "warning", "error", "warning");
      assertThat(logs)
          .extracting(log -> log.get("message"))
          .containsExactly(
              "debug and 1",
              "a \"quoted\"\nline ü 😀 ?",
              "warn",
              "log record 'odd' has a name without value; its values are left out",
              "odd",
              "from elsewhere");
      Map<String, @Nullable Object> fields = new HashMap<>();
      fields.put("worker_id", "3");
      fields.put("text", "x");
      fields.put("number", 7L);
      fields.put("real", 0.5);
      fields.put("yes", true);
      fields.put("nothing", null);
      fields.put("object", "[1]");
      assertThat(logs.get(2).get("with")).isEqualTo(fields);
      Map<String, @Nullable Object> others = object(logs.get(5).get("with"));
      assertThat(others)
          .containsOnlyKeys("worker_id", "logger", "error")
          .containsEntry("worker_id", "3")
          .containsEntry("logger", "acme.Other");
      assertThat(String.valueOf(others.get("error"))).contains("IllegalStateException: why\n\tat ");
      assertThat(logs)
          .allSatisfy(
              log -> {
                assertThat(log).containsOnlyKeys("datetime", "level", "message", "with");
                assertThat(String.valueOf(log.get("datetime")))
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z");
              });
      assertThat(exchange.text()).isEqualTo("logged");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_14_eightThreadsLogging_everyLineParses() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Logs")) {
      Exchange exchange = processor.accept().post("threads");

      assertThat(exchange.text()).isEqualTo("logged");
      assertThat(exchange.logs()).hasSize(8000);
      Map<Object, Long> next = new HashMap<>();
      for (Map<String, @Nullable Object> log : exchange.logs()) {
        Map<String, @Nullable Object> with = object(log.get("with"));
        long expected = next.merge(String.valueOf(with.get("thread")), 1L, Long::sum) - 1;
        assertThat(with).containsEntry("i", expected);
        assertThat(log).containsEntry("message", "line \"" + expected + "\"\n");
      }
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_15_fiveMebibytes_goInAndComeOut() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Big")) {
      byte[] body = new byte[5 << 20];
      Exchange exchange = processor.accept().exchange("body", base64(body));

      Arrays.fill(body, (byte) '"');
      assertThat(exchange.body()).isEqualTo(body);
      assertThat(processor.exchange("body", base64("x")).text()).isEqualTo("\"");
      assertThat(run.isGoing()).isTrue();
    }
  }

  @Test
  void nuclio_case_16_tenThousandEvents_areAnsweredOnceAndInOrder() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept();
      int threads = 0;
      for (int i = 0; i < 10_000; i++) {
        Exchange exchange = processor.exchange("id", "e" + i, "body", base64("b" + i));
        assertThat(exchange.text()).isEqualTo("b" + i);
        assertThat(exchange.object()).containsEntry("event_id", "e" + i);
        assertThat(exchange.metrics()).hasSize(1);
        if (i == 1000) {
          threads = Thread.activeCount();
        }
      }
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4);
      assertThat(run.inFlight()).isZero();
      assertThat(processor.hasMore()).isFalse();
    }
  }

  @Test
  void nuclio_case_16_eventsSentAhead_areAnsweredInOrder() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept();
      for (int i = 0; i < 500; i++) {
        processor.send(event("body", base64("b" + i)));
      }
      processor.endEvents();
      for (int i = 0; i < 500; i++) {
        assertThat(processor.read().text()).isEqualTo("b" + i);
      }
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void nuclio_case_17_processorCloses_endsWithZero() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Echo")) {
      processor.accept().post("x");
      processor.hangUp();

      assertThat(run.exitCode()).isZero();
      assertThat(run.reason()).isEqualTo("the processor has closed the connection");
      assertThat(run.contract().notReady()).isNotNull();
    }
  }

  @Test
  void nuclio_case_18_handlerIsMissing_nobodyConnects() throws Exception {
    try (FakeProcessor processor = new FakeProcessor()) {
      assertThatThrownBy(() -> NuclioRun.start(processor, jar, "example.Gone"))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("example.Gone");
      assertThatThrownBy(() -> NuclioRun.start(processor, jar, "example.N$Broken"))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("example.N$Broken");
      assertThat(processor.hasCaller()).isFalse();
    }
  }

  @Test
  void nuclio_case_21_batch_isAnsweredByAnArrayWithTheIds() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Fails")) {
      processor.accept();
      processor.send(
          List.of(
              event("id", "one"),
              event("id", "two", "body", base64("exception")),
              event("id", "three", "body", base64("null"))));
      Exchange exchange = processor.read();

      List<Map<String, @Nullable Object>> answers = answers(exchange);
      assertThat(answers).extracting(a -> a.get("event_id")).containsExactly("one", "two", "three");
      assertThat(answers).extracting(a -> a.get("status_code")).containsExactly(200L, 500L, 500L);
      assertThat(new String(Exchange.body(answers.get(0)), StandardCharsets.UTF_8))
          .isEqualTo("fine");
      assertThat(exchange.metrics()).hasSize(1);
      processor.sendLine("[]");
      assertThat(processor.read().answer()).isEqualTo(List.of());
      for (String wrong : new String[] {"[{},7]", "[[]]", "[{}"}) {
        processor.sendLine(wrong);
        assertThat(processor.read().status()).as(wrong).isEqualTo(500);
      }
      assertThat(processor.post("").text()).isEqualTo("fine");
      assertThat(run.isGoing()).isTrue();
    }
  }

  private static List<Map<String, @Nullable Object>> answers(Exchange exchange) {
    assertThat(exchange.answer()).isInstanceOf(List.class);
    List<Map<String, @Nullable Object>> answers = new ArrayList<>();
    for (Object each : (List<?>) Objects.requireNonNull(exchange.answer())) {
      answers.add(object(each));
    }
    return answers;
  }

  @Test
  void nuclio_case_22_textOfEveryKey_isUtf8() throws Exception {
    try (FakeProcessor processor = new FakeProcessor();
        NuclioRun run = NuclioRun.start(processor, jar, "example.N$Facts")) {
      String facts =
          processor
              .accept()
              .exchange(
                  "id",
                  "ïd-😀",
                  "body",
                  base64("bödy"),
                  "headers",
                  Map.of("X-Seven", "sïeben"),
                  "fields",
                  Map.of("fïeld", "wërt 😀"),
                  "path",
                  "/päth",
                  "url",
                  "/ürl",
                  "type",
                  "tÿpe",
                  "trigger",
                  Map.of("kind", "kïnd"),
                  "content_type",
                  "text/ä")
              .text();

      assertThat(facts)
          .contains("id=ïd-😀\n", "body=bödy\n", "header=sïeben 0", "fïeld=wërt 😀", "kind=kïnd")
          .contains("path=POST /päth /ürl", "cloud=tÿpe", "type=text/ä");
      assertThat(run.isGoing()).isTrue();
    }
  }
}
