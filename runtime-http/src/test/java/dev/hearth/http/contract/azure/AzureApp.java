package dev.hearth.http.contract.azure;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Start;
import dev.hearth.http.contract.Streams;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.signature.spi.InputException;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A function app, served as the command would serve it, and the Azure host that calls it. */
final class AzureApp implements AutoCloseable {

  static final String ID = "11111111-2222-3333-4444-555555555555";

  private static final Path PROVIDED =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target", "provided");
  private static final String HEAD =
      """
      package acme;
      import com.microsoft.azure.functions.*;
      import com.microsoft.azure.functions.annotation.*;
      import java.util.*;
      """;

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private TestHost host;

  private AzureApp(Path root) {
    this.root = root;
    environment.put("FUNCTIONS_APP_ROOT_PATH", root.toString());
  }

  /** An app in a new folder. */
  static AzureApp in(Path directory) {
    try {
      return new AzureApp(Files.createDirectories(directory.resolve("app")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar to be, compiled against Azure's API, which it does not bring. */
  static TestJar jar(Path directory) {
    TestJar jar = TestJar.of(directory).options("--release", "17");
    for (String name :
        List.of(
            "azure-functions-java-library.jar",
            "azure-functions-java-core-library.jar",
            "azure-functions-java-spi.jar")) {
      jar.compileOnly(PROVIDED.resolve("azure").resolve(name));
    }
    return jar;
  }

  /** The source of a class {@code acme.NAME} with these members. */
  static String type(String name, String members) {
    return HEAD + "public class " + name + " {\n" + members + "\n}\n";
  }

  Path root() {
    return root;
  }

  AzureApp variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  AzureApp hostJson(String json) {
    return file("host.json", json);
  }

  /** A function whose code the archive tells by its name, or that an entry point names. */
  AzureApp function(String name, String entryPoint, String... bindings) {
    return file(
        name + "/function.json",
        "{\"entryPoint\": \""
            + entryPoint
            + "\", \"bindings\": ["
            + String.join(",", bindings)
            + "]}");
  }

  AzureApp file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String httpIn(String... more) {
    return "{\"type\": \"httpTrigger\", \"direction\": \"in\", \"name\": \"req\""
        + String.join("", more)
        + "}";
  }

  static String httpOut(String name) {
    return out("http", name);
  }

  static String queueIn(String name) {
    return "{\"type\": \"queueTrigger\", \"direction\": \"in\", \"name\": \"" + name + "\"}";
  }

  static String out(String type, String name) {
    return "{\"type\": \"" + type + "\", \"direction\": \"out\", \"name\": \"" + name + "\"}";
  }

  /** Deploys what the folder says, from one archive, and serves it. */
  AzureApp serve(Path archive) throws IOException {
    Start start = new AzurePlatform().start(environment);
    Hearth hearth =
        Hearth.builder().providedApis(PROVIDED).drainLimit(Duration.ofSeconds(5)).build();
    for (Start.Function function : start.functions()) {
      hearth.deploy(
          function.name(),
          FunctionSpec.builder(archive)
              .handler(function.handler())
              .runTimeout(Duration.ofSeconds(60))
              .build());
    }
    return serve(hearth);
  }

  /** Serves a host that has its functions already, or is given them later. */
  AzureApp serve(Hearth hearth) throws IOException {
    host =
        TestHost.serve(
            hearth,
            new AzureContract(ContractHost.of(hearth, environment, new Noted())),
            HttpLimits.defaults());
    return this;
  }

  /** What was printed to standard output. */
  List<String> out() {
    return out;
  }

  /** What was printed to standard error. */
  List<String> err() {
    return err;
  }

  private final class Noted implements Streams {
    @Override
    public void out(String line) {
      out.add(line);
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

  static Hearth hearth() {
    return Hearth.builder().providedApis(PROVIDED).drainLimit(Duration.ofSeconds(5)).build();
  }

  TestHost host() {
    return host;
  }

  RawClient connect() throws IOException {
    return host.connect();
  }

  /** JSON in which quotes may be written as angle brackets. */
  static String json(String text) {
    return text.replace('<', '"').replace('>', '"');
  }

  /** The bytes of an invocation as the host posts it. */
  static byte[] invocation(String function, String id, String envelope) {
    byte[] body = envelope.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        RawClient.bytes(
            "POST /"
                + function
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Azure-Functions-HostVersion: 4.1036.1.0\r\n"
                + "X-Azure-Functions-InvocationId: "
                + id
                + "\r\nUser-Agent: Azure-Functions-Host/4.1036.1.0\r\n"
                + "Content-Type: application/json; charset=utf-8\r\nContent-Length: "
                + body.length
                + "\r\n\r\n");
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  /** An invocation by envelope; quotes may be written as angle brackets. */
  Answered invoke(String function, String envelope) throws IOException {
    try (RawClient client = connect()) {
      return client.send(invocation(function, ID, json(envelope))).read();
    }
  }

  /** The invocation response of a call that is expected to succeed, with what holds for each of them. */
  Map<?, ?> succeed(String function, String envelope) throws IOException {
    Answered answer = invoke(function, envelope);
    if (answer.status() != 200) {
      throw new AssertionError(answer.statusLine() + ": " + answer.text());
    }
    if (!answer.header("Content-Type").startsWith("application/json")
        || answer.body().length == 0) {
      throw new AssertionError("not what the host can read: " + answer);
    }
    return map(answer);
  }

  /** An object, read from an answer. */
  static Map<?, ?> map(Answered answer) {
    try {
      return (Map<?, ?>) Objects.requireNonNull(JsonText.parse(answer.text()));
    } catch (InputException e) {
      throw new AssertionError(answer.text(), e);
    }
  }

  /** What is in an object, several levels down. */
  static Object at(Map<?, ?> map, String... path) {
    Object at = map;
    for (String key : path) {
      at = ((Map<?, ?>) at).get(key);
    }
    return at;
  }

  /** A client's request as the host forwards it. */
  Answered forward(String method, String path, String body, String... headers) throws IOException {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head =
        new StringBuilder(method)
            .append(' ')
            .append(path)
            .append(" HTTP/1.1\r\nHost: localhost:7071\r\nX-Azure-Functions-InvocationId: ")
            .append(ID)
            .append("\r\nX-Azure-Functions-HostVersion: 4.1036.1.0\r\n")
            .append("User-Agent: curl/8 Azure-Functions-Host/4.1036.1.0\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (utf8.length > 0) {
      head.append("Content-Length: ").append(utf8.length).append("\r\n");
    }
    try (RawClient client = connect()) {
      return client.send(head.append("\r\n").toString()).send(utf8).read(method.equals("HEAD"));
    }
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    }
  }
}
