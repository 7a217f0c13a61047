package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of the Functions Framework's contract that concern a process, by number, on the assembled command. */
@Timeout(300)
class GcfDistributionIT {

  private static final String TRACE = "105445aa7843bc8bf206b12000100000";

  private static final String SOURCE =
      """
      package acme;

      import com.google.cloud.functions.*;
      import java.net.Socket;
      import java.util.logging.Level;
      import java.util.logging.Logger;

      public class Fn implements HttpFunction {
        @Override public void service(HttpRequest in, HttpResponse out) throws Exception {
          switch (in.getPath()) {
            case "/throw" -> throw new IllegalStateException("on purpose");
            case "/wait" -> wait(Integer.parseInt(in.getQuery().get()));
            case "/log" -> log();
            default -> { }
          }
          out.getWriter().write("done " + in.getPath());
        }

        private static void log() throws Exception {
          System.out.println("out \\"quoted\\"\\tand a \\\\ backslash");
          System.err.println("err ünïcode");
          System.out.println("{\\"severity\\":\\"NOTICE\\",\\"message\\":\\"own\\",\\"n\\":1}");
          Logger.getLogger("acme").log(Level.WARNING, "jul {0}", "parameter");
          Thread worker = new Thread(() -> System.out.println("from a worker"));
          worker.start();
          worker.join();
        }

        /** Until its test lets it go on. */
        private static void wait(int port) throws Exception {
          try (Socket test = new Socket("127.0.0.1", port)) {
            if (test.getInputStream().read() < 0) {
              throw new IllegalStateException("the test is gone");
            }
          }
        }

        public static class Inner extends Fn {
          @Override public void service(HttpRequest in, HttpResponse out) throws Exception {
            out.getWriter().write("inner");
          }
        }
      }
      """;

  private static final String OTHERS =
      """
      package acme;

      import com.google.cloud.functions.*;

      public class Broken implements RawBackgroundFunction {
        public Broken() { throw new IllegalStateException("no way"); }
        @Override public void accept(String json, Context context) { }
      }
      """;

  private static final String EVENTS =
      """
      package acme;

      import com.google.cloud.functions.*;
      import io.cloudevents.CloudEvent;

      public class Events implements CloudEventsFunction {
        @Override public void accept(CloudEvent event) { System.out.println("event " + event.getId()); }
      }
      """;

  @TempDir static Path shared;
  @TempDir Path directory;
  private static String jar;

  @BeforeAll
  static void build() throws IOException {
    TestJar archive =
        TestJar.of(shared)
            .options("--release", "17")
            .source("acme.Fn", SOURCE)
            .source("acme.Broken", OTHERS)
            .source("acme.Events", EVENTS);
    Path apis = HearthProcess.distribution().resolve("lib/provided/google-functions");
    try (Stream<Path> files = Files.list(apis)) {
      files.filter(file -> file.toString().endsWith(".jar")).forEach(archive::compileOnly);
    }
    jar = archive.build("fn.jar").toString();
  }

  /** A process as the platform starts it, but on loopback; pairs of further variables. */
  private HearthProcess serve(String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("FUNCTION_TARGET", "acme.Fn");
    environment.put("PORT", "0");
    environment.put("HEARTH_HOST", "127.0.0.1");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return HearthProcess.start(directory, environment, "run", jar);
  }

  private static HttpResponse<String> ask(String url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(
            request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static List<Map<?, ?>> entries(String text) throws Exception {
    List<Map<?, ?>> entries = new ArrayList<>();
    for (String line : text.lines().toList()) {
      entries.add((Map<?, ?>) JsonText.parse(line));
    }
    return entries;
  }

  private static Map<?, ?> entry(HearthProcess hearth, String message) throws Exception {
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> hearth.out().contains(message.replace("\"", "\\\"")));
    for (Map<?, ?> entry : entries(hearth.out())) {
      if (String.valueOf(entry.get("message")).contains(message)) {
        return entry;
      }
    }
    throw new AssertionError("no entry '" + message + "' in " + hearth.out());
  }

  private static ServerSocket listen() throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(60_000);
    return socket;
  }

