package dev.hearth.http.contract.gcf;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One function of {@link GcfJars} behind the contract, on a port of its own. */
final class Served implements AutoCloseable {

  private final TestHost host;

  private Served(TestHost host) {
    this.host = host;
  }

  static Served function(Path jar, String handler) throws IOException {
    return function(jar, handler, null);
  }

  /** Declared as of this signature type. */
  static Served function(Path jar, String handler, @Nullable String type) throws IOException {
    Map<String, String> variables =
        type == null ? Map.of() : Map.of("FUNCTION_SIGNATURE_TYPE", type);
    return function(jar, handler, variables, spec -> spec.env(variables));
  }

  static Served function(
      Path jar,
      String handler,
      Map<String, String> environment,
      UnaryOperator<FunctionSpec.Builder> settings)
      throws IOException {
    Hearth hearth =
        Hearth.builder().providedApis(GcfJars.PROVIDED).drainLimit(Duration.ofSeconds(5)).build();
    hearth.deploy("f", settings.apply(FunctionSpec.builder(jar).handler(handler)).build());
    return new Served(
        TestHost.serve(hearth, new GcfContract(hearth, environment), HttpLimits.defaults()));
  }

  TestHost host() {
    return host;
  }

  /** A request without a body; headers are lines without their ends. */
  Answered get(String target, String... headers) throws IOException {
    return ask("GET", target, "", headers);
  }

  /** A request with a body in UTF-8. */
  Answered post(String body, String... headers) throws IOException {
    return ask("POST", "/", body, headers);
  }

  Answered json(String body) throws IOException {
    return post(body, "Content-Type: application/json");
  }

  Answered ask(String method, String target, String body, String... headers) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder request =
        new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      request.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    try (var client = host.connect()) {
      return client.send(request.append("\r\n").toString()).send(bytes).read(method.equals("HEAD"));
    }
  }

  @Override
  public void close() {
    host.close();
  }
}
