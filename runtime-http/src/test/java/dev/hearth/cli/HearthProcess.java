package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The assembled command, running. Its streams go to files, so that nothing it writes blocks it. */
final class HearthProcess implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final Pattern READY =
      Pattern.compile(
          "^hearth ready: contract=(\\S+) (https?://\\S+) admin=(http://\\S+)$", Pattern.MULTILINE);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path out;
  private final Path err;

  private HearthProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Where the build assembled it. */
  static Path distribution() {
    return Path.of(System.getProperty("hearth.distribution", "target/hearth")).toAbsolutePath();
  }

  static Path launcher() {
    return distribution().resolve("bin/hearth");
  }

  static HearthProcess start(Path directory, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return start(directory, environment, command);
  }

  static HearthProcess start(
      Path directory, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile(directory, "out", ".txt");
      Path err = Files.createTempFile(directory, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
      builder.environment().putAll(environment);
      return new HearthProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the ready line and gives its parts. */
  Matcher awaitReady() {
    await().atMost(BOUND).until(() -> READY.matcher(err()).find() || !process.isAlive());
    Matcher ready = READY.matcher(err());
    assertThat(ready.find()).as("ready line in: %s", err()).isTrue();
    return ready;
  }

  String url() {
    return awaitReady().group(2);
  }

  String adminUrl() {
    return awaitReady().group(3);
  }

  static HttpResponse<String> post(String url, String body) throws Exception {
    return CLIENT.send(request(url, body), HttpResponse.BodyHandlers.ofString());
  }

  static java.util.concurrent.CompletableFuture<HttpResponse<String>> postLater(
      String url, String body) {
    return CLIENT.sendAsync(request(url, body), HttpResponse.BodyHandlers.ofString());
  }

  static HttpResponse<String> get(String url) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(BOUND).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(BOUND)
        .header("Content-Type", "text/plain")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  void killNow() {
    process.destroyForcibly();
  }

  /** Sends any signal. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Whether a signal has paused it, as Linux says. */
  boolean isPaused() throws IOException {
    return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"))
        .contains("State:\tT");
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and gives the exit code. */
  int exitCode() {
    try {
      assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS))
          .as("ended; its error stream: %s", err())
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    exitCode();
  }
}
