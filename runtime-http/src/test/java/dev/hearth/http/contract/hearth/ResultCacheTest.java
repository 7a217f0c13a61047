package dev.hearth.http.contract.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.cache.CacheSpec;
import dev.hearth.http.HttpServer;
import dev.hearth.invoke.Threads;
import dev.hearth.testing.TestJar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are kept, over HTTP. */
@Timeout(120)
final class ResultCacheTest {

  @TempDir Path directory;

  private final Hearth hearth = Hearth.builder().build();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpServer server;
  private Path jar;

  @BeforeEach
  void open() throws Exception {
    jar =
        TestJar.of(directory)
            .withApi()
            .source(
                "acme.F",
                """
                package acme;
                import dev.hearth.function.*;
                import java.util.concurrent.*;
                import java.util.concurrent.atomic.*;
                public class F implements ContextFunction<Request, Reply<String>> {
                  static final AtomicInteger CALLS = new AtomicInteger();
                  public Reply<String> apply(Request in, Context c) throws Exception {
                    int call = CALLS.incrementAndGet();
                    if (in.query().contains("wait")) {
                      ((CountDownLatch) System.getProperties().get("cache.entered")).countDown();
                      ((CountDownLatch) System.getProperties().get("cache.go")).await(60, TimeUnit.SECONDS);
                    }
                    if (in.query().contains("fail")) throw new IllegalStateException("no");
                    return Reply.of("call " + call + " " + new String(in.bytes(), "UTF-8"));
                  }
                }
                """)
            .build("f.jar");
    server =
        HttpServer.builder().contract(new NativeContract(hearth)).host("127.0.0.1").port(0).start();
  }

  @AfterEach
  void close() {
    server.close();
    hearth.close();
  }

  private FunctionSpec spec(CacheSpec.Builder cache) {
    return FunctionSpec.builder(jar).handler("acme.F").caching(cache.build()).build();
  }

  private static CacheSpec.Builder minutes() {
    return CacheSpec.builder().ttl(Duration.ofMinutes(5));
  }

  private HttpRequest.Builder to(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
        .timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void equalRequests_callTheFunctionOnce() throws Exception {
    hearth.deploy("f", spec(minutes()));

    HttpResponse<String> first = send(to("/f?a"));
    HttpResponse<String> second = send(to("/f?a"));

    assertThat(first.body()).isEqualTo("call 1 ");
    assertThat(header(first, "cache-status")).isEqualTo("Hearth; fwd=miss");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo("call 1 ");
    assertThat(header(second, "cache-status")).isEqualTo("Hearth; hit");
    assertThat(header(second, "age")).matches("\\d+");
    assertThat(header(second, "content-type")).isEqualTo(header(first, "content-type"));
    assertThat(send(to("/f?b")).body()).isEqualTo("call 2 ");
    assertThat(send(to("/f?a").header("Authorization", "me")).body()).isEqualTo("call 3 ");
    assertThat(send(to("/f?a").POST(HttpRequest.BodyPublishers.ofString("x"))).body())
        .isEqualTo("call 4 x");
  }

  @Test
  void ifNoneMatch_isAnsweredWith304() throws Exception {
    hearth.deploy("f", spec(minutes()));
    send(to("/f?a"));
    String tag = header(send(to("/f?a")), "etag");

    HttpResponse<String> same = send(to("/f?a").header("If-None-Match", "\"x\", W/" + tag));

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(header(same, "etag")).isEqualTo(tag);
    assertThat(send(to("/f?a").header("If-None-Match", "\"x\"")).statusCode()).isEqualTo(200);
  }

  @Test
  void head_isAnsweredWithWhatGetIs() throws Exception {
    hearth.deploy("f", spec(minutes()));

    HttpResponse<String> head =
        send(to("/f?a").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(send(to("/f?a")).body()).isEqualTo("call 1 ");
  }

  @Test
  void post_isKeptByItsBody() throws Exception {
    hearth.deploy("f", spec(minutes().methods("POST").key("path", "body")));

    for (String body : new String[] {"x", "x", "y"}) {
      assertThat(send(to("/f").POST(HttpRequest.BodyPublishers.ofString(body))).body())
          .isEqualTo(body.equals("x") ? "call 1 x" : "call 2 y");
    }
  }

  @Test
  void swap_forgetsWhatTheVersionBeforeAnswered() throws Exception {
    FunctionHandle function = hearth.deploy("f", spec(minutes()));
    send(to("/f?a"));
    send(to("/f?a"));

    function.swap(spec(minutes()));

    assertThat(header(send(to("/f?a")), "cache-status")).isEqualTo("Hearth; fwd=miss");
  }

  @Test
  void twoHundredEqualRequests_callTheFunctionOnce() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    System.getProperties().put("cache.entered", entered);
    System.getProperties().put("cache.go", go);
    try {
      hearth.deploy("f", spec(minutes()));
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add(client.sendAsync(to("/f?wait").build(), HttpResponse.BodyHandlers.ofString()));
      }
      assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  hearth.gauges().stream()
                      .anyMatch(
                          gauge ->
                              gauge.name().equals("cache_collapsed_total")
                                  && gauge.value() == 199));
      go.countDown();

      for (CompletableFuture<HttpResponse<String>> each : all) {
        assertThat(each.get(60, TimeUnit.SECONDS).body()).isEqualTo("call 1 ");
      }
    } finally {
      go.countDown();
      System.getProperties().remove("cache.entered");
      System.getProperties().remove("cache.go");
    }
  }

  @Test
  void undeploy_givesUpWhatWasKept() throws Exception {
    FunctionHandle function = hearth.deploy("f", spec(minutes()));
    send(to("/f?a"));
    assertThat(hearth.gauges()).isNotEmpty();

    function.undeploy().toCompletableFuture().join();

    assertThat(hearth.gauges()).isEmpty();
  }

  @Test
  void error_isNeitherKeptNorShared() throws Exception {
    hearth.deploy("f", spec(minutes()));

    assertThat(send(to("/f?fail")).statusCode()).isEqualTo(500);
    assertThat(send(to("/f?fail")).statusCode()).isEqualTo(500);
    assertThat(send(to("/f?a")).body()).isEqualTo("call 3 ");
  }

  @Test
  void functionOnEventLoops_isCachedToo() throws Exception {
    hearth.deploy(
        "f",
        FunctionSpec.builder(jar)
            .handler("acme.F")
            .threads(Threads.EVENT_LOOP)
            .caching(minutes().build())
            .build());

    assertThat(send(to("/f?a")).body()).isEqualTo("call 1 ");
    assertThat(send(to("/f?a")).body()).isEqualTo("call 1 ");
  }
}
