package dev.hearth.http.contract.fission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.HttpServer;
import dev.hearth.http.testing.Functions;
import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance cases of Fission's contract with a runtime, by number. */
class FissionContractTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private TestHost host;
  private FissionJars jars;
  private Path userCode;

  @BeforeEach
  void start() throws IOException {
    jars = new FissionJars(directory);
    userCode = directory.resolve("userfunc").resolve("user");
    Hearth hearth =
        Hearth.builder()
            .providedApis(FissionJars.PROVIDED)
            .drainLimit(Duration.ofSeconds(5))
            .build();
    host = TestHost.serve(hearth, new FissionContract(hearth, userCode), HttpLimits.defaults());
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private Answered specialise(Path code, String handler) throws IOException {
    return v2(
        "{\"filepath\":\""
            + code
            + "\",\"functionName\":\""
            + handler
            + "\",\"url\":\"\",\"FunctionMetadata\":null,\"envVersion\":2}");
  }

  private Answered v2(String json) throws IOException {
    return host.ask(
        "POST /v2/specialize HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
            + json.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + json);
  }

  private static String get(String... headers) {
    return "GET / HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  private void specialiseWith(String className) throws IOException {
    assertThat(specialise(Functions.jar(directory), className).text()).isEqualTo("Done\n");
  }

  private void assertGeneric() throws IOException {
    assertThat(host.get("/healthz").status()).isEqualTo(200);
    assertThat(host.get("/").text()).isEqualTo("Container not specialized\n");
    assertThat(host.hearth().functions()).isEmpty();
    assertThat(specialise(jars.hello().build("again"), "io.fission.HelloWorld").status())
        .isEqualTo(200);
    assertThat(host.get("/").text()).isEqualTo("Hello World!");
  }

  @Test
  void fission_case_01_healthzBeforeSpecialising_is200() throws IOException {
    assertThat(host.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void fission_case_02_callBeforeSpecialising_is400() throws IOException {
    Answered answer = host.get("/");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("not specialized");
  }

  @Test
  void fission_case_03_jarWithoutSuffix_isServed() throws IOException {
    assertThat(specialise(jars.hello().build("deployarchive"), "io.fission.HelloWorld").status())
        .isEqualTo(200);

    Answered answer = host.get("/");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("Hello World!");
    assertThat(host.get("/healthz").text()).isEqualTo("ok\n");
  }

  @Test
  void fission_case_04_unpackedJar_isServed() throws IOException {
    specialise(jars.hello().buildExploded("deployarchive"), "io.fission.HelloWorld");

    assertThat(host.get("/").text()).isEqualTo("Hello World!");
  }

  @Test
  void fission_case_05_directoryWithOneJar_isServed() throws IOException {
    specialise(jars.hello().buildDirectory("deployarchive", "hello.jar"), "io.fission.HelloWorld");

    assertThat(host.get("/").text()).isEqualTo("Hello World!");
  }

  @Test
  void fission_case_06_secondSpecialise_is400AndTheFirstServesOn() throws IOException {
    Path jar = jars.hello().build("deployarchive");
    specialise(jar, "io.fission.HelloWorld");

    Answered second = specialise(jar, "io.fission.HelloWorld");

    assertThat(second.status()).isEqualTo(400);
    assertThat(second.text()).isEqualTo("Not a generic container\n");
    assertThat(host.ask("POST /specialize HTTP/1.1\r\nHost: x\r\n\r\n").status()).isEqualTo(400);
    assertThat(host.get("/").text()).isEqualTo("Hello World!");
  }

  @Test
  void fission_case_06_specialiseWhileAnotherIsUnderWay_is400() throws Exception {
    try (Meeting meeting = new Meeting("loading", 1)) {
      Path slow =
          jars.function(
                  "acme.Slow",
                  """
                  public Slow() throws Exception {
                    Properties meeting = System.getProperties();
                    ((java.util.concurrent.CountDownLatch) meeting.get("loading.entered")).countDown();
                    ((java.util.concurrent.CountDownLatch) meeting.get("loading.go"))
                        .await(60, java.util.concurrent.TimeUnit.SECONDS);
                  }
                  """,
                  "return ResponseEntity.ok(\"slow\");")
              .build("slow");
      CompletableFuture<Integer> first =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return specialise(slow, "acme.Slow").status();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(meeting.awaitEntered()).isTrue();

      assertThat(specialise(slow, "acme.Slow").text()).isEqualTo("Not a generic container\n");
      assertThat(host.get("/healthz").status()).isEqualTo(200);
      assertThat(host.get("/").status()).isEqualTo(400);
      meeting.go();
      assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(200);
      assertThat(host.get("/").text()).isEqualTo("slow");
    }
  }

  @Test
  void fission_case_07_missingFile_is400NamingItAndStaysGeneric() throws IOException {
    Path missing = directory.resolve("nowhere");

    Answered answer = specialise(missing, "io.fission.HelloWorld");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).startsWith(missing + ": not found");
    assertGeneric();
  }

  @Test
  void fission_case_08_absentClass_is400NamingItAndStaysGeneric() throws IOException {
    Answered answer = specialise(jars.hello().build("deployarchive"), "io.fission.Absent");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("io.fission.Absent");
    assertGeneric();
  }

  @Test
  void fission_case_09_classThatIsNoFunction_is400() throws IOException {
    Path jar =
        TestJar.of(directory)
            .source("acme.Plain", "package acme; public class Plain { public int x; }")
            .build("plain");

    Answered answer = specialise(jar, "acme.Plain");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("acme.Plain");
    assertGeneric();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"functionName\":\"\",", "\"functionName\":null,", ""})
  void fission_case_10_noFunctionName_isTheOnlyFunction(String field) throws IOException {
    Path jar = jars.hello().build("deployarchive");

    Answered answer = v2("{" + field + "\"filepath\":\"" + jar + "\"}");

    assertThat(answer.text()).isEqualTo("Done\n");
    assertThat(host.get("/").text()).isEqualTo("Hello World!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{\"filepath\":",
        "{\"filepath\":5}",
        "{}",
        "{\"filepath\":\"\"}",
        "{\"filepath\":\"/a\\u0000b\"}",
        "{\"filepath\":\"/a\"} more"
      })
  void fission_case_11_bodyThatIsNoLoadRequest_is400(String body) throws IOException {
    Answered answer = v2(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).endsWith("\n").hasLineCount(1);
    assertGeneric();
  }

  @Test
  void fission_case_11_hugeBody_is413() throws IOException {
    assertThat(v2("{\"x\":\"" + "a".repeat(2 << 20) + "\"}").status()).isEqualTo(413);
    assertGeneric();
  }

  @Test
  void fission_case_12_unknownFieldsAndFullMetadata_areAccepted() throws IOException {
    Answered answer =
        v2(
            "{\"new\":{\"a\":[1,{\"b\":2}]},\"filepath\":\""
                + Functions.jar(directory)
                + "\",\"functionName\":\"t.Echo\",\"envVersion\":3,\"stateKeyspace\":\"k\","
                + "\"FunctionMetadata\":{\"name\":\"resize\",\"namespace\":\"default\",\"uid\":\"u-1\","
                + "\"resourceVersion\":\"77\",\"generation\":1,\"labels\":{\"name\":\"other\"},\"annotations\":null}}");

    assertThat(answer.text()).isEqualTo("Done\n");
    assertThat(host.hearth().function("resize")).isPresent();
    assertThat(host.get("/").text())
        .contains(
            "attributes={fission.function.name=resize, fission.function.namespace=default,"
                + " fission.function.resourceversion=77, fission.function.uid=u-1}");
  }

  @Test
  void fission_case_13_constructorThatThrows_is400WithTheReason() throws IOException {
    Path jar =
        jars.function(
                "acme.CtorBoom",
                "public CtorBoom() { throw new IllegalStateException(\"no database\"); }",
                "return null;")
            .build("ctorboom");

    Answered answer = specialise(jar, "acme.CtorBoom");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("acme.CtorBoom").contains("no database").hasLineCount(1);
    assertGeneric();
  }

  @Test
  void fission_case_13_staticInitialiserThatThrowsAnError_is400() throws IOException {
    Path jar =
        jars.function(
                "acme.StaticBoom",
                "static { if (true) throw new Error(\"static\"); }",
                "return null;")
            .build("staticboom");

    assertThat(specialise(jar, "acme.StaticBoom").status()).isEqualTo(400);
    assertGeneric();
  }

  @Test
  void fission_case_14_unusedClassWithMissingSuperclass_isNotLoaded() throws IOException {
    TestJar parent =
        TestJar.of(directory.resolve("parent"))
            .source("gone.Parent", "package gone; public class Parent {}");
    Path jar =
        jars.hello()
            .compileOnly(parent.build("parent.jar"))
            .source(
                "io.fission.Orphan",
                "package io.fission; public class Orphan extends gone.Parent {}")
            .build("optdep");

    assertThat(specialise(jar, "io.fission.HelloWorld").text()).isEqualTo("Done\n");
    assertThat(host.get("/").text()).isEqualTo("Hello World!");
  }

  @Test
  void fission_case_15_version1_loadsTheCodePath() throws IOException {
    Files.createDirectories(userCode.getParent());
    Files.copy(jars.hello().build("hello.jar"), userCode);

    Answered answer =
        host.ask("POST /specialize HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(host.get("/").text()).isEqualTo("Hello World!");
  }

  @Test
  void fission_case_15_version1WithoutCode_is400() throws IOException {
    Answered answer = host.ask("POST /specialize HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains(userCode.toString());
    assertGeneric();
  }

  @ParameterizedTest
  @CsvSource({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void fission_case_16_everyMethodAndPath_reachesTheFunction(String method) throws IOException {
    specialiseWith("t.Echo");

    for (String target : List.of("/", "/a/b", "/a?x=1")) {
      Answered answer = host.ask(method + " " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(answer.status()).isEqualTo(200);
      if (!method.equals("HEAD")) {
        String query = target.contains("?") ? "" : "?";
        assertThat(answer.text()).startsWith(method + " " + target + query + "\n");
      }
    }
  }

  @Test
  void fission_case_17_platformHeaders_reachTheFunction() throws IOException {
    Path jar =
        jars.function(
                "acme.Params",
                "",
                "return ResponseEntity.ok(req.getHeaders().getFirst(\"x-fission-params-NAME\")"
                    + " + req.getHeaders().getFirst(\"X-Fission-Function-Uid\"));")
            .build("params");
    specialise(jar, "acme.Params");

    assertThat(host.ask(get("X-Fission-Params-Name: Alice", "X-Fission-Function-Uid: 42")).text())
        .isEqualTo("Alice42");
  }

  @Test
  void fission_case_17_requestId_isTheInvocations() throws IOException {
    specialiseWith("t.Echo");

    assertThat(host.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Fission-Request-ID: r-1\r\n\r\n").text())
        .contains("\nid=r-1\n");
    assertThat(host.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Fission-Request-ID: a b\r\n\r\n").text())
        .doesNotContain("\nid=a b\n");
  }

  @Test
  void fission_case_18_bodies_arriveIntact() throws IOException {
    specialiseWith("t.Mirror");
    byte[] all = new byte[1 << 20];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    for (int length : new int[] {0, 256, 65_535, 65_536, 65_537, all.length}) {
      byte[] body = java.util.Arrays.copyOf(all, length);
      try (RawClient client = host.connect()) {
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n");
        assertThat(client.send(body).read().body()).isEqualTo(body);
        client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        if (length > 0) {
          client.send(Integer.toHexString(length) + "\r\n").send(body).send("\r\n");
        }
        assertThat(client.send("0\r\n\r\n").read().body()).isEqualTo(body);
      }
    }
  }

  @Test
  void fission_case_19_response_arrivesAsSet() throws IOException {
    Path jar =
        jars.function(
                "acme.Answer",
                "",
                "byte[] body = new byte[256]; for (int i = 0; i < 256; i++) body[i] = (byte) i;"
                    + " return ResponseEntity.status(418).header(\"X-A\", \"1\", \"2\").header(\"X-B\", \"b\")"
                    + ".contentType(MediaType.APPLICATION_OCTET_STREAM).body(body);")
            .build("answer");
    specialise(jar, "acme.Answer");

    Answered answer = host.get("/");

    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.all("X-A")).containsExactly("1", "2");
    assertThat(answer.header("x-b")).isEqualTo("b");
    assertThat(answer.body()).hasSize(256);
    assertThat(answer.body()[255]).isEqualTo((byte) 255);
  }

  @Test
  void fission_case_20_exception_is500AndTheNextIsServed() throws IOException {
    Path jar =
        jars.function(
                "acme.Boom",
                "",
                "if (req.getMethod() == HttpMethod.GET) throw new IllegalStateException(\"secret\");"
                    + " return ResponseEntity.ok(\"fine\");")
            .build("boom");
    specialise(jar, "acme.Boom");

    Answered answer = host.get("/");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
    assertThat(answer.text())
        .contains("java.lang.IllegalStateException")
        .doesNotContain("secret")
        .hasLineCount(1);
    assertThat(host.send("POST", "/", "x").text()).isEqualTo("fine");
  }

  @Test
  void fission_case_21_overlappingCalls_runInParallel() throws Exception {
    specialiseWith("t.Meet");
    try (Meeting meeting = new Meeting("meet", 2);
        RawClient first = host.connect();
        RawClient second = host.connect()) {
      first.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
      second.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(meeting.awaitEntered()).isTrue();
      meeting.go();

      assertThat(first.read().text()).isEqualTo("met /1");
      assertThat(second.read().text()).isEqualTo("met /2");
    }
  }

  @Test
  void fission_case_22_clientLeavesDuringTheCall_functionIsTold() throws Exception {
    specialiseWith("t.Meet");
    try (Meeting meeting = new Meeting("meet", 1);
        RawClient client = host.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();

      client.leave();

      await().atMost(PATIENCE).until(() -> !meeting.told().isEmpty());
      assertThat(meeting.told()).contains("InterruptedException").contains("cancelled=true");
      assertThat(host.get("/healthz").status()).isEqualTo(200);
    }
  }

  /** The pause of 35 s itself is not waited for: what is kept open for longer is the default limit. */
  @Test
  void fission_case_23_keptConnection_servesAgain() throws IOException {
    specialiseWith("t.Word");
    assertThat(HttpLimits.defaults().idleTimeout()).isGreaterThan(Duration.ofSeconds(60));
    try (RawClient client = host.connect()) {
      String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

      assertThat(client.send(request).read().text()).isEqualTo("foo");
      assertThat(client.send(request).read().text()).isEqualTo("foo");
    }
  }

  @Test
  void fission_case_24_flushedChunk_arrivesBeforeTheFunctionEnds() throws Exception {
    specialiseWith("t.Wire");
    try (Meeting meeting = new Meeting("chunks", 1);
        RawClient client = host.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\ndo: chunks\r\nmeet: chunks\r\n\r\n");

      assertThat(client.readHead().header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(client.chunk()).asString(StandardCharsets.UTF_8).isEqualTo("first");
      assertThat(meeting.told()).isEmpty();
      meeting.go();
      assertThat(client.chunk()).asString(StandardCharsets.UTF_8).isEqualTo("second");
      assertThat(client.chunk()).isEmpty();
    }
  }

  /** What SIGTERM does; the signal itself is tested with the process. */
  @Test
  void fission_case_25_closing_letsTheCallEnd() throws Exception {
    specialiseWith("t.Meet");
    try (Meeting meeting = new Meeting("meet", 1);
        RawClient client = host.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(meeting.awaitEntered()).isTrue();

      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(() -> host.server().close(PATIENCE));
      await().atMost(PATIENCE).until(() -> host.server().isDraining());
      meeting.go();

      assertThat(client.read().text()).isEqualTo("met /");
      assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void fission_case_26_state_survivesBetweenCalls() throws IOException {
    Path jar =
        jars.function(
                "acme.Warm",
                "private int calls; private static int all;",
                "return ResponseEntity.ok(++calls + \" \" + ++all);")
            .build("warm");
    specialise(jar, "acme.Warm");

    assertThat(host.get("/").text()).isEqualTo("1 1");
    assertThat(host.get("/").text()).isEqualTo("2 2");
  }

  @Test
  void fission_case_27_specialiseSentBeforeTheServerListens_succeedsByRetrying() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path jar = jars.hello().build("deployarchive");
    try (Hearth late = Hearth.builder().providedApis(FissionJars.PROVIDED).build()) {
      CompletableFuture<HttpServer> starting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return HttpServer.builder()
                      .port(port)
                      .contract(new FissionContract(late))
                      .start();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      String json = "{\"filepath\":\"" + jar + "\",\"functionName\":\"io.fission.HelloWorld\"}";
      String request =
          "POST /v2/specialize HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + json.length()
              + "\r\n\r\n"
              + json;

      await()
          .pollInterval(Duration.ofMillis(25))
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                try (RawClient client = RawClient.to(port)) {
                  return client.send(request).read().status() == 200;
                }
              });
      starting.get(60, TimeUnit.SECONDS).close();
    }
  }

  @Test
  void fission_case_28_secretFile_isReadable() throws IOException {
    Path secret = directory.resolve("secrets/default/db/password");
    Files.createDirectories(secret.getParent());
    Files.writeString(secret, "hunter2");
    Path jar =
        jars.function(
                "acme.Secret",
                "",
                "try { return ResponseEntity.ok(java.nio.file.Files.readString(java.nio.file.Path.of(\""
                    + secret
                    + "\"))); } catch (java.io.IOException e) { throw new IllegalStateException(e); }")
            .build("secret");
    specialise(jar, "acme.Secret");

    assertThat(host.get("/").text()).isEqualTo("hunter2");
  }

  @Test
  void webSocketUpgrade_isRefusedCleanly() throws IOException {
    specialiseWith("t.Echo");
    try (RawClient client = host.connect()) {
      client.send(
          get(
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13"));

      assertThat(client.read().status()).isEqualTo(501);
      assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read().status()).isEqualTo(200);
    }
  }

  @Test
  void functionThatGivesNothing_is200ForTheQueues() throws IOException {
    specialiseWith("t.Nothing");

    assertThat(host.send("POST", "/", "x").status()).isEqualTo(200);
  }

  @Test
  void hostWithAFunction_isSpecialisedFromTheStart() throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (Hearth hearth = Hearth.builder().build()) {
      hearth.deploy(
          "word",
          dev.hearth.FunctionSpec.builder(Functions.jar(directory)).handler("t.Word").build());
      try (HttpServer server = HttpServer.builder().contract(new FissionContract(hearth)).start();
          RawClient client = RawClient.to(server.port())) {
        statuses.add(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read().status());
        statuses.add(client.send("POST /specialize HTTP/1.1\r\nHost: x\r\n\r\n").read().status());
      }
    }
    assertThat(statuses).containsExactly(200, 400);
  }

  @Test
  void defaults_areThePlatforms() {
    assertThat(new FissionContract(host.hearth()).defaults().port()).isEqualTo(8888);
    assertThat(new FissionContract(host.hearth()).defaults().host()).isEqualTo("0.0.0.0");
  }
}
