package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.Hearth;
import dev.hearth.cli.train.SampleArchive;
import dev.hearth.cli.train.SampleEcho;
import dev.hearth.cli.train.SampleFunction;
import dev.hearth.http.Contracts;
import dev.hearth.http.HttpServer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Rehearsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that waits does, and leaves behind. */
@Timeout(60)
final class RehearsalTest {

  @TempDir private Path directory;

  /** A platform that remembers the hosts it was given. */
  private static final class Watched implements Platform {
    private final Platform of;
    private final List<WeakReference<Hearth>> hosts = new ArrayList<>();

    Watched(String name) {
      this.of = Contracts.platform(name);
    }

    @Override
    public String name() {
      return of.name();
    }

    @Override
    public Contract contract(ContractHost host) {
      hosts.add(new WeakReference<>(host.hearth()));
      return of.contract(host);
    }

    @Override
    public List<Rehearsed> rehearsal(Path archive, String handler) throws IOException {
      return of.rehearsal(archive, handler);
    }
  }

  private static long files() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("hearth-rehearsal"))
          .count();
    }
  }

  private static boolean hasThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("hearth-rehearsal"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fission", "openwhisk"})
  void run_processWaits_leavesNothing(String name) throws IOException {
    Watched platform = new Watched(name);
    long before = files();
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      new Rehearsal(platform, Map.of(), () -> true, 0).run();
    } finally {
      System.setOut(out);
    }

    assertThat(platform.hosts).hasSize(2);
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(files()).isEqualTo(before);
    await().atMost(Duration.ofSeconds(20)).until(() -> !hasThread());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return platform.hosts.stream().allMatch(host -> host.get() == null);
            });
  }

  @Test
  void run_processHasAFunction_doesNothing() {
    Watched platform = new Watched("fission");

    new Rehearsal(platform, Map.of(), () -> false, 0).run();

    assertThat(platform.hosts).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"fission,true", "fission,false", "openwhisk,true"})
  void rehearsal_sentToAServer_isAnsweredAsFunctionsAre(String name, boolean object)
      throws Exception {
    Class<?> function = object ? SampleEcho.class : SampleFunction.class;
    Path archive = directory.resolve("sample.jar");
    SampleArchive.write(archive, function);
    Platform platform = Contracts.platform(name);

    try (Hearth host = Hearth.builder().build();
        HttpServer server =
            HttpServer.builder()
                .port(0)
                .contract(platform.contract(ContractHost.of(host, Map.of())))
                .start()) {
      for (Rehearsed each : platform.rehearsal(archive, function.getName())) {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + each.path());
        HttpResponse<String> answer =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(each.json()))
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
    }
  }
}
