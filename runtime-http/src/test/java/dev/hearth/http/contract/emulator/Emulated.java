package dev.hearth.http.contract.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Start;
import dev.hearth.http.contract.Streams;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The contract with a server in front of it, put together as the command does it. */
final class Emulated implements AutoCloseable, Streams {

  final Hearth hearth =
      Hearth.builder().providedApis(EmulatorJar.PROVIDED).drainLimit(Duration.ofSeconds(1)).build();
  private final List<String> out = new ArrayList<>(); // guarded by itself
  private final Map<String, String> environment = new HashMap<>();
  private final Path jar;
  private EmulatorContract contract;
  private TestHost host;

  Emulated(Path jar, String... variables) {
    this.jar = jar;
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
  }

  /** Deploys one of the archive's handlers. */
  Emulated with(String name, String handler) {
    return with(name, handler, spec -> spec);
  }

  Emulated with(String name, String handler, UnaryOperator<FunctionSpec.Builder> settings) {
    hearth.deploy(name, settings.apply(spec(handler)).build());
    return this;
  }

  private FunctionSpec.Builder spec(String handler) {
    Start start = new EmulatorPlatform().start(environment);
    return FunctionSpec.builder(jar)
        .handler("example." + handler)
        .env(start.variables())
        .runTimeout(start.runTimeout().value());
  }

  /** Swaps a function for one that differs in a variable. */
  void change(String name, String handler, String variable) {
    hearth.function(name).orElseThrow().swap(spec(handler).env(variable, "1").build());
  }

  Emulated serve() throws IOException {
    contract = new EmulatorContract(ContractHost.of(hearth, environment, this));
    host = TestHost.serve(hearth, contract, HttpLimits.defaults());
    return this;
  }

  EmulatorContract contract() {
    return contract;
  }

  int port() {
    return host.server().port();
  }

  RawClient connect() throws IOException {
    return host.connect();
  }

  /** A request with a body and header lines, on a connection of its own. */
  Answered send(String method, String path, String body, String... headers) throws IOException {
    try (RawClient client = connect()) {
      return client.send(request(method, path, body, headers)).read();
    }
  }

  static byte[] request(String method, String path, String body, String... headers) {
    byte[] bytes = body.getBytes(UTF_8);
    StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nContent-Length: ").append(bytes.length).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(start, start.length + bytes.length);
    System.arraycopy(bytes, 0, all, start.length, bytes.length);
    return all;
  }

  /** Invokes for a result. */
  Answered invoke(String function, String payload, String... headers) throws IOException {
    return send("POST", path(function), payload, headers);
  }

  static String path(String function) {
    return "/2015-03-31/functions/" + function + "/invocations";
  }

  /** What is on standard output by now. */
  List<String> out() {
    synchronized (out) {
      return List.copyOf(out);
    }
  }

  @Override
  public void out(String line) {
    synchronized (out) {
      out.add(line);
    }
  }

  @Override
  public void err(String line) {
    throw new AssertionError("nothing is written to standard error: " + line);
  }

  @Override
  public void mark(String line) {
    throw new AssertionError("no marks are written: " + line);
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    } else {
      hearth.close();
    }
  }
}
