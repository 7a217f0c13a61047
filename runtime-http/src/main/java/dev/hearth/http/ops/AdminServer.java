package dev.hearth.http.ops;

import static java.util.Objects.requireNonNull;

import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The admin port. Its one thread is its own, so that it answers while the functions' event loops are busy.
 *
 * <p>{@code GET /healthz} says that the process is alive, {@code /readyz} whether calls are welcome, {@code /functions}
 * what is deployed. Thread-safe.
 */
public final class AdminServer implements AutoCloseable {

  private final HttpServer server;

  private AdminServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param host the name or address to listen on; loopback unless there is a reason
   * @param port the port; 0 for any free one
   * @param notReady asked at each look: why calls cannot be served now, null when they can
   * @throws IOException if the address cannot be listened on
   */
  public static AdminServer start(
      Hearth hearth, String host, int port, Supplier<@Nullable String> notReady)
      throws IOException {
    requireNonNull(hearth, "hearth");
    requireNonNull(notReady, "notReady");
    return new AdminServer(
        HttpServer.builder()
            .name("hearth-admin")
            .host(host)
            .port(port)
            .threads(1)
            .limits(HttpLimits.builder().bodyBytes(1 << 20).connections(100).build())
            .contract(new AdminPages(hearth, host, notReady))
            .start());
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops at once; what is asked now and then needs no draining. */
  @Override
  public void close() {
    server.close(Duration.ofMillis(500));
  }
}
