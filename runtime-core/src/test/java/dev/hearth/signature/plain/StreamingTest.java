package dev.hearth.signature.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.FunctionSpec;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishers, streams as parameters and batches, as a request meets them. */
@Timeout(120)
class StreamingTest {

  @TempDir Path directory;

  private TestHost deploy(String declaration, String members, String handler) {
    return TestHost.deploy(jar(declaration, members), handler);
  }

  private Path jar(String declaration, String members) {
    return TestJar.of(directory)
        .source(
            "acme.Streams",
            "package acme;\nimport dev.hearth.function.*;\nimport java.io.*;\nimport java.nio.ByteBuffer;\n"
                + "import java.util.*;\nimport java.util.concurrent.*;\nimport java.util.function.*;\n"
                + "public class Streams "
                + declaration
                + " {\n"
                + members
                + "\n}")
        .withApi()
        .build("streams.jar");
  }

  /** A publisher of these items that gives one for each that is asked for. */
  private static final String PUBLISHER =
      """
        static <T> Flow.Publisher<T> of(List<T> items, Throwable end) {
          return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            int next;
            boolean done;
            public void request(long n) {
              for (long i = 0; i < n && !done; i++) {
                if (next < items.size()) {
                  subscriber.onNext(items.get(next++));
                } else {
                  done = true;
                  if (end == null) subscriber.onComplete(); else subscriber.onError(end);
                }
              }
            }
            public void cancel() { done = true; }
          });
        }
      """;

  @Test
  void result_publisherOfText_isWrittenInOrder() {
    try (TestHost host =
        deploy(
            "implements Supplier<Flow.Publisher<String>>",
            PUBLISHER
                + "public Flow.Publisher<String> get() { return of(List.of(\"a\", \"b\", \"c\"), null); }",
            null)) {
      Answer answer = host.post(null, "");

      assertThat(answer.text()).isEqualTo("abc");
      assertThat(answer.type()).isEqualTo("text/plain; charset=utf-8");
    }
  }

  @Test
  void result_publisherOfRecords_isALineOfJsonEach() {
    try (TestHost host =
        deploy(
            "implements Supplier<Flow.Publisher<Streams.P>>",
            "public record P(int x) {}\n"
                + PUBLISHER
                + "public Flow.Publisher<P> get() { return of(List.of(new P(1), new P(2)), null); }",
            null)) {
      Answer answer = host.post(null, "");

      assertThat(answer.text()).isEqualTo("{\"x\":1}\n{\"x\":2}\n");
      assertThat(answer.type()).isEqualTo("application/x-ndjson");
    }
  }

  @Test
  void result_publisherUnderEventStream_isAnEventEach() {
    try (TestHost host =
        deploy(
            "implements Supplier<Reply<Flow.Publisher<String>>>",
            PUBLISHER
                + """
                  public Reply<Flow.Publisher<String>> get() {
                    return Reply.of("").header("Content-Type", "text/event-stream")
                        .body(of(List.of("one", "two\\nlines", "cr\\r\\nlf"), null));
                  }
                  """,
            null)) {
      assertThat(host.post(null, "").text())
          .isEqualTo("data: one\n\ndata: two\ndata: lines\n\ndata: cr\ndata: lf\n\n");
    }
  }

  @Test
  void B05_publisherFailsInTheMiddle_failsTheCall() {
    try (TestHost host =
        deploy(
            "implements Supplier<Flow.Publisher<String>>",
            PUBLISHER
                + "public Flow.Publisher<String> get() { return of(List.of(\"half\"), new IllegalStateException(\"gone\")); }",
            null)) {
      assertThat(host.post(null, "").thrown())
          .hasMessageContaining("publisher failed")
          .hasRootCauseMessage("gone");
    }
  }

  @Test
  void result_publisherThatGivesMoreThanAskedFor_failsTheCall() {
    try (TestHost host =
        deploy(
            "implements Supplier<Flow.Publisher<String>>",
            """
              public Flow.Publisher<String> get() {
                return s -> s.onSubscribe(new Flow.Subscription() {
                  public void request(long n) { for (int i = 0; i < 100; i++) s.onNext("x"); }
                  public void cancel() {}
                });
              }
            """,
            null)) {
      assertThat(host.post(null, "").thrown()).hasMessageContaining("more than it was asked for");
    }
  }

