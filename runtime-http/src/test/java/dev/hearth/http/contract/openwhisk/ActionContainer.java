package dev.hearth.http.contract.openwhisk;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as the platform's own tests see one: two paths, and what was written to its streams. The test's own {@link
 * System#out} and {@link System#err} are the container's until it is closed.
 */
final class ActionContainer implements AutoCloseable {

  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final TestHost host;

  private ActionContainer(
      Map<String, String> environment, HttpLimits limits, @Nullable FunctionSpec brought)
      throws IOException {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    Hearth hearth =
        Hearth.builder().providedApis(Actions.PROVIDED).drainLimit(Duration.ofSeconds(5)).build();
    if (brought != null) {
      hearth.deploy("brought", brought);
    }
    host =
        TestHost.serve(hearth, new OpenWhiskContract(ContractHost.of(hearth, environment)), limits);
  }

  static ActionContainer start() throws IOException {
    return start(Map.of());
  }

  static ActionContainer start(Map<String, String> environment) throws IOException {
    return new ActionContainer(environment, HttpLimits.defaults(), null);
  }

  static ActionContainer with(HttpLimits limits) throws IOException {
    return new ActionContainer(Map.of(), limits, null);
  }

  static ActionContainer bringing(FunctionSpec function) throws IOException {
    return new ActionContainer(Map.of(), HttpLimits.defaults(), function);
  }

  TestHost host() {
    return host;
  }

  Answered init(String main, Path jar) throws IOException {
    return init(main, jar, "null");
  }

  Answered init(String main, Path jar, String env) throws IOException {
    return post("/init", Actions.init(main, Actions.base64(jar), true, env));
  }

  /** Runs with this value. */
  Answered run(String value) throws IOException {
    return post("/run", "{\"value\":" + value + "}");
  }

  Answered post(String path, String json) throws IOException {
    try (RawClient client = host.connect()) {
      return client.send(request(path, json)).read();
    }
  }

  static byte[] request(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        RawClient.bytes(
            "POST "
                + path
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Accept: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n");
    byte[] both = new byte[head.length + body.length];
    System.arraycopy(head, 0, both, 0, head.length);
    System.arraycopy(body, 0, both, head.length, body.length);
    return both;
  }

  /** Standard output so far, without sentinels. */
  String out() {
    return withoutSentinels(out);
  }

  /** Standard error so far, without sentinels. */
  String err() {
    return withoutSentinels(err);
  }

  /** Standard output so far. */
  String raw() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String log() {
    return out() + err();
  }

  int sentinelsOut() {
    return sentinels(out);
  }

  int sentinelsErr() {
    return sentinels(err);
  }

  private static String withoutSentinels(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(OpenWhiskContract.SENTINEL + "\n", "");
  }

  private static int sentinels(ByteArrayOutputStream stream) {
    return (int)
        stream
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(OpenWhiskContract.SENTINEL::equals)
            .count();
  }

  @Override
  public void close() {
    try {
      host.close();
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }
}
