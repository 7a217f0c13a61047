package dev.hearth.benchmarks.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The server that comes with the JDK, doing what the function does: the fewest classes that speak HTTP. */
public final class JdkHello implements HttpHandler {

  private JdkHello() {}

  /** Serves until the process ends. */
  public static void main(String[] args) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", new JdkHello());
    server.start();
    System.err.println(
        "ready: http://127.0.0.1:".concat(String.valueOf(server.getAddress().getPort())));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int start = event.indexOf(':') + 2;
    String text = "Hello, ".concat(event.substring(start, event.indexOf('"', start))).concat("!");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
