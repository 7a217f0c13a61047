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
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of OpenFaaS' contract that are about a process: its output, its lock file, its end. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class OpenFaasIT {

  private static final String SOURCE =
      """
      package acme;
      public class Hello implements java.util.function.Function<String, String> {
        public String apply(String in) {
          if (in.startsWith("wait ")) {
            try (java.net.Socket socket =
                new java.net.Socket("127.0.0.1", Integer.parseInt(in.substring(5)))) {
              socket.getInputStream().read();
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
          System.out.println("{\\"said\\":\\"" + in + "\\"}");
          return "Hello, " + in;
        }
      }
      """;

  private static final Pattern METRICS =
      Pattern.compile("openfaas-metrics is at (http://127\\.0\\.0\\.1:\\d+)");

  private final Path directory;
  private final String jar;

  OpenFaasIT(@TempDir Path directory) {
    this.directory = directory;
    this.jar =
        TestJar.of(directory)
            .options("--release", "17")
            .source("acme.Hello", SOURCE)
            .build("hello.jar")
            .toString();
  }

  private HearthProcess start(String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HEARTH_CONTRACT", "openfaas");
    environment.put("TMPDIR", directory.resolve("tmp").toString());
    environment.put("HEARTH_METRICS_HOST", "127.0.0.1");
    environment.put("HEARTH_METRICS_PORT", "0");
    environment.put("OPENFAAS_NAME", "hello");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return HearthProcess.start(directory, environment, "run", jar);
  }

  @Test
  void openfaas_case_04_14_17_18_inTheWatchdogsPlace_drainsAsItDoes() throws Exception {
    Path lock = directory.resolve("tmp/.lock");
    try (ServerSocket calls = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HearthProcess hearth =
            start(
                "HEARTH_HOST", "127.0.0.1",
                "HEARTH_PORT", "0",
                "healthcheck_interval", "2s",
                "write_timeout", "5s")) {
      calls.setSoTimeout(60_000);
      String url = hearth.url();
      assertThat(hearth.awaitReady().group(1)).isEqualTo("openfaas");
      assertThat(HearthProcess.get(url + "/_/health").body()).isEqualTo("OK");
      assertThat(lock).exists();
      assertThat(HearthProcess.post(url + "/", "you").body()).isEqualTo("Hello, you");
      assertThat(HearthProcess.get(metrics(hearth) + "/metrics").body())
          .contains("http_requests_total{code=\"200\",method=\"post\"} 1\n");
      CompletableFuture<HttpResponse<String>> running =
          HearthProcess.postLater(url + "/", "wait " + calls.getLocalPort());
      try (Socket call = calls.accept()) {
        long begin = System.nanoTime();
        hearth.terminate();
        await().pollInterval(Duration.ofMillis(20)).until(() -> lock.toFile().exists(), is -> !is);
        assertThat(HearthProcess.get(url + "/_/health").statusCode()).isEqualTo(503);
        assertThat(HearthProcess.post(url + "/", "late").body()).isEqualTo("Hello, late");
        await().atMost(Duration.ofSeconds(60)).until(() -> isRefused(url));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .isGreaterThan(Duration.ofSeconds(2));
        call.getOutputStream().write(1);
        assertThat(running.get(60, TimeUnit.SECONDS).body()).startsWith("Hello, wait");
        assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
      }
      assertThat(hearth.out().lines().findFirst().orElse(""))
          .matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d stdout: \\{\"said\":\"you\"}");
      assertThat(hearth.err())
          .contains(" POST / - 200 OK - ContentLength: 10B (", "no new connections in 2s")
          .doesNotContain("{\"ts\"");
    }
  }

  @Test
  void openfaas_case_17_21_22_behindAWatchdog_servesOnAfterSigterm() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    try (HearthProcess hearth =
        start(
            "mode", "http",
            "fprocess", "hearth run",
            "upstream_url", url,
            "healthcheck_interval", "1s",
            "write_timeout", "3s")) {
      assertThat(hearth.url()).isEqualTo(url);
      HttpResponse<String> answer = HearthProcess.post(url + "/_/health", "you");
      assertThat(answer.body()).isEqualTo("Hello, you");
      assertThat(answer.headers().firstValue("X-Duration-Seconds")).isEmpty();

      hearth.terminate();
      await().atMost(Duration.ofSeconds(60)).until(() -> hearth.err().contains("stopping:"));
      for (int i = 0; i < 5; i++) {
        assertThat(HearthProcess.post(url + "/", "late").body()).isEqualTo("Hello, late");
      }

      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(hearth.out()).startsWith("{\"said\":\"you\"}\n{\"said\":\"late\"}\n");
      assertThat(METRICS.matcher(hearth.err()).find()).isFalse();
      assertThat(directory.resolve("tmp/.lock")).doesNotExist();
    }
  }

  @Test
  void openfaas_case_20_writeTimeoutOfNothing_endsTheStart() {
    try (HearthProcess hearth = start("write_timeout", "0")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(hearth.err().lines())
          .singleElement()
          .asString()
          .contains("contract openfaas: write_timeout is '0'");
    }
  }

  private static String metrics(HearthProcess hearth) {
    Matcher line = METRICS.matcher(hearth.err());
    assertThat(line.find()).as(hearth.err()).isTrue();
    return line.group(1);
  }

  private static boolean isRefused(String url) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
      return !socket.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }
}
