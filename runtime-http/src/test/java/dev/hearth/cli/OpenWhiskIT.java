package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.contract.openwhisk.OpenWhiskContract;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of OpenWhisk's contract that are about a process: its streams, its variables and its signals. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class OpenWhiskIT {

  private static final String MARK = OpenWhiskContract.SENTINEL + "\n";
  private static final Path GSON =
      HearthProcess.distribution().resolve("lib/provided/openwhisk/gson.jar");

  private static final String SOURCE =
      """
      package acme;
      import com.google.gson.JsonObject;
      public class Act {
        public static JsonObject main(JsonObject args) throws Exception {
          if (args.has("print")) { System.out.print(args.get("print").getAsString()); }
          if (args.has("printErr")) { System.err.print(args.get("printErr").getAsString()); }
          if (args.has("exit")) { System.exit(1); }
          if (args.has("env")) {
            args.addProperty("value", System.getenv(args.get("env").getAsString()));
          }
          if (args.has("wait")) {
            try (java.net.Socket socket = new java.net.Socket("127.0.0.1", args.get("wait").getAsInt())) {
              socket.getInputStream().read();
            }
          }
          return args;
        }
      }
      """;

  private final Path directory;
  private final String init;

  OpenWhiskIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    Path jar =
        TestJar.of(directory)
            .options("--release", "17")
            .compileOnly(GSON)
            .source("acme.Act", SOURCE)
            .build("act.jar");
    init =
        "{\"value\":{\"name\":\"act\",\"main\":\"acme.Act\",\"binary\":true,\"code\":\""
            + Base64.getEncoder().encodeToString(Files.readAllBytes(jar))
            + "\",\"env\":{\"COLOUR\":\"red\"}}}";
  }

  private HearthProcess start(Map<String, String> environment, String... more) {
    String[] arguments = new String[more.length + 5];
    String[] first = {"run", "--host", "127.0.0.1", "--port", "0"};
    System.arraycopy(first, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return HearthProcess.start(directory, environment, arguments);
  }

  private HearthProcess ready() throws Exception {
    HearthProcess hearth = start(Map.of("__OW_API_HOST", "xyz"));
    assertThat(hearth.awaitReady().group(1)).isEqualTo("openwhisk");
    HttpResponse<String> answer = HearthProcess.post(hearth.url() + "/init", init);
    assertThat(answer.statusCode()).as(hearth.err()).isEqualTo(200);
    return hearth;
  }

  private static HttpResponse<String> run(HearthProcess hearth, String value) throws Exception {
    return HearthProcess.post(hearth.url() + "/run", "{\"value\":" + value + "}");
  }

  /** Standard error without the ready line. */
  private static String err(HearthProcess hearth) {
    String all = hearth.err();
    return all.substring(all.indexOf('\n') + 1);
  }

  @Test
  void openwhisk_case_01_output_goesAsItIsToTheStreamItWasPrintedTo() throws Exception {
    try (HearthProcess hearth = ready()) {
      for (int i = 0; i < 3; i++) {
        assertThat(
                run(hearth, "{\"print\":\"hello stdout\\n\",\"printErr\":\"hello stderr\\n\"}")
                    .statusCode())
            .isEqualTo(200);
        // Nothing is waited for: all is written before the answer.
        assertThat(hearth.out()).isEqualTo(("hello stdout\n" + MARK).repeat(i + 1));
        assertThat(err(hearth)).isEqualTo(("hello stderr\n" + MARK).repeat(i + 1));
      }
    }
  }

  @Test
  void openwhisk_case_09_outputWithoutALineEnd_isEndedBeforeTheSentinel() throws Exception {
    try (HearthProcess hearth = ready()) {
      run(hearth, "{\"print\":\"half\",\"printErr\":\"two\\nhalf\"}");
      run(hearth, "{}");

      assertThat(hearth.out()).isEqualTo("half\n" + MARK + MARK);
      assertThat(err(hearth)).isEqualTo("two\nhalf\n" + MARK + MARK);
    }
  }

  @Test
  void openwhisk_B7_unicodeInTheLog_whateverTheLocale() throws Exception {
    try (HearthProcess hearth =
        start(Map.of("HEARTH_CONTRACT", "openwhisk", "LC_ALL", "C", "LANG", "C"))) {
      HearthProcess.post(hearth.url() + "/init", init);

      assertThat(run(hearth, "{\"print\":\"❄ ☃ ❄\"}").body()).contains("❄ ☃ ❄");
      assertThat(hearth.out()).isEqualTo("❄ ☃ ❄\n" + MARK);
    }
  }

  @Test
  void openwhisk_B9_variablesOfProcessInitAndRun_areSeen() throws Exception {
    try (HearthProcess hearth = ready()) {
      assertThat(run(hearth, "{\"env\":\"__OW_API_HOST\"}").body()).contains("\"value\":\"xyz\"");
      assertThat(run(hearth, "{\"env\":\"COLOUR\"}").body()).contains("\"value\":\"red\"");
      assertThat(run(hearth, "{\"env\":\"PATH\"}").body()).contains(System.getenv("PATH"));
      assertThat(
              HearthProcess.post(
                      hearth.url() + "/run",
                      "{\"value\":{\"env\":\"__OW_ACTIVATION_ID\"},\"activation_id\":\"a1\"}")
                  .body())
          .contains("\"value\":\"a1\"");
    }
  }

  @Test
  void openwhisk_J13_exit_doesNotEndTheProcess() throws Exception {
    try (HearthProcess hearth = ready()) {
      HttpResponse<String> answer = run(hearth, "{\"exit\":true}");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(err(hearth)).containsIgnoringCase("system.exit").endsWith(MARK);
      assertThat(run(hearth, "{}").statusCode()).isEqualTo(200);
      assertThat(hearth.isAlive()).isTrue();
    }
  }

  @Test
  void openwhisk_case_17_sigterm_newRequestsAre503AndTheRunEnds() throws Exception {
    try (ServerSocket calls = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HearthProcess hearth = ready()) {
      calls.setSoTimeout(60_000);
      CompletableFuture<HttpResponse<String>> running =
          HearthProcess.postLater(
              hearth.url() + "/run", "{\"value\":{\"wait\":" + calls.getLocalPort() + "}}");
      try (Socket call = calls.accept()) {
        hearth.terminate();
        await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> HearthProcess.get(hearth.adminUrl() + "/readyz").statusCode() == 503);

        HttpResponse<String> refused = run(hearth, "{}");
        call.getOutputStream().write(1);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Content-Length")).isPresent();
      }
      assertThat(running.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(hearth.out()).isEqualTo(MARK);
    }
  }

  @Test
  void openwhisk_case_17_sigtermWhileIdle_endsAtOnce() throws Exception {
    try (HearthProcess hearth = ready()) {
      hearth.terminate();

      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void openwhisk_case_18_pausedAndResumed_theNextRunWorks() throws Exception {
    try (HearthProcess hearth = ready()) {
      assertThat(run(hearth, "{}").statusCode()).isEqualTo(200);

      hearth.signal("STOP");
      await().until(hearth::isPaused);
      CompletableFuture<HttpResponse<String>> waiting =
          HearthProcess.postLater(hearth.url() + "/run", "{\"value\":{\"a\":1}}");
      hearth.signal("CONT");

      assertThat(waiting.get(60, TimeUnit.SECONDS).body()).isEqualTo("{\"a\":1}");
      assertThat(run(hearth, "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void run_quiet_leavesTheLogToTheAction() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    Map<String, String> environment =
        Map.of("HEARTH_CONTRACT", "openwhisk", "HEARTH_QUIET", "true");
    try (HearthProcess hearth =
        HearthProcess.start(
            directory, environment, "run", "--host", "127.0.0.1", "--port", String.valueOf(port))) {
      await().atMost(60, TimeUnit.SECONDS).until(() -> accepts(port));
      HearthProcess.post(url + "/init", init);
      HearthProcess.post(url + "/run", "{}");

      assertThat(hearth.err()).isEqualTo(MARK);
      assertThat(hearth.out()).isEqualTo(MARK);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void longLine_isNotCut() throws Exception {
    String line = "x".repeat(200_000);
    try (HearthProcess hearth = ready()) {
      run(hearth, "{\"print\":\"" + line + "\"}");

      assertThat(hearth.out().getBytes(StandardCharsets.UTF_8))
          .hasSize(line.length() + 1 + MARK.length());
    }
  }
}