  @Test
  void gcf_case_40_variablesAlone_areEnough() throws Exception {
    try (HearthProcess hearth = serve()) {
      assertThat(hearth.awaitReady().group(1)).isEqualTo("gcf");
      assertThat(ask(hearth.url() + "/x").body()).isEqualTo("done /x");
      assertThat(ask(hearth.url() + "/favicon.ico").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void gcf_case_40_frameworksFlags_goBeforeVariables() throws Exception {
    Map<String, String> environment =
        Map.of("FUNCTION_TARGET", "acme.Nobody", "PORT", "1", "HEARTH_HOST", "127.0.0.1");
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            environment,
            "run",
            "--classpath",
            jar,
            "--target",
            "acme.Fn",
            "--port",
            "0")) {
      assertThat(ask(hearth.url() + "/x").body()).isEqualTo("done /x");
    }
  }

  @Test
  void gcf_case_40_invalidPort_isUsage() {
    try (HearthProcess hearth = serve("PORT", "http")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(hearth.err()).contains("PORT is 'http'");
    }
  }

  @Test
  void run_withoutCode_isUsage() {
    try (HearthProcess hearth =
        HearthProcess.start(directory, Map.of("FUNCTION_TARGET", "acme.Fn"), "run")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(hearth.err()).contains("nothing to serve");
    }
  }

  @Test
  void run_builtFunction_isFoundWhereThePlatformPutsIt() throws Exception {
    Path built = Files.createDirectory(directory.resolve("function")).resolve("function.jar");
    Files.copy(Path.of(jar), built);
    Map<String, String> environment =
        Map.of("FUNCTION_TARGET", "acme.Fn.Inner", "PORT", "0", "HEARTH_HOST", "127.0.0.1");

    try (HearthProcess hearth = HearthProcess.start(directory, environment, "run")) {
      assertThat(ask(hearth.url()).body()).isEqualTo("inner"); // gcf_case_39, too
    }
  }

  @Test
  void gcf_case_39_missingClass_endsBeforeThePortOpens() throws Exception {
    int port;
    try (ServerSocket free = listen()) {
      port = free.getLocalPort();
    }
    try (HearthProcess hearth =
        serve("FUNCTION_TARGET", "acme.Nobody", "PORT", String.valueOf(port))) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(hearth.err()).contains("acme.Nobody").doesNotContain("hearth ready");
    }
  }

