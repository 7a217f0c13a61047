package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is made for one process of a contender so that it can be reached; closing it takes that away again. */
final class Door implements AutoCloseable {

  private final int port;
  private final Path directory;
  private final @Nullable RuntimeApi api;

  private Door(int port, Path directory, @Nullable RuntimeApi api) {
    this.port = port;
    this.directory = directory;
    this.api = api;
  }

  /** For a contender that is about to be started. */
  static Door of(Contender contender) throws IOException {
    Path directory = Files.createTempDirectory("hb");
    RuntimeApi api =
        contender.entrance() == Contender.Entrance.RUNTIME_API ? new RuntimeApi() : null;
    return new Door(contender.port() == 0 ? freePort() : contender.port(), directory, api);
  }

  /** Puts what was made in place of the names in braces. */
  String fill(String text) {
    return text.replace("{port}", String.valueOf(port))
        .replace("{socket}", socket().toString())
        .replace("{api}", api == null ? "" : api.address());
  }

  /** The port its process was told. */
  SocketAddress tcp() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The socket its process was told. */
  SocketAddress unix() {
    return UnixDomainSocketAddress.of(socket());
  }

  /** What a runtime asks for calls; null if it is called by HTTP. */
  @Nullable RuntimeApi api() {
    return api;
  }

  private Path socket() {
    return directory.resolve("s.sock");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    if (api != null) {
      api.close();
    }
    Trees.delete(directory);
  }
}
