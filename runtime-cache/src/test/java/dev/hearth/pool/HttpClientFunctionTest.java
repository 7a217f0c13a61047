package dev.hearth.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.hearth.FunctionFailedException;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions, from real jars, that use the host's HTTP client against a real server. */
@Timeout(120)
final class HttpClientFunctionTest {

  private static final Duration LONG = Duration.ofSeconds(90);

  private final MovableClocks clocks = new MovableClocks();
  private final AtomicInteger clients = new AtomicInteger();
  private final List<String> probes = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final URI uri;
  private volatile boolean silent;
  @TempDir Path directory;

  HttpClientFunctionTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // The answer is the client's port: equal ports are one connection.
    server.createContext(
        "/",
        exchange -> {
          byte[] port =
              Integer.toString(exchange.getRemoteAddress().getPort())
                  .getBytes(StandardCharsets.UTF_8);
          if (exchange.getRequestMethod().equals("HEAD")) {
            probes.add(exchange.getRequestURI().getPath());
            if (!silent) {
              exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
            return;
          }
          exchange.sendResponseHeaders(200, port.length);
          exchange.getResponseBody().write(port);
          exchange.close();
        });
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    TestBag.remove("loader");
  }

  @Test
  void swap_clientInUse_keepsItsConnectionAndLetsTheVersionGo() throws Exception {
    try (Hearth hearth = host(counted())) {
      FunctionHandle bill = hearth.deploy("bill", spec("acme.Asking", ASKING));
      String before = port(bill, "send");
      WeakReference<ClassLoader> loader = loader();

      bill.swap(spec("acme.Injected", INJECTED));

      assertThat(port(bill, "send")).isEqualTo(before);
      assertThat(clients).hasValue(1);
      UnloadAssert.assertCollected(loader);
    }
  }

  @Test
  void sendAsync_functionUndeployed_letsItsLoaderGo() throws Exception {
    try (Hearth hearth = host(counted())) {
      FunctionHandle bill = hearth.deploy("bill", spec("acme.Asking", ASKING));
      assertThat(port(bill, "async")).isNotEmpty();
      WeakReference<ClassLoader> loader = loader();

      bill.undeploy().toCompletableFuture().get(30, TimeUnit.SECONDS);

      UnloadAssert.assertCollected(loader);
    }
  }

  @Test
  void twoFunctions_shareTheClient() throws Exception {
    try (Hearth hearth = host(counted())) {
      FunctionHandle bill = hearth.deploy("bill", spec("acme.Injected", INJECTED));
      FunctionHandle ship = hearth.deploy("ship", spec("acme.Asking", ASKING));

      assertThat(port(ship, "send")).isEqualTo(port(bill, "send"));
      assertThat(clients).hasValue(1);
    }
  }

  @Test
  void standstill_noProbe_isReplaced() {
    try (Hearth hearth = host(counted())) {
      FunctionHandle bill = hearth.deploy("bill", spec("acme.Injected", INJECTED));
      String before = port(bill, "send");

      clocks.moveMonotonic(LONG);

      assertThat(port(bill, "send")).isNotEqualTo(before);
      assertThat(clients).hasValue(2);
    }
  }

  @Test
  void standstill_probeAnswered_isKept() {
    try (Hearth hearth = host(counted().probe(uri.resolve("/health")))) {
      FunctionHandle bill = hearth.deploy("bill", spec("acme.Injected", INJECTED));
      port(bill, "send");

      clocks.moveMonotonic(LONG);
      port(bill, "send");

      assertThat(probes).containsExactly("/health");
      assertThat(clients).hasValue(1);
    }
  }

  @Test
  void standstill_probeNotAnswered_isReplaced() {
    silent = true;
    try (Hearth hearth = host(counted().probe(uri.resolve("/health")))) {
      FunctionHandle bill = hearth.deploy("bill", spec("acme.Injected", INJECTED));
      port(bill, "send");

      clocks.moveMonotonic(LONG);
      port(bill, "send");

      assertThat(probes).contains("/health");
      assertThat(clients).hasValue(2);
    }
  }

  @Test
  void request_fails_isNoReasonToReplaceTheClient() {
    try (Hearth hearth = host(counted())) {
      FunctionHandle bill = hearth.deploy("bill", spec("acme.Asking", ASKING));
      String before = port(bill, "send");

      assertThatThrownBy(() -> bill.invoke("nowhere")).isInstanceOf(FunctionFailedException.class);

      assertThat(port(bill, "send")).isEqualTo(before);
      assertThat(clients).hasValue(1);
    }
  }

