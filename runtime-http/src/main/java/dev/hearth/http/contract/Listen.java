package dev.hearth.http.contract;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a contract is served.
 *
 * @param host a name or literal address; {@code 0.0.0.0} for every interface; empty for a socket of the file system
 * @param port the port; 0 for any free one, -1 for none
 * @param socket path of a Unix domain socket; null for TCP
 */
public record Listen(String host, int port, @Nullable Path socket) {

  /** For a contract that is not called but calls. */
  public static final Listen NOWHERE = new Listen("", -1);

  public Listen {
    if (port < -1 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + "; it must be within 0 to 65535");
    }
  }

  /** A TCP port. */
  public Listen(String host, int port) {
    this(host, port, null);
  }

  /** A Unix domain socket. */
  public static Listen unix(Path socket) {
    return new Listen("", -1, requireNonNull(socket, "socket"));
  }

  /** The same on another address; a socket of the file system stays one. */
  public Listen at(@Nullable String otherHost, @Nullable Integer otherPort) {
    if (otherHost == null && otherPort == null) {
      return this;
    }
    return new Listen(
        otherHost == null ? (host.isEmpty() ? "127.0.0.1" : host) : otherHost,
        otherPort == null ? Math.max(port, 0) : otherPort);
  }
}
