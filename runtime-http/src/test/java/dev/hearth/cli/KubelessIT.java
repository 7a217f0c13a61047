package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of Kubeless' contract that are about a process: its variables, its port, its end. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KubelessIT {

  private static final Path API =
      HearthProcess.distribution().resolve("lib/provided/kubeless/kubeless-api.jar");

  private static final String SOURCE =
      """
      package io.kubeless;
      public class Foo {
        public String foo(Event event, Context context) throws Exception {
          if (event.Data.startsWith("wait ")) {
            try (java.net.Socket socket =
                new java.net.Socket("127.0.0.1", Integer.parseInt(event.Data.substring(5)))) {
              socket.getInputStream().read();
            }
          }
          if (event.Data.equals("spin")) { while (true) { Thread.onSpinWait(); } }
          if (event.Data.equals("stay")) { new java.util.concurrent.CompletableFuture<>().join(); }
          if (event.Data.equals("port")) { return System.getenv("FUNC_PORT"); }
          return "Hello world! " + event.Data + context.functionName;
        }
      }
      """;

  private final Path directory;
  private final Path volume;

  KubelessIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.volume = directory.resolve("kubeless");
    Path target = Files.createDirectories(volume.resolve("function/target"));
    Path jar =
        TestJar.of(directory)
            .options("--release", "17")
            .compileOnly(API)
            .source("io.kubeless.Foo", SOURCE)
            .build("function.jar");
    Files.copy(jar, target.resolve("function-1.0-SNAPSHOT.jar"));
  }

  private Map<String, String> kubeless(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MOD_NAME", "Foo");
    environment.put("FUNC_HANDLER", "foo");
    environment.put("FUNC_TIMEOUT", "180");
    environment.put("FUNC_RUNTIME", "java11");
    environment.put("FUNC_MEMORY_LIMIT", "0");
    environment.put("KUBELESS_INSTALL_VOLUME", volume.toString());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private HearthProcess start(Map<String, String> environment, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "--host", "127.0.0.1"));
    arguments.addAll(List.of(more));
    return HearthProcess.start(directory, environment, arguments.toArray(new String[0]));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void kubeless_case_K1_K16_variables_areAllItNeeds() throws Exception {
    int port = freePort();
    try (HearthProcess hearth = start(kubeless("FUNC_PORT", String.valueOf(port)))) {
      assertThat(hearth.awaitReady().group(1)).isEqualTo("kubeless");
      assertThat(hearth.url()).endsWith(":" + port);
      assertThat(HearthProcess.get(hearth.url() + "/healthz").body()).isEqualTo("OK");
      assertThat(HearthProcess.get(hearth.url() + "/").body()).isEqualTo("Hello world! foo");
      assertThat(HearthProcess.post(hearth.url() + "/", "port").body())
          .isEqualTo(String.valueOf(port));
      assertThat(HearthProcess.get(hearth.url() + "/metrics").body())
          .contains("function_calls_total{method=\"GET\"} 1\n");
    }
  }

  @Test
  void kubeless_case_Y1_Y16_newNamesAndAnArchive_areServed() throws Exception {
    int port = freePort();
    Map<String, String> environment =
        Map.of(
            "HEARTH_CONTRACT", "kubeless",
            "SERVICE_NAMESPACE", "default",
            "FUNC_NAME", "orders",
            "HANDLER_MOD_NAME", "io.kubeless.Foo",
            "SERVER_PORT", String.valueOf(port),
            "SERVER_INTERNAL_LOGGER", "true");
    try (HearthProcess hearth = start(environment, directory.resolve("function.jar").toString())) {
      assertThat(hearth.url()).endsWith(":" + port);
      assertThat(HearthProcess.post(hearth.url() + "/", "a").body()).isEqualTo("Hello world! afoo");
      assertThat(HearthProcess.get(hearth.url() + "/favicon.ico").statusCode()).isEqualTo(204);

      hearth.terminate();
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(hearth.out())
          .contains(
              "\"POST / HTTP/1.1\" 200", "\"GET /favicon.ico HTTP/1.1\" 204", "Shutting down..");
    }
  }

  @Test
  void kubeless_case_K13_functionThatIsNotThere_isOneLineAndTheProcessEnds() {
    assertRefused(ExitCode.FAILED, "Gone is not in archive", kubeless("MOD_NAME", "Gone"));
    assertRefused(ExitCode.FAILED, "no public method gone", kubeless("FUNC_HANDLER", "gone"));
    assertRefused(
        ExitCode.USAGE, "/nowhere does not exist", kubeless("KUBELESS_INSTALL_VOLUME", "/nowhere"));
    assertRefused(ExitCode.USAGE, "FUNC_TIMEOUT is 'soon'", kubeless("FUNC_TIMEOUT", "soon"));
  }

  private void assertRefused(int exitCode, String message, Map<String, String> environment) {
    try (HearthProcess hearth = start(environment, "--port", "0")) {
      assertThat(hearth.exitCode()).as(hearth.err()).isEqualTo(exitCode);
      assertThat(hearth.err().lines()).singleElement().asString().contains(message);
    }
  }

  @Test
  void kubeless_case_K9_codeThatDoesNotStop_isRestartedByThePlatform() throws Exception {
    Map<String, String> environment = kubeless("FUNC_TIMEOUT", "1", "HEARTH_DRAIN", "1s");
    try (HearthProcess hearth = start(environment, "--port", "0")) {
      assertThat(HearthProcess.post(hearth.url() + "/", "spin").statusCode()).isEqualTo(408);
      assertThat(HearthProcess.post(hearth.url() + "/", "next").statusCode()).isEqualTo(200);
      assertThat(HearthProcess.post(hearth.url() + "/", "stay").statusCode()).isEqualTo(408);
      assertThat(HearthProcess.post(hearth.url() + "/", "next").statusCode()).isEqualTo(200);

      assertThat(hearth.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(hearth.err()).contains("although it was interrupted");
    }
  }

  @Test
  void kubeless_case_K20_sigtermDuringACall_completesItAndRefusesOthers() throws Exception {
    try (ServerSocket calls = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HearthProcess hearth = start(kubeless(), "--port", "0")) {
      calls.setSoTimeout(60_000);
      String url = hearth.url();
      CompletableFuture<HttpResponse<String>> running =
          HearthProcess.postLater(url, "wait " + calls.getLocalPort());
      try (Socket call = calls.accept()) {
        hearth.terminate();
        await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> isRefused(Integer.parseInt(url.substring(url.lastIndexOf(':') + 1))));
        call.getOutputStream().write(1);
      }

      assertThat(running.get(60, TimeUnit.SECONDS).body()).startsWith("Hello world! wait");
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

  /** A user that may write nothing but a temporary directory, as the platforms' pods have it. */
  @Test
  void kubeless_case_K21_userWithoutRights_isServed() throws Exception {
    Path setpriv = Path.of("/usr/bin/setpriv");
    Assumptions.assumeTrue(
        Files.isExecutable(setpriv) && "root".equals(System.getProperty("user.name")),
        "needs root and setpriv to become somebody else");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (Path above = directory; above != null; above = above.getParent()) {
      if (Files.getOwner(above).getName().equals("root") && above.startsWith("/tmp/")) {
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    Map<String, String> environment = kubeless("HOME", "/nonexistent");
    environment.put("HEARTH_JVM_OPTS", "-Djava.io.tmpdir=" + temporary);
    List<String> command =
        List.of(
            setpriv.toString(),
            "--reuid=1000",
            "--regid=1000",
            "--clear-groups",
            "--no-new-privs",
            HearthProcess.launcher().toString(),
            "run",
            "--host",
            "127.0.0.1",
            "--port",
            "0");
    try (HearthProcess hearth = HearthProcess.start(directory, environment, command)) {
      assertThat(HearthProcess.get(hearth.url() + "/").body()).isEqualTo("Hello world! foo");
      hearth.terminate();
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(temporary).isEmptyDirectory();
    }
  }
}
