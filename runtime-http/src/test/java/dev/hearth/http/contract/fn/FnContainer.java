package dev.hearth.http.contract.fn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.HttpServer;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Streams;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.loader.DeployException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container as Fn's agent sees one, within the test's process: a socket, and what was written to its streams. */
final class FnContainer implements AutoCloseable {

  static final Map<String, String> VARIABLES =
      Map.of(
          "FN_LISTENER", "unix:/tmp/iofs/lsnr.sock",
          "FN_FORMAT", "http-stream",
          "FN_APP_ID", "app1",
          "FN_FN_ID", "fn1",
          "COLOUR", "red");

  private final Hearth hearth =
      Hearth.builder().providedApis(FnJar.PROVIDED).drainLimit(Duration.ofSeconds(5)).build();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private final Path socket;
  private final FunctionSpec spec;
  private final FnContract contract;
  private final HttpServer server;

  private FnContainer(
      Path directory,
      Map<String, String> variables,
      FunctionSpec spec,
      HttpLimits limits,
      boolean early)
      throws IOException {
    socket = directory.resolve("lsnr.sock");
    this.spec = spec;
    contract = new FnContract(new Host(variables), Duration.ofMillis(200));
    if (early) {
      assertThat(contract.deploying()).isTrue();
    } else {
      deploy();
    }
    server = HttpServer.builder().contract(contract).limits(limits).socket(socket).start();
  }

  /** With a function of the jar. */
  static FnContainer with(Path directory, Path jar, String handler) throws IOException {
    return with(directory, jar, handler, VARIABLES);
  }

  static FnContainer with(Path directory, Path jar, String handler, Map<String, String> variables)
      throws IOException {
    return new FnContainer(
        directory, variables, spec(jar, handler, variables), HttpLimits.defaults(), false);
  }

  /** One that listens before its function is deployed. */
  static FnContainer early(Path directory, Path jar, String handler) throws IOException {
    return new FnContainer(
        directory, VARIABLES, spec(jar, handler, VARIABLES), HttpLimits.defaults(), true);
  }

  static FnContainer with(Path directory, Path jar, String handler, HttpLimits limits)
      throws IOException {
    return new FnContainer(directory, VARIABLES, spec(jar, handler, VARIABLES), limits, false);
  }

  private static FunctionSpec spec(Path jar, String handler, Map<String, String> variables) {
    return FunctionSpec.builder(jar).handler(handler).env(variables).build();
  }

  /** Deploys the function, as the command does. */
  void deploy() {
    try {
      hearth.deploy("f", spec);
      contract.deployed();
    } catch (DeployException e) {
      assertThat(contract.refused(e)).isTrue();
    }
  }

  Path socket() {
    return socket;
  }

  HttpServer server() {
    return server;
  }

  Hearth hearth() {
    return hearth;
  }

  Agent connect() throws IOException {
    return Agent.connect(socket);
  }

  /** One call on a connection of its own. */
  Answered call(String body, String... lines) throws IOException {
    try (Agent agent = connect()) {
      return agent.call(body, lines);
    }
  }

  /** What the contract wrote to the process's streams; each line with the stream's name. */
  String log() {
    return String.join("\n", log);
  }

  /** Why the process was told to end. */
  List<String> stopped() {
    return stopped;
  }

  @Override
  public void close() {
    server.close(Duration.ofSeconds(1));
    hearth.close();
  }

  private final class Host implements ContractHost, Streams {
    private final Map<String, String> variables;

    Host(Map<String, String> variables) {
      this.variables = variables;
    }

    @Override
    public Hearth hearth() {
      return hearth;
    }

    @Override
    public Map<String, String> environment() {
      return variables;
    }

    @Override
    public Streams streams() {
      return this;
    }

    @Override
    public void deployAgain() {
      hearth.deploy("f", spec);
    }

    @Override
    public void stop(int exitCode, String reason) {
      stopped.add(exitCode + " " + reason);
    }

    @Override
    public void out(String line) {
      log.add("out: " + line);
    }

    @Override
    public void err(String line) {
      log.add("err: " + line);
    }

    @Override
    public void mark(String line) {
      out(line);
      err(line);
    }
  }
}
