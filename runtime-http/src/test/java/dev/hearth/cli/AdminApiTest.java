package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Hearth;
import dev.hearth.http.ops.AdminAccess;
import dev.hearth.http.ops.AdminServer;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions that come, change and go by the admin port of a running host. */
@Timeout(120)
final class AdminApiTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static @Nullable Object held;

  @TempDir Path directory;
  private Hearth hearth = Hearth.builder().build();
  private AdminServer admin;
  private @Nullable DeployedState state;
  private RemoteArchives remote = new RemoteArchives(List.of());

  @BeforeEach
  void start() throws IOException {
    restart(null);
  }

  private void restart(@Nullable String token) throws IOException {
    stop();
    Hearth.Builder builder = Hearth.builder().keepVersions(1).drainLimit(Duration.ofSeconds(5));
    Path store = directory.resolve("store");
    hearth = builder.store(store).build();
    state = DeployedState.open(store);
    HostDeployments changes = new HostDeployments(hearth, Set.of("orders"), remote, state);
    admin =
        AdminServer.start(
            hearth,
            "127.0.0.1",
            0,
            () -> null,
            new AdminAccess(token == null ? null : () -> token, () -> changes, 1 << 20));
  }

  @AfterEach
  void stop() {
    if (admin != null) {
      admin.close();
    }
    hearth.close();
  }

  private Path jar(String answer) {
    return TestJar.of(directory)
        .source(
            "acme.Say",
            "package acme; public class Say implements java.util.function.Function<String, String> {"
                + " public String apply(String in) { return \""
                + answer
                + "\" + in + System.getenv(\"WHO\"); } }")
        .build(answer + ".jar");
  }

  private HttpResponse<String> send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> put(String path, String json) throws Exception {
    return send(
        "PUT", path, HttpRequest.BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  private HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
    return send(method, path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  private static String spec(Path archive) {
    return "{\"archive\":\"" + archive + "\",\"env\":{\"WHO\":\"top-secret\"}}";
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  private @Nullable Object call() {
    return hearth.function("say").orElseThrow().invoke("-");
  }

  @Test
  void put_newChangedAndSame_deploysSwapsAndLeavesAlone() throws Exception {
    HttpResponse<String> created = put("/functions/say", spec(jar("one")));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.body()).contains("\"change\":\"deployed\"", "\"name\":\"say\"");
    assertThat(call()).isEqualTo("one-top-secret");
    String version = hearth.function("say").orElseThrow().version();

    HttpResponse<String> same = put("/functions/say", spec(jar("one")));
    assertThat(same.body()).contains("\"change\":\"unchanged\"");
    assertThat(hearth.function("say").orElseThrow().version()).isEqualTo(version);
    assertThat(put("/functions/say?force=true", spec(jar("one"))).body())
        .contains("\"change\":\"swapped\"");

    HttpResponse<String> swapped = put("/functions/say", spec(jar("two")));
    assertThat(swapped.statusCode()).isEqualTo(200);
    assertThat(swapped.body()).contains("\"change\":\"swapped\"", "\"warm\":true");
    assertThat(call()).isEqualTo("two-top-secret");
  }

  @Test
  void put_relativePath_isOfTheBase() throws Exception {
    jar("one");
    String base = URLEncoder.encode(directory.toString(), StandardCharsets.UTF_8);

    assertThat(put("/functions/say?base=" + base, "{\"archive\":\"one.jar\"}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void put_upload_isServedOnceItsHashIsRight() throws Exception {
    Path jar = jar("up");
    String hash = sha256(jar);
    String[] headers = {
      "Content-Type", "application/java-archive", "Hearth-Spec", "{\"env\":{\"WHO\":\"\\u00e9\"}}"
    };

    HttpResponse<String> none =
        send("PUT", "/functions/say", HttpRequest.BodyPublishers.ofFile(jar), headers);
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.body()).contains("needs the archive's SHA-256");
    HttpResponse<String> wrong =
        send(
            "PUT",
            "/functions/say?sha256=" + "0".repeat(64),
            HttpRequest.BodyPublishers.ofFile(jar),
            headers);
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains(hash).contains("damaged on its way");
    assertThat(hearth.functions()).isEmpty();

    HttpResponse<String> right =
        send(
            "PUT",
            "/functions/say?sha256=" + hash,
            HttpRequest.BodyPublishers.ofFile(jar),
            headers);
    assertThat(right.statusCode()).as(right.body()).isEqualTo(201);
    assertThat(call()).isEqualTo("up-\u00e9");
  }

  @Test
  void put_uploadOverTheLimit_is413() throws Exception {
    HttpResponse<String> answer =
        send(
            "PUT",
            "/functions/say?sha256=" + "0".repeat(64),
            HttpRequest.BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]),
            "Content-Type",
            "application/zip");

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void put_pathWithAnotherHash_isRefused() throws Exception {
    HttpResponse<String> answer = put("/functions/say?sha256=" + "1".repeat(64), spec(jar("one")));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("has changed, or is another file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 400 | functions.say.archive is missing",
        "{\"archive\":\"/absent.jar\"} | 422 | archive /absent.jar does not exist; check the path",
        "{\"archive\":\"a.jar\",\"handlr\":\"x\"} | 400 | unknown key 'functions.say.handlr'; did you mean 'handler'?",
        "{\"archive\":\"a.jar\",\"timeout\":{\"run\":\"-1s\"}} | 400 | functions.say.timeout.run",
        "{\"archive\":\"a.jar\",\"pools\":[\"order\"]} | 400 | did you mean 'orders'?",
        "not json at all: [ | 400 | spec of 'say':1:",
        "{\"archive\":\"http://127.0.0.1:1/a.jar\"} | 403 | archives from URLs are off",
        "{\"archive\":\"file:///etc/passwd\"} | 403 | archives from URLs are off",
        "{\"archive\":\"jar:file:/a.jar!/\"} | 403 | archives from URLs are off",
      })
  void put_specThatIsWrong_isRefusedByName(String spec, int status, String message)
      throws Exception {
    HttpResponse<String> answer = put("/functions/say", spec);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body().replace("\\u0027", "'")).contains(message);
    assertThat(hearth.functions()).isEmpty();
  }

  @Test
  void F08_versionThatCannotStart_leavesTheOldOne() throws Exception {
    put("/functions/say", spec(jar("one")));

    HttpResponse<String> answer =
        put("/functions/say", "{\"archive\":\"" + jar("two") + "\",\"handler\":\"acme.Absent\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("acme.Absent");
    assertThat(call()).isEqualTo("one-top-secret");
  }

  @Test
  void rollback_goesBackAndSaysWhenItCannot() throws Exception {
    put("/functions/say", spec(jar("one")));
    put("/functions/say", spec(jar("two")));

    HttpResponse<String> back = ask("POST", "/functions/say/rollback");
    assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
    assertThat(call()).isEqualTo("one-top-secret");

    HttpResponse<String> none = ask("POST", "/functions/say/rollback");
    assertThat(none.statusCode()).isEqualTo(409);
    assertThat(none.body()).contains("has no version before");
    assertThat(ask("POST", "/functions/absent/rollback").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/functions/say/rollback").statusCode()).isEqualTo(405);
  }

  @Test
  void delete_removesUnlessARouteLeadsThere() throws Exception {
    put("/functions/say", spec(jar("one")));
    assertThat(put("/routes", "{\"r\":{\"say\":1}}").statusCode()).isEqualTo(200);

    HttpResponse<String> used = ask("DELETE", "/functions/say");
    assertThat(used.statusCode()).isEqualTo(409);
    assertThat(used.body()).contains("route 'r' leads to function 'say'");
    put("/routes", "{}");
    assertThat(ask("DELETE", "/functions/say").statusCode()).isEqualTo(200);
    assertThat(hearth.functions()).isEmpty();
    assertThat(ask("DELETE", "/functions/say").statusCode()).isEqualTo(404);
  }

  @Test
  void routes_areShownAndRefusedAsInAFile() throws Exception {
    put("/functions/say", spec(jar("one")));

    assertThat(put("/routes", "{\"r\":{\"say\":3,\"sticky\":\"X-User\"}}").body())
        .isEqualTo("{\"r\":{\"say\":3,\"sticky\":\"X-User\"}}\n");
    assertThat(put("/routes", "{\"r\":{\"say\":-5}}").statusCode()).isEqualTo(400);
    assertThat(put("/routes", "{\"r\":{\"absent\":1}}").statusCode()).isEqualTo(422);
    assertThat(ask("GET", "/routes").body()).contains("\"say\":3");
  }

  @Test
  void get_function_masksWhatItIsGiven() throws Exception {
    put("/functions/say", spec(jar("one")));

    String shown = ask("GET", "/functions/say").body();

    assertThat(shown).contains("\"env\":{\"WHO\":\"***\"}", "\"revision\":\"", "\"past\":[]");
    assertThat(shown + ask("GET", "/functions").body()).doesNotContain("top-secret");
    assertThat(ask("GET", "/functions/absent").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/functions/a%2Fb").statusCode()).isEqualTo(404);
  }

  @Test
  void holders_versionThatIsHeld_isNamedWithTheWayToIt() throws Exception {
    assertThat(ask("POST", "/functions/say/holders").statusCode()).isEqualTo(404);
    Path self =
        TestJar.of(directory)
            .source(
                "acme.Self",
                "package acme; public class Self implements java.util.function.Supplier<Object> {"
                    + " public Object get() { return this; } }")
            .build("self.jar");
    put("/functions/say", "{\"archive\":\"" + self + "\"}");
    held = hearth.function("say").orElseThrow().invoke(null);
    put("/functions/say", spec(jar("one")));
    put("/functions/say", spec(jar("two")));
    org.awaitility.Awaitility.await().until(() -> !hearth.retired().isEmpty());

    HttpResponse<String> answer = ask("POST", "/functions/say/holders");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("acme.Self", "AdminApiTest.held");
    assertThat(ask("GET", "/functions").body())
        .contains("\"retired\":[{\"function\":\"say\"", "\"held\":");
    assertThat(held).isNotNull(); // until here
    held = null;
  }

  @Test
  void token_isAskedForByAllButTheHealthPages() throws Exception {
    restart("s3cret");

    for (String path : List.of("/functions", "/functions/say", "/routes", "/nothing")) {
      HttpResponse<String> answer = ask("GET", path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(ask("GET", path, "Authorization", "Bearer s3cre").statusCode()).isEqualTo(401);
      assertThat(ask("GET", path, "Authorization", "Basic s3cret").statusCode()).isEqualTo(401);
      assertThat(ask("GET", path, "Authorization", "Bearer s3cret").statusCode()).isNotEqualTo(401);
    }
    assertThat(put("/functions/say", spec(jar("one"))).statusCode()).isEqualTo(401);
    assertThat(hearth.functions()).isEmpty();
    assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, http://127.0.0.1:1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
  })
  void request_thatAPageOfAnotherOriginSent_isRefused(String header, String value)
      throws Exception {
    HttpResponse<String> answer =
        send(
            "PUT",
            "/functions/say",
            HttpRequest.BodyPublishers.ofString(spec(jar("one"))),
            header,
            value);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(ask("GET", "/functions", header, value).statusCode()).isEqualTo(403);
    assertThat(hearth.functions()).isEmpty();
  }

  @Test
  void request_ofThePortsOwnPage_isServed() throws Exception {
    String own = "http://127.0.0.1:" + admin.port();

    assertThat(
            ask("GET", "/functions", "Origin", own, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(200);
  }

  @Test
  void F07_twoChangesOfOneFunctionAtOnce_oneWinsAndBothAreTold() throws Exception {
    Path slow =
        TestJar.of(directory)
            .source(
                "acme.Slow",
                """
                package acme;
                public class Slow implements java.util.function.Supplier<String> {
                  static {
                    try {
                      ((java.util.concurrent.CountDownLatch) System.getProperties().get("slow.in")).countDown();
                      ((java.util.concurrent.CountDownLatch) System.getProperties().get("slow.go")).await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                  public String get() { return "slow"; }
                }
                """)
            .build("slow.jar");
    var in = new java.util.concurrent.CountDownLatch(1);
    var go = new java.util.concurrent.CountDownLatch(1);
    System.getProperties().put("slow.in", in);
    System.getProperties().put("slow.go", go);
    try {
      CompletableFuture<HttpResponse<String>> first =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return put("/functions/say", "{\"archive\":\"" + slow + "\"}");
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(in.await(60, TimeUnit.SECONDS)).isTrue();

      HttpResponse<String> second = put("/functions/say", spec(jar("one")));
      assertThat(second.statusCode()).isEqualTo(409);
      assertThat(second.body()).contains("being changed by another request");

      go.countDown();
      assertThat(first.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    } finally {
      go.countDown();
      System.getProperties().remove("slow.in");
      System.getProperties().remove("slow.go");
    }
  }

  @Test
  void F06_swapsByTheAdminPortUnderLoad_failNoCallAndAreInEffectWhenAnswered() throws Exception {
    put("/functions/say", spec(jar("one")));
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> load =
        CompletableFuture.supplyAsync(
            () -> {
              int calls = 0;
              for (; !stop.get(); calls++) {
                assertThat((String) call()).matches("(one|two)-top-secret");
              }
              return calls;
            });

    Path two = jar("two");
    for (int i = 0; i < 20; i++) {
      assertThat(put("/functions/say", spec(two)).statusCode()).isEqualTo(200);
      assertThat(call()).isEqualTo("two-top-secret");
      assertThat(ask("POST", "/functions/say/rollback").statusCode()).isEqualTo(200);
      assertThat(call()).isEqualTo("one-top-secret");
    }

    stop.set(true);
    assertThat(load.get(60, TimeUnit.SECONDS)).isPositive();
  }

  @Test
  void A25_archiveFromAnAllowedUrl_isFetchedByItsHashOnly() throws Exception {
    Path jar = jar("web");
    var server =
        com.sun.net.httpserver.HttpServer.create(
            new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
    String folder = "http://127.0.0.1:" + server.getAddress().getPort() + "/jars/";
    server.createContext(
        "/jars/web.jar",
        exchange -> {
          byte[] bytes = Files.readAllBytes(jar);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.createContext(
        "/jars/away.jar",
        exchange -> {
          exchange.getResponseHeaders().add("Location", folder + "web.jar");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
    try {
      remote = new RemoteArchives(List.of(folder));
      restart(null);
      String hash = sha256(jar);

      assertThat(put("/functions/say", url(folder + "web.jar")).body())
          .contains("only with its SHA-256");
      assertThat(
              put("/functions/say?sha256=" + "0".repeat(64), url(folder + "web.jar")).statusCode())
          .isEqualTo(422);
      assertThat(put("/functions/say?sha256=" + hash, url(folder + "away.jar")).body())
          .contains("status 302");
      for (String other :
          List.of(
              folder + "../web.jar",
              folder + "%2e%2e/web.jar",
              folder.replace("http://", "http://user@"),
              "http://127.0.0.1:1/jars/web.jar",
              "https://example.org/a.jar")) {
        assertThat(put("/functions/say?sha256=" + hash, url(other)).statusCode())
            .as(other)
            .isEqualTo(403);
      }
      assertThat(put("/functions/say?sha256=" + hash, url(folder + "web.jar")).statusCode())
          .isEqualTo(201);
      assertThat(call()).isEqualTo("web-null");
    } finally {
      server.stop(0);
    }
  }

  private static String url(String address) {
    return "{\"archive\":\"" + address + "\"}";
  }

  @Test
  void state_ofWhatWasAcknowledged_isThereAfterARestartWithoutTheFiles() throws Exception {
    put("/functions/say", spec(jar("one")));
    put("/functions/say", spec(jar("two")));
    put("/functions/gone", spec(jar("one")));
    put("/routes", "{\"r\":{\"say\":1}}");
    ask("DELETE", "/functions/gone");
    Files.delete(directory.resolve("one.jar"));
    Files.delete(directory.resolve("two.jar"));

    restart(null);
    new Redeployment(hearth, dev.hearth.cli.config.HearthSettings.NONE, state).run();

    assertThat(hearth.functions()).hasSize(1);
    assertThat(call()).isEqualTo("two-top-secret");
    assertThat(hearth.routes()).containsKey("r");
  }

  @Test
  void state_afterARollback_isTheVersionThatIsServed() throws Exception {
    put("/functions/say", spec(jar("one")));
    put("/functions/say", spec(jar("two")));
    ask("POST", "/functions/say/rollback");

    restart(null);
    new Redeployment(hearth, dev.hearth.cli.config.HearthSettings.NONE, state).run();

    assertThat(call()).isEqualTo("one-top-secret");
  }

  @Test
  void F14_archiveDamagedInTheStore_leavesThatFunctionOutAndServesTheOthers() throws Exception {
    put("/functions/say", spec(jar("one")));
    put("/functions/other", spec(jar("two")));
    String hash = hearth.function("other").orElseThrow().archiveHash();
    Path stored = directory.resolve("store").resolve(hash + ".jar");
    Files.write(stored, new byte[10]);

    restart(null);
    new Redeployment(hearth, dev.hearth.cli.config.HearthSettings.NONE, state).run();

    assertThat(hearth.function("other")).isEmpty();
    assertThat(call()).isEqualTo("one-top-secret");
  }
}
