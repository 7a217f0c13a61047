package dev.hearth.http.testing;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.HttpServer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.hearth.NativeContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A host with functions and a server in front of it. */
public final class TestHost implements AutoCloseable {

  private final Hearth hearth;
  private final HttpServer server;

  private TestHost(Hearth hearth, HttpServer server) {
    this.hearth = hearth;
    this.server = server;
  }

  /** The native contract over functions of {@link Functions}, each under its class's name in lower case. */
  public static TestHost with(Path directory, String... classes) throws IOException {
    return with(directory, HttpLimits.defaults(), classes);
  }

  /** The same with limits. */
  public static TestHost with(Path directory, HttpLimits limits, String... classes)
      throws IOException {
    return with(directory, limits, spec -> spec, classes);
  }

  /** The same with settings of the functions. */
  public static TestHost with(
      Path directory,
      HttpLimits limits,
      UnaryOperator<FunctionSpec.Builder> settings,
      String... classes)
      throws IOException {
    Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    Path jar = Functions.jar(directory);
    for (String name : classes) {
      hearth.deploy(
          name.toLowerCase(Locale.ROOT),
          settings.apply(FunctionSpec.builder(jar).handler("t." + name)).build());
    }
    return serve(hearth, new NativeContract(hearth), limits);
  }

  /** Any contract over any host, which is closed with this. */
  public static TestHost serve(Hearth hearth, Contract contract, HttpLimits limits)
      throws IOException {
    return new TestHost(hearth, HttpServer.builder().contract(contract).limits(limits).start());
  }

  public Hearth hearth() {
    return hearth;
  }

  public HttpServer server() {
    return server;
  }

  /** A new connection. */
  public RawClient connect() throws IOException {
    return RawClient.to(server.port());
  }

  /** One request on a connection of its own. */
  public RawClient.Answered ask(String request) throws IOException {
    try (RawClient client = connect()) {
      return client.send(request).read(request.startsWith("HEAD"));
    }
  }

  /** A request without a body. */
  public RawClient.Answered get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  /** A request with a text body. */
  public RawClient.Answered post(String path, String body) throws IOException {
    return send("POST", path, body);
  }

  /** A request with a text body. */
  public RawClient.Answered send(String method, String path, String body) throws IOException {
    return ask(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  @Override
  public void close() {
    server.close(Duration.ofSeconds(1));
    hearth.close();
  }
}
