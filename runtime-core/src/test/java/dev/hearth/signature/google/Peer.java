package dev.hearth.signature.google;

import static org.awaitility.Awaitility.await;

import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The vendor's own runtime, as a process. */
final class Peer implements AutoCloseable {

  private static final Path RUNTIME =
      GoogleJar.LIBRARIES.resolve("java-function-invoker-2.0.0.jar");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final int port;

  private Peer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it on a function of an archive and waits until it answers. */
  static Peer start(Path jar, String target) throws Exception {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                RUNTIME.toString(),
                "--classpath",
                jar.toString(),
                "--target",
                target,
                "--port",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Peer peer = new Peer(process, port);
    try {
      await().atMost(Duration.ofSeconds(60)).until(peer::isServing);
    } catch (RuntimeException e) {
      peer.close();
      throw e;
    }
    return peer;
  }

  /** It cannot say which port it chose itself. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isServing() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the vendor's runtime ended with " + process.exitValue());
    }
    try {
      return client
              .send(request("/favicon.ico").build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 404;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create("http://" + host() + target))
        .timeout(Duration.ofSeconds(60));
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  /** Sends what an exchange holds. */
  Reply<byte[]> answer(MemoryExchange exchange) throws Exception {
    Request sent = exchange.request();
    HttpRequest.Builder request =
        request(sent.path() + (sent.query().isEmpty() ? "" : "?" + sent.query()));
    for (Map.Entry<String, List<String>> header : sent.headers().asMap().entrySet()) {
      for (String value : header.getValue()) {
        if (!header.getKey().equals("Host")) {
          request.header(header.getKey(), value);
        }
      }
    }
    byte[] body = sent.bytes();
    request.method(
        sent.method(),
        body.length == 0 && sent.method().equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body));
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    Reply<byte[]> reply = Reply.status(response.statusCode()).body(response.body());
    for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
      for (String value : header.getValue()) {
        reply = reply.header(header.getKey(), value);
      }
    }
    return reply;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