  @Test
  void B06_publisherThatNeverGoesOn_endsAtTheDeadlineAndIsCancelled() {
    Path jar =
        jar(
            "implements Supplier<Flow.Publisher<String>>",
            """
              public Flow.Publisher<String> get() {
                return s -> s.onSubscribe(new Flow.Subscription() {
                  public void request(long n) {}
                  public void cancel() { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("hearth.test.cancelled", "yes"); }
                });
              }
            """);
    FunctionSpec spec = FunctionSpec.builder(jar).runTimeout(Duration.ofMillis(200)).build();
    try (TestHost host = TestHost.deploy(spec, null)) {
      assertThat(host.post(null, "").outcome()).isInstanceOf(Outcome.TimedOut.class);
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> TestBag.get("hearth.test.cancelled") != null);
    } finally {
      TestBag.remove("hearth.test.cancelled");
    }
  }

  @Test
  void input_publisherOfBytes_givesTheWholeBodyBackThroughAPublisher() {
    try (TestHost host =
        deploy(
            "implements Function<Flow.Publisher<ByteBuffer>, Flow.Publisher<ByteBuffer>>",
            "public Flow.Publisher<ByteBuffer> apply(Flow.Publisher<ByteBuffer> body) { return body; }",
            null)) {
      byte[] sent = new byte[1_000_000];
      new java.util.Random(7).nextBytes(sent);

      Answer answer = host.post("application/octet-stream", sent);

      assertThat(answer.bytes()).isEqualTo(sent);
      assertThat(answer.type()).isEqualTo("application/octet-stream");
    }
  }

  @Test
  void input_publisherOfRecords_bindsALineEach() {
    try (TestHost host =
        deploy(
            "implements Function<Flow.Publisher<Streams.P>, CompletionStage<Integer>>",
            """
              public record P(int x) {}
              public CompletionStage<Integer> apply(Flow.Publisher<P> items) {
                CompletableFuture<Integer> sum = new CompletableFuture<>();
                items.subscribe(new Flow.Subscriber<P>() {
                  int total;
                  public void onSubscribe(Flow.Subscription s) { s.request(Long.MAX_VALUE); }
                  public void onNext(P item) { total += item.x(); }
                  public void onError(Throwable e) { sum.completeExceptionally(e); }
                  public void onComplete() { sum.complete(total); }
                });
                return sum;
              }
            """,
            null)) {
      assertThat(host.post("application/x-ndjson", "{\"x\":1}\n\n{\"x\":41}\n").text())
          .isEqualTo("42");
      assertThat(host.post("application/x-ndjson", "{\"x\":1}\n{\"x\":").thrown())
          .isInstanceOf(dev.hearth.signature.spi.InputException.class);
    }
  }

  @Test
  void method_withOutputStream_writesItself() {
    try (TestHost host =
        deploy(
            "",
            """
              public void copy(InputStream in, OutputStream out, Context context) throws IOException {
                out.write(context.environment().function().getBytes());
                in.transferTo(out);
              }
            """,
            "acme.Streams::copy")) {
      assertThat(host.post("text/plain", " got it").text()).isEqualTo("f got it");
    }
  }

  @Test
  void method_withResponse_setsStatusAndHeaders() {
    try (TestHost host =
        deploy(
            "",
            """
              public static void teapot(Response response) throws IOException {
                response.status(418).header("X-Pot", "tea").body().write("short".getBytes());
              }
            """,
            "acme.Streams::teapot")) {
      Answer answer = host.post(null, "");

      assertThat(answer.status()).isEqualTo(418);
      assertThat(answer.headers().first("x-pot")).contains("tea");
      assertThat(answer.text()).isEqualTo("short");
    }
  }

  @Test
  void method_withOutputStreamAndAResult_isRefused() {
    Path jar = jar("", "public String both(OutputStream out) { return \"\"; }");

    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> TestHost.deploy(jar, "acme.Streams::both"))
        .withMessageContaining("returns a java.lang.String");
  }

  private static final String DOUBLES =
      """
        public List<Integer> apply(List<Integer> items, Context context) {
          List<Integer> results = new ArrayList<>();
          for (Integer item : items) results.add(item == null ? null : item * 2);
          return results;
        }
      """;

  @Test
  void batch_arrayLinesAndSingleValue_areAnsweredInTheirForm() {
    try (TestHost host = deploy("implements BatchFunction<Integer, Integer>", DOUBLES, null)) {
      assertThat(host.post("application/json", "[1, 2, null]").text()).isEqualTo("[2,4,null]");
      assertThat(host.post("application/json", "[]").text()).isEqualTo("[]");
      assertThat(host.post("application/json", "21").text()).isEqualTo("42");
      Answer lines = host.post("application/x-ndjson", "1\n2\n\n3");
      assertThat(lines.text()).isEqualTo("2\n4\n6\n");
      assertThat(lines.type()).isEqualTo("application/x-ndjson");
      assertThat(host.post("application/json", "[1, \"x\"]").refused()).hasMessageContaining("x");
      assertThat(host.function().invoke(List.of(4))).isEqualTo(List.of(8));
    }
  }

  @Test
  void batch_otherNumberOfResults_failsTheCallWithBothNumbers() {
    try (TestHost host =
        deploy(
            "implements BatchFunction<Map<String, Object>, String>",
            "public List<String> apply(List<Map<String, Object>> items, Context context) { return List.of(\"one\"); }",
            null)) {
      assertThat(host.post("application/json", "[{}, {}]").thrown())
          .hasMessageContaining("gave 1 results for 2 items");
      assertThat(host.post("application/json", "{}").text()).isEqualTo("one");
    }
  }
}
