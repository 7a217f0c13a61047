package dev.hearth.http.ops;

import static java.util.Objects.requireNonNull;

import dev.hearth.Hearth;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The admin port. Its one thread is its own, so that it answers while the functions' event loops are busy.
 *
 * <p>{@code GET /healthz} says that the process is alive, {@code /readyz} whether calls are welcome, {@code /metrics} what
 * calls came to and used, {@code /functions} what is deployed. {@code /functions/{name}} and {@code /routes} change it, for those who have {@linkplain AdminAccess access}: {@code
 * PUT} deploys or swaps, {@code DELETE} removes, {@code POST …/rollback} goes back. Thread-safe.
 */
public final class AdminServer implements AutoCloseable {

  /** What is behind the port. */
  interface Port extends AutoCloseable {
    InetSocketAddress address();

    @Override
    void close();
  }

  private final Port port;

  private AdminServer(Port port) {
    this.port = port;
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
    return start(hearth, host, port, notReady, AdminAccess.READ_ONLY);
  }

  /**
   * The same for those who have access, and to what they have it.
   *
   * @throws IOException if the address cannot be listened on
   */
  public static AdminServer start(
      Hearth hearth, String host, int port, Supplier<@Nullable String> notReady, AdminAccess access)
      throws IOException {
    return new AdminServer(ServedPort.open(pages(hearth, host, notReady, access), host, port));
  }

  /**
   * As {@link #start}, but what serves the port is loaded when somebody first connects: for processes of which every
   * millisecond of the start counts.
   */
  public static AdminServer startWhenAsked(
      Hearth hearth, String host, int port, Supplier<@Nullable String> notReady)
      throws IOException {
    return startWhenAsked(hearth, host, port, notReady, AdminAccess.READ_ONLY);
  }

  /** The same for those who have access, and to what they have it. */
  public static AdminServer startWhenAsked(
      Hearth hearth, String host, int port, Supplier<@Nullable String> notReady, AdminAccess access)
      throws IOException {
    return new AdminServer(WaitingPort.open(pages(hearth, host, notReady, access), host, port));
  }

  private static AdminPages pages(
      Hearth hearth, String host, Supplier<@Nullable String> notReady, AdminAccess access) {
    return new AdminPages(
        requireNonNull(hearth, "hearth"),
        host,
        requireNonNull(notReady, "notReady"),
        requireNonNull(access, "access"));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return port.address();
  }

  /** The port it listens on. */
  public int port() {
    return address().getPort();
  }

  /** Stops at once; what is asked now and then needs no draining. */
  @Override
  public void close() {
    port.close();
  }
}
