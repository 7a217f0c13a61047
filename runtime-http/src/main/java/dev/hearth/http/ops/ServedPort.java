package dev.hearth.http.ops;

import dev.hearth.http.HttpLimits;
import dev.hearth.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

/** A port with a server behind it. */
record ServedPort(HttpServer server) implements AdminServer.Port {

  static ServedPort open(AdminPages pages, String host, int port) throws IOException {
    return new ServedPort(builder(pages).host(host).port(port).start());
  }

  /** Serves a port that is listened on already. */
  static ServedPort of(AdminPages pages, ServerSocketChannel bound) throws IOException {
    return new ServedPort(builder(pages).bound(bound).start());
  }

  private static HttpServer.Builder builder(AdminPages pages) {
    return HttpServer.builder()
        .name("hearth-admin")
        .threads(1)
        .limits(HttpLimits.builder().bodyBytes(pages.bodyBytes()).connections(100).build())
        .contract(pages);
  }

  @Override
  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close(Duration.ofMillis(500));
  }
}