  @Test
  void gcf_case_41_timeoutOfTheVariable_is504_andWithMoreTimeNormal() throws Exception {
    try (ServerSocket calls = listen();
        HearthProcess hearth = serve("CLOUD_RUN_TIMEOUT_SECONDS", "1")) {
      assertThat(ask(hearth.url() + "/wait?" + calls.getLocalPort()).statusCode()).isEqualTo(504);
    }
    try (ServerSocket calls = listen();
        HearthProcess hearth = serve("CLOUD_RUN_TIMEOUT_SECONDS", "600")) {
      CompletableFuture<HttpResponse<String>> answer =
          HearthProcess.postLater(hearth.url() + "/wait?" + calls.getLocalPort(), "");
      try (Socket running = calls.accept()) {
        running.getOutputStream().write(1);
      }
      assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void gcf_case_42_onThePlatform_everyLineOfOutputIsAnEntry() throws Exception {
    try (HearthProcess hearth = serve("K_SERVICE", "orders", "GOOGLE_CLOUD_PROJECT", "acme-1")) {
      ask(hearth.url() + "/log", "X-Cloud-Trace-Context", TRACE + "/7;o=1");

      assertThat(entry(hearth, "out \"quoted\"").get("message"))
          .isEqualTo("out \"quoted\"\tand a \\ backslash");
      assertThat(entry(hearth, "err ünïcode").get("severity")).isNotNull();
      assertThat(entry(hearth, "jul parameter").get("severity")).isNotNull();
      Map<?, ?> own = entry(hearth, "own");
      assertThat(own.get("severity")).isEqualTo("NOTICE");
      assertThat(own.get("n")).hasToString("1");
      assertThat(own.get("logging.googleapis.com/trace"))
          .isEqualTo("projects/acme-1/traces/" + TRACE);
      entry(hearth, "from a worker");
      assertThat(entries(hearth.out()))
          .allSatisfy(
              entry -> {
                assertThat(entry.get("severity")).isNotNull();
                assertThat(entry.get("message")).isNotNull();
                assertThat(entry.containsKey("execution_id")).isFalse();
              });
    }
  }

  @Test
  void gcf_case_42_elsewhere_linesAreHearthsOwn() throws Exception {
    try (HearthProcess hearth = serve()) {
      ask(hearth.url() + "/log");

      await().atMost(60, TimeUnit.SECONDS).until(() -> hearth.err().contains("from a worker"));
      assertThat(hearth.out()).isEmpty();
      assertThat(hearth.err()).contains("\"stream\":\"out\",\"message\":\"from a worker\"");
    }
  }

  @Test
  void invoke_withThePlatformsLog_keepsStandardOutputForTheResult() {
    Map<String, String> environment =
        Map.of("HEARTH_LOG", "cloud", "HEARTH_LOG_LEVEL", "trace", "K_SERVICE", "orders");
    try (HearthProcess hearth =
        HearthProcess.start(directory, environment, "invoke", jar, "--handler", "acme.Fn")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(hearth.out()).isEqualTo("done /");
    }
  }

  @Test
  void gcf_case_43_executionIds_areOnEveryLineOfTheRequest_workersIncluded() throws Exception {
    try (HearthProcess hearth = serve("K_SERVICE", "orders", "LOG_EXECUTION_ID", "True")) {
      ask(hearth.url() + "/log", "Function-Execution-Id", "1234abcd");
      entry(hearth, "from a worker");
      List<Map<?, ?>> first = entries(hearth.out());
      ask(hearth.url() + "/throw", "HTTP_FUNCTION_EXECUTION_ID", "5678efgh");

      assertThat(first)
          .allSatisfy(entry -> assertThat(entry.get("execution_id")).isEqualTo("1234abcd"));
      assertThat(entry(hearth, "Failed to execute").get("execution_id")).isEqualTo("5678efgh");
      ask(hearth.url() + "/throw");
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> hearth.out().split("Failed to execute", -1).length == 3);
      assertThat(String.valueOf(entries(hearth.out()).get(first.size() + 1).get("execution_id")))
          .as("made where none was sent")
          .matches("[0-9a-f]{32}");
    }
  }

  @Test
  void gcf_case_12_and_28_failure_isAnErrorWithClassAndTrace() throws Exception {
    try (HearthProcess hearth = serve("K_SERVICE", "orders")) {
      assertThat(ask(hearth.url() + "/throw").statusCode()).isEqualTo(500);

      Map<?, ?> entry = entry(hearth, "Failed to execute acme.Fn");
      assertThat(entry.get("severity")).isEqualTo("ERROR");
      assertThat((String) entry.get("message"))
          .startsWith(
              "Failed to execute acme.Fn\njava.lang.IllegalStateException: on purpose\n\tat ")
          .contains("acme.Fn.service(Fn.java:");
    }
  }

  @Test
  void gcf_case_30_malformedEvent_isWarnedOf_andTheNextOneTaken() throws Exception {
    try (HearthProcess hearth =
        serve(
            "K_SERVICE",
            "orders",
            "FUNCTION_TARGET",
            "acme.Events",
            "FUNCTION_SIGNATURE_TYPE",
            "cloudevent")) {
      String[] event = {"ce-specversion", "1.0", "ce-id", "e1", "ce-source", "s", "ce-type", "t"};
      assertThat(ask(hearth.url(), "ce-specversion", "1.0").statusCode()).isEqualTo(400);
      assertThat(ask(hearth.url(), event).statusCode()).isEqualTo(200);

      assertThat(entry(hearth, "Request refused").get("severity")).isEqualTo("WARNING");
      assertThat(entry(hearth, "event e1").get("severity")).isEqualTo("DEFAULT");
    }
  }

  @Test
  void gcf_case_44_sigterm_letsTheCallEnd_refusesNewOnes_andExitsWithZero() throws Exception {
    try (ServerSocket calls = listen();
        HearthProcess hearth = serve("K_SERVICE", "orders")) {
      CompletableFuture<HttpResponse<String>> answer =
          HearthProcess.postLater(hearth.url() + "/wait?" + calls.getLocalPort(), "");
      int port = URI.create(hearth.url()).getPort();
      try (Socket running = calls.accept()) {
        hearth.terminate();
        await().atMost(3, TimeUnit.SECONDS).until(() -> refuses(port));
        running.getOutputStream().write(1);
      }

      assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("done /wait");
      assertThat(hearth.exitCode()).isZero();
    }
  }

  private static boolean refuses(int port) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !client.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void gcf_case_44_callThatNeverEnds_isCutOffBeforeThePlatformKills() throws Exception {
    try (ServerSocket calls = listen();
        HearthProcess hearth = serve("K_SERVICE", "orders")) {
      CompletableFuture<HttpResponse<String>> answer =
          HearthProcess.postLater(hearth.url() + "/wait?" + calls.getLocalPort(), "");
      try (Socket running = calls.accept()) {
        long begin = System.nanoTime();
        hearth.terminate();

        assertThat(hearth.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(running.isConnected()).isTrue();
      }
      answer.cancel(true);
    }
  }

  @Test
  void gcf_case_45_constructorThatThrows_endsTheProcess() {
    try (HearthProcess hearth = serve("FUNCTION_TARGET", "acme.Broken")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(hearth.err()).contains("acme.Broken").contains("no way");
    }
  }
}
