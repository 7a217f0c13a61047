package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.ConnectException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of Azure's contract that are about a process: it is started as the Azure host starts it, in an app folder. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class AzureIT {

  private static final Path APIS = HearthProcess.distribution().resolve("lib/provided/azure");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final String SOURCE =
      """
      package acme;
      import com.microsoft.azure.functions.*;
      import com.microsoft.azure.functions.annotation.*;
      import java.util.Optional;
      public class F {
        @FunctionName("echo") public HttpResponseMessage echo(
            @HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> req) throws Exception {
          String body = req.getBody().orElse("");
          if (body.startsWith("wait ")) {
            try (java.net.Socket socket =
                new java.net.Socket("127.0.0.1", Integer.parseInt(body.substring(5)))) {
              socket.getInputStream().read();
            }
          }
          return req.createResponseBuilder(HttpStatus.CREATED).header("X-A", "1").body(body).build();
        }
        @FunctionName("print") public String print(
            @QueueTrigger(name = "item", queueName = "q", connection = "c") String item) {
          System.out.print("x");
          System.out.println(" \\u2603");
          System.err.println("warn x");
          System.err.println("x \\u2603");
          return item;
        }
      }
      """;

  private final Path app;

  AzureIT(@TempDir Path directory) throws IOException {
    app = Files.createDirectory(directory.resolve("app"));
    Path jar =
        TestJar.of(directory)
            .options("--release", "17")
            .compileOnly(APIS.resolve("azure-functions-java-library.jar"))
            .compileOnly(APIS.resolve("azure-functions-java-core-library.jar"))
            .source("acme.F", SOURCE)
            .build("f.jar");
    Files.copy(jar, app.resolve("app.jar"));
    write("host.json", "{\"version\": \"2.0\", \"customHandler\": {\"description\": {}}}");
    write(
        "echo/function.json",
        """
        {"scriptFile": "../app.jar", "entryPoint": "acme.F.echo", "bindings": [
          {"type": "httpTrigger", "direction": "in", "name": "req"},
          {"type": "http", "direction": "out", "name": "res"}]}
        """);
    write(
        "print/function.json",
        """
        {"bindings": [{"type": "queueTrigger", "direction": "in", "name": "item"},
          {"type": "queue", "direction": "out", "name": "$return"}]}
        """);
  }

  private void write(String name, String text) throws IOException {
    Path file = app.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private HearthProcess start(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("FUNCTIONS_WORKER_RUNTIME", "Custom");
    return HearthProcess.start(app, all, arguments);
  }

  /** Pings as the host does, every 25 ms until there is an answer. */
  private static void awaitAnswer(HearthProcess hearth, int port) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(25))
        .until(() -> !hearth.isAlive() || answers(port));
    assertThat(hearth.isAlive()).as(hearth.err()).isTrue();
  }

  private static boolean answers(int port) throws InterruptedException {
    try {
      return send("GET", port, "/", "").get(10, TimeUnit.SECONDS).statusCode() == 200;
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof ConnectException) {
        return false;
      }
      throw new AssertionError(e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<HttpResponse<String>> send(
      String method, int port, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request
          .header("Content-Type", "application/json; charset=utf-8")
          .header("X-Azure-Functions-InvocationId", "11111111-2222-3333-4444-555555555555")
          .header("X-Azure-Functions-HostVersion", "4.1036.1.0");
    }
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String echo(String body) {
    return "{\"Data\":{\"req\":{\"Url\":\"http://h/api/echo\",\"Method\":\"POST\",\"Body\":\""
        + body
        + "\"}},\"Metadata\":{}}";
  }

  @Test
  void azure_case_01_03_04_31_32_process_isServedPrintsAndEnds() throws Exception {
    int port = freePort();
    Map<String, String> environment =
        Map.of(
            "FUNCTIONS_CUSTOMHANDLER_PORT", String.valueOf(port),
            "FUNCTIONS_HTTPWORKER_PORT", String.valueOf(port),
            "FUNCTIONS_APP_ROOT_PATH", app.toString(),
            "HEARTH_QUIET", "true");
    try (ServerSocket calls = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HearthProcess hearth = start(environment, "run")) {
      calls.setSoTimeout(60_000);
      awaitAnswer(hearth, port);
      for (int i = 0; i < 1000; i++) {
        assertThat(send("GET", port, "/", "").get().statusCode()).isEqualTo(200);
      }
      assertThat(hearth.err()).isEmpty();

      HttpResponse<String> printed =
          send("POST", port, "/print", "{\"Data\":{\"item\":\"\\\"hi\\\"\"},\"Metadata\":{}}")
              .get();
      assertThat(printed.body()).contains("\"ReturnValue\":\"hi\"");
      await().atMost(Duration.ofSeconds(30)).until(() -> hearth.err().endsWith("x ☃\n"));
      assertThat(hearth.out()).isEqualTo("x ☃\n");
      assertThat(hearth.err()).isEqualTo("warn x\nx ☃\n");

      CompletableFuture<HttpResponse<String>> running =
          send("POST", port, "/echo", echo("wait " + calls.getLocalPort()));
      try (Socket call = calls.accept()) {
        hearth.terminate();
        await().atMost(Duration.ofSeconds(60)).until(() -> isRefused(port));
        call.getOutputStream().write(1);
      }
      assertThat(running.get(60, TimeUnit.SECONDS).body()).contains("\"statusCode\":\"201\"");
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  private static boolean isRefused(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  @Test
  void azure_case_02_olderPortVariable_isTheSame() throws Exception {
    int port = freePort();
    Map<String, String> environment = Map.of("FUNCTIONS_HTTPWORKER_PORT", String.valueOf(port));
    try (HearthProcess hearth = start(environment, "run", "app.jar")) {
      assertThat(hearth.awaitReady().group(1)).isEqualTo("azure");
      assertThat(hearth.url()).isEqualTo("http://127.0.0.1:" + port);
      HttpResponse<String> answer = send("POST", port, "/echo", echo("hi")).get();
      assertThat(answer.body())
          .contains("\"Outputs\":{\"res\":{\"statusCode\":\"201\"", "\"body\":\"hi\"");
    }
  }

  @Test
  void azure_case_30_fatalStart_endsWithAReasonAndNeither0Nor200() throws Exception {
    Map<String, String> environment =
        Map.of("FUNCTIONS_CUSTOMHANDLER_PORT", String.valueOf(freePort()));
    write("echo/function.json", Files.readString(app.resolve("print/function.json")));
    write("gone/function.json", Files.readString(app.resolve("print/function.json")));
    try (HearthProcess hearth = start(environment, "run")) {
      assertThat(hearth.exitCode()).as(hearth.err()).isEqualTo(ExitCode.FAILED);
      assertThat(hearth.err().lines())
          .singleElement()
          .asString()
          .contains("acme.F::print as print");
    }
    write("host.json", "{");
    try (HearthProcess hearth = start(environment, "run")) {
      assertThat(hearth.exitCode()).as(hearth.err()).isEqualTo(ExitCode.USAGE);
      assertThat(hearth.err().lines()).singleElement().asString().contains("host.json: not JSON");
    }
    assertThat(List.of(ExitCode.FAILED, ExitCode.USAGE)).doesNotContain(0, 200);
  }
}
