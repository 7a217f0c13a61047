package dev.hearth.http.contract.hearth;

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
import org.jspecify.annotations.Nullable;

/** One archive behind the native contract, under the name {@code archive}. */
final class ModeHost implements AutoCloseable {

  private final TestHost host;

  private ModeHost(TestHost host) {
    this.host = host;
  }

  static ModeHost serve(Path archive, @Nullable String handler, Map<String, String> variables)
      throws IOException {
    Hearth hearth =
        Hearth.builder()
            .providedApis(dev.hearth.testing.TestHost.provided("any").getParent())
            .drainLimit(Duration.ofSeconds(5))
            .build();
    try {
      hearth.deploy(
          "archive",
          FunctionSpec.builder(archive)
              .handler(handler)
              .env(variables)
              .initTimeout(Duration.ofSeconds(100))
              .build());
      return new ModeHost(
          TestHost.serve(hearth, new NativeContract(hearth), HttpLimits.defaults()));
    } catch (RuntimeException | IOException e) {
      hearth.close();
      throw e;
    }
  }

  Answered get(String path) throws IOException {
    return host.get(path);
  }

  /** Any method without a body. */
  Answered send(String method, String path) throws IOException {
    return host.ask(method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  /** Exactly this. */
  Answered raw(String request) throws IOException {
    return host.ask(request);
  }

  Answered post(String path, String contentType, String body, String... headers)
      throws IOException {
    return send("POST", path, contentType, body, headers);
  }

  /**
   * Any method with a body.
   *
   * @param headers whole lines
   */
  Answered send(String method, String path, String contentType, String body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
    if (!contentType.isEmpty()) {
      head.append("Content-Type: ").append(contentType).append("\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return host.ask(head + "Content-Length: " + length + "\r\n\r\n" + body);
  }

  @Override
  public void close() {
    host.close();
  }
}