  @Test
  void close_byAFunction_doesNothing() {
    try (Hearth hearth = host(counted())) {
      FunctionHandle bill = hearth.deploy("bill", spec("acme.Asking", ASKING));
      String before = port(bill, "send");

      assertThat(bill.invoke("close", String.class)).isEqualTo("Optional.empty Optional.empty");

      assertThat(port(bill, "send")).isEqualTo(before);
    }
  }

  @Test
  void hostClosed_leavesNoThreadOfTheClient() {
    try (Hearth hearth = host(counted())) {
      port(hearth.deploy("bill", spec("acme.Injected", INJECTED)), "async");
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc(); // which is what ends a client before Java 21
              return Thread.getAllStackTraces().keySet().stream()
                  .map(Thread::getName)
                  .noneMatch(
                      name ->
                          name.startsWith("hearth-http-client")
                              || name.startsWith("hearth-resource")
                              || name.startsWith("HttpClient-"));
            });
  }

  @Test
  void builder_badSettings_areRefused() {
    assertThatThrownBy(() -> HttpClientResource.builder().connectTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("connectTimeout is PT0S");
    assertThatThrownBy(() -> HttpClientResource.builder().probe(URI.create("/health")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lent_showsTheSettings() {
    HttpClientResource resource =
        HttpClientResource.builder()
            .connectTimeout(Duration.ofSeconds(3))
            .configure(client -> client.followRedirects(HttpClient.Redirect.NEVER))
            .build();
    try (WarmResources warm = WarmResources.builder().lazy("billing", resource).build()) {
      HttpClient lent = requireNonNull(warm.lend(HttpClient.class, "billing", "bill"));

      assertThat(lent.connectTimeout()).contains(Duration.ofSeconds(3));
      assertThat(lent.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
      assertThat(lent.executor()).isEmpty();
      assertThatThrownBy(lent::newWebSocketBuilder)
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  private HttpClientResource.Builder counted() {
    return HttpClientResource.builder()
        .connectTimeout(Duration.ofSeconds(20))
        .configure(client -> clients.incrementAndGet());
  }

  private Hearth host(HttpClientResource.Builder billing) {
    return Hearth.builder()
        .resources(
            WarmResources.builder()
                .clocks(clocks)
                .checkLimit(Duration.ofSeconds(20))
                .lazy("billing", billing.build())
                .build())
        .drainLimit(Duration.ofSeconds(5))
        .build();
  }

  private static String port(FunctionHandle function, String how) {
    return requireNonNull(function.invoke(how, String.class));
  }

  /** Of the version that was called last. */
  private static WeakReference<ClassLoader> loader() {
    return new WeakReference<>((ClassLoader) requireNonNull(TestBag.remove("loader")));
  }

  private FunctionSpec spec(String handler, String source) {
    Path jar =
        TestJar.of(directory)
            .withApi()
            .options("-parameters")
            .source("acme.Sender", SENDER)
            .source(handler, source)
            .build(handler + ".jar");
    return FunctionSpec.builder(jar)
        .handler(handler)
        .env("URI", uri.toString())
        .resources("billing")
        .build();
  }

  private static final String SENDER =
      """
      package acme;
      import java.net.URI;
      import java.net.http.*;
      import java.net.http.HttpResponse.BodyHandlers;
      final class Sender {
        static String send(HttpClient client, String how) {
          try {
            ((java.util.Map) System.getProperties().get("hearth.test.bag")).put("loader", Sender.class.getClassLoader());
            URI uri = URI.create(how.equals("nowhere") ? "http://127.0.0.1:1/" : System.getenv("URI"));
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            if (how.equals("close")) {
              if (client instanceof AutoCloseable closeable) { closeable.close(); }
              return client.executor() + " " + client.authenticator();
            }
            if (how.equals("async")) {
              return client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body).get();
            }
            return client.send(request, BodyHandlers.ofString()).body();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  private static final String INJECTED =
      """
      package acme;
      import java.net.http.HttpClient;
      import java.util.function.Function;
      public class Injected implements Function<String, String> {
        private final HttpClient billing;
        public Injected(HttpClient billing) { this.billing = billing; }
        @Override public String apply(String how) { return Sender.send(billing, how); }
      }
      """;

  private static final String ASKING =
      """
      package acme;
      import dev.hearth.function.Context;
      import dev.hearth.function.ContextFunction;
      import java.net.http.HttpClient;
      public class Asking implements ContextFunction<String, String> {
        @Override public String apply(String how, Context context) {
          return Sender.send(context.environment().resource(HttpClient.class, "billing"), how);
        }
      }
      """;
}
