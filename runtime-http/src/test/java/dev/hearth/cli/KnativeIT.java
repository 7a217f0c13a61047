package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.Http2Client;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of Knative's contract that are about the process, against the assembled command. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KnativeIT {

  private static final String SOURCE =
      """
      package acme;
      public class Hello implements java.util.function.Function<String, String> {
        public Hello() {
          String gate = System.getenv("GATE");
          if (gate != null) { hold(Integer.parseInt(gate)); }
        }
        public String apply(String in) {
          if (in.startsWith("wait ")) { hold(Integer.parseInt(in.substring(5))); }
          return "Hello, " + in + "!";
        }
        private static void hold(int port) {
          try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
            socket.getInputStream().read();
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      }
      """;

  private final Path directory;
  private final String jar;

  KnativeIT(@TempDir Path directory) {
    this.directory = directory;
    this.jar =
        TestJar.of(directory)
            .options("--release", "17")
            .source("acme.Hello", SOURCE)
            .build("hello.jar")
            .toString();
  }

  private HearthProcess serve(Map<String, String> more) {
    Map<String, String> environment = new java.util.HashMap<>(more);
    environment.put("K_SERVICE", "hello");
    environment.put("K_REVISION", "hello-00001");
    return HearthProcess.start(directory, environment, "run", jar, "--handler", "acme.Hello");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static boolean hasIpv6Loopback() throws IOException {
    return Collections.list(java.net.NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(java.net.NetworkInterface::inetAddresses)
        .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
  }

  @Test
  void knative_case_01_port_isServedOnBothLoopbacks() throws Exception {
    int port = freePort();
    try (HearthProcess hearth = serve(Map.of("PORT", String.valueOf(port)))) {
      assertThat(hearth.awaitReady().group(1)).isEqualTo("knative");
      assertThat(hearth.url()).isEqualTo("http://0.0.0.0:" + port);
      assertThat(HearthProcess.post("http://127.0.0.1:" + port, "v4").body())
          .isEqualTo("Hello, v4!");
      if (hasIpv6Loopback()) {
        assertThat(HearthProcess.post("http://[::1]:" + port, "v6").body()).isEqualTo("Hello, v6!");
      }
    }
  }

  @Test
  void knative_case_02_portOpensOnlyWhenTheFunctionIsInitialised() throws Exception {
    int port = freePort();
    try (ServerSocket gate = listen();
        HearthProcess hearth =
            serve(
                Map.of(
                    "PORT", String.valueOf(port), "GATE", String.valueOf(gate.getLocalPort())))) {
      try (Socket initialising = gate.accept()) {
        assertThat(isOpen(port)).isFalse();
        initialising.getOutputStream().write(1);
      }

      hearth.awaitReady();
      assertThat(isOpen(port)).isTrue();
      assertThat(HearthProcess.get("http://127.0.0.1:" + port + "/health/readiness").statusCode())
          .isEqualTo(200);
    }
  }

  private static boolean isOpen(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  @Test
  void knative_case_06_and_07_withoutHomeAndInput_serves() throws Exception {
    Map<String, String> environment =
        Map.of("PORT", String.valueOf(freePort()), "HOME", "/nonexistent", "K_SERVICE", "hello");
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            environment,
            List.of(
                "/bin/sh",
                "-c",
                "exec '"
                    + HearthProcess.launcher()
                    + "' run '"
                    + jar
                    + "' --handler acme.Hello <&-"))) {
      int port = Integer.parseInt(environment.get("PORT"));
      hearth.awaitReady();
      assertThat(HearthProcess.post("http://127.0.0.1:" + port, "you").body())
          .isEqualTo("Hello, you!");
      assertThat(hearth.isAlive()).isTrue();
    }
  }

  @Test
  void knative_case_08_sigtermWithACallUnderWay_answersItAndRefusesNewConnections()
      throws Exception {
    int port = freePort();
    try (ServerSocket calls = listen();
        HearthProcess hearth = serve(Map.of("PORT", String.valueOf(port)))) {
      hearth.awaitReady();
      CompletableFuture<HttpResponse<String>> answer =
          HearthProcess.postLater("http://127.0.0.1:" + port, "wait " + calls.getLocalPort());
      try (Socket running = calls.accept()) {
        hearth.terminate();
        org.awaitility.Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> !isOpen(port));
        running.getOutputStream().write(1);
      }

      assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(hearth.exitCode()).isZero();
    }
  }

  @Test
  void knative_case_09_sigtermWhenIdle_exitsSoon() throws Exception {
    try (HearthProcess hearth = serve(Map.of("PORT", String.valueOf(freePort())))) {
      hearth.awaitReady();
      long before = System.nanoTime();
      hearth.terminate();

      assertThat(hearth.exitCode()).isZero();
      // A second on an idle machine; ten here, so that a busy one does not decide the outcome.
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before)).isLessThan(10_000);
    }
  }

  @Test
  void knative_case_15_adminPort_isNoneOfTheProxysAndOfLoopbackOnly() throws Exception {
    try (HearthProcess hearth = serve(Map.of("PORT", String.valueOf(freePort())))) {
      String admin = hearth.adminUrl();

      assertThat(admin).startsWith("http://127.0.0.1:");
      assertThat(admin.substring(admin.lastIndexOf(':') + 1))
          .isNotIn("8008", "8012", "8013", "8022", "8112", "9090", "9091");
    }
  }

  @Test
  void knative_case_19_listenAddress_isServedThereOnly() throws Exception {
    int port = freePort();
    try (HearthProcess hearth = serve(Map.of("LISTEN_ADDRESS", "127.0.0.1:" + port, "PORT", "1"))) {
      assertThat(hearth.url()).isEqualTo("http://127.0.0.1:" + port);
      assertThat(HearthProcess.post(hearth.url(), "you").body()).isEqualTo("Hello, you!");
    }
  }

  @Test
  void http2_isNotLoadedBeforeAClientSpeaksIt() throws Exception {
    Path loaded = directory.resolve("classes.txt");
    int port = freePort();
    Map<String, String> environment =
        Map.of("PORT", String.valueOf(port), "HEARTH_JVM_OPTS", "-Xlog:class+load:file=" + loaded);
    try (HearthProcess hearth = serve(environment)) {
      hearth.awaitReady();
      assertThat(HearthProcess.post("http://127.0.0.1:" + port, "you").body())
          .isEqualTo("Hello, you!");
      assertThat(java.nio.file.Files.readString(loaded))
          .contains("io.netty.handler.codec.http.")
          .doesNotContain("io.netty.handler.codec.http2", "io.netty.handler.ssl.Ssl");

      try (Http2Client client = Http2Client.to(port)) {
        assertThat(client.post(1, "/", "two", "content-type", "text/plain").await(1).text())
            .isEqualTo("Hello, two!");
      }
      assertThat(java.nio.file.Files.readString(loaded)).contains("io.netty.handler.codec.http2");
    }
  }

  @Test
  void tlsByFlags_isServedAndTold() throws Exception {
    Path cert = directory.resolve("tls.crt");
    Path key = directory.resolve("tls.key");
    dev.hearth.http.testing.Certificate.make(directory, "it").write(cert, key);
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            Map.of(),
            "run",
            jar,
            "--handler",
            "acme.Hello",
            "--port",
            "0",
            "--tls-cert",
            cert.toString(),
            "--tls-key",
            key.toString())) {
      assertThat(hearth.awaitReady().group(2)).startsWith("https://127.0.0.1:");
    }
  }

  @Test
  void tlsCertificateThatIsMissing_isRefusedByName() {
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            Map.of(),
            "run",
            jar,
            "--port",
            "0",
            "--tls-cert",
            "no.crt",
            "--tls-key",
            "no.key")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(hearth.err()).contains("no.crt");
    }
  }
}
