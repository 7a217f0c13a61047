package dev.hearth.http.contract.openfaas;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.HttpServer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Streams;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A container of OpenFaaS' with one function, as far as its ports and its standard error go. */
final class Container implements AutoCloseable {

  private static final Path PROVIDED =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target", "provided");

  final Path lock;
  final Contract contract;
  final List<String> err = new CopyOnWriteArrayList<>();
  private final TestHost host;

  private Container(Hearth hearth, Path directory, Map<String, String> environment)
      throws IOException {
    lock = directory.resolve("tmp").resolve(".lock");
    contract = new OpenFaasPlatform().contract(new OwnProcess(hearth, environment));
    host = TestHost.serve(hearth, contract, HttpLimits.defaults());
  }

  /**
   * Serves a function.
   *
   * @param jar null for none
   * @param variables names and values in turn
   */
  static Container serve(Path directory, @Nullable Path jar, String handler, String... variables)
      throws IOException {
    Hearth hearth =
        Hearth.builder().providedApis(PROVIDED).drainLimit(Duration.ofSeconds(5)).build();
    Map<String, String> environment = new HashMap<>();
    environment.put("TMPDIR", directory.resolve("tmp").toString());
    environment.put("HEARTH_METRICS_HOST", "127.0.0.1");
    environment.put("HEARTH_METRICS_PORT", "0");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    try {
      if (jar != null) {
        hearth.deploy("function", FunctionSpec.builder(jar).handler(handler).build());
      }
      return new Container(hearth, directory, environment);
    } catch (IOException | RuntimeException e) {
      hearth.close();
      throw e;
    }
  }

  HttpServer server() {
    return host.server();
  }

  Hearth hearth() {
    return host.hearth();
  }

  RawClient connect() throws IOException {
    return host.connect();
  }

  Answered get(String path, String... headers) throws IOException {
    return ask("GET", path, "", headers);
  }

  Answered post(String path, String body, String... headers) throws IOException {
    return ask("POST", path, body, headers);
  }

  Answered ask(String method, String path, String body, String... headers) throws IOException {
    byte[] utf8 = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (RawClient client = connect()) {
      return client
          .send(head(method, path, headers) + "Content-Length: " + utf8.length + "\r\n\r\n")
          .send(utf8)
          .read(method.equals("HEAD"));
    }
  }

  /** A head without its end. */
  static String head(String method, String path, String... headers) {
    StringBuilder head = new StringBuilder(method).append(' ').append(path);
    head.append(" HTTP/1.1\r\nHost: gateway.example\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  /** The page on the metrics port. */
  Answered metrics() throws IOException {
    try (RawClient client = RawClient.to(server().beside().get(0).port())) {
      return client.send(head("GET", "/metrics") + "\r\n").read();
    }
  }

  /** The number of one series, empty when there is none. */
  String metric(String series) throws IOException {
    return metrics()
        .text()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> line.substring(series.length() + 1))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    contract.close(); // ends what it waits for while it stops
    host.close();
  }

  private final class OwnProcess implements ContractHost, Streams {
    private final Hearth hearth;
    private final Map<String, String> environment;

    OwnProcess(Hearth hearth, Map<String, String> environment) {
      this.hearth = hearth;
      this.environment = environment;
    }

    @Override
    public Hearth hearth() {
      return hearth;
    }

    @Override
    public Map<String, String> environment() {
      return environment;
    }

    @Override
    public Streams streams() {
      return this;
    }

    @Override
    public void stop(int exitCode, String reason) {
      throw new AssertionError("nothing asks for that: " + reason);
    }

    @Override
    public void out(String line) {
      throw new AssertionError("nothing is written there: " + line);
    }

    @Override
    public void err(String line) {
      err.add(line);
    }

    @Override
    public void mark(String line) {
      throw new AssertionError("no marks are asked for: " + line);
    }
  }
}
