package dev.hearth.benchmarks.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One HTTP/1.1 connection that costs next to nothing to open: no client library warms up between the clock and the answer. */
public final class Wire implements AutoCloseable {

  private final SocketChannel channel;
  private final OutputStream out;
  private final HttpInput in;

  private Wire(SocketChannel channel) {
    this.channel = channel;
    out = Channels.newOutputStream(channel);
    in = new HttpInput(new BufferedInputStream(Channels.newInputStream(channel)));
  }

  /** Connects to the loopback interface. */
  public static Wire to(int port) throws IOException {
    return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects; waits for answers as long as the other side keeps the connection. */
  static Wire to(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    if (address instanceof InetSocketAddress) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return new Wire(channel);
  }

  /** The bytes of a POST. */
  public static byte[] post(String path, String contentType, String body) {
    return post(path, contentType, "", body);
  }

  /**
   * The bytes of a POST.
   *
   * @param headers further lines, each with its line end
   */
  static byte[] post(String path, String contentType, String headers, String body) {
    return request("POST", path, contentType, headers, body);
  }

  /** The bytes of any request. */
  static byte[] request(
      String method, String path, String contentType, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + ' '
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
            + contentType
            + "\r\n"
            + headers
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Sends a request and reads the answer.
   *
   * @return the body
   * @throws IOException if the status is not within 200 to 299
   */
  public String exchange(byte[] request) throws IOException {
    out.write(request);
    HttpInput.Message answer = in.answer();
    String body = answer.body();
    if (!answer.first().startsWith("HTTP/1.1 2")) {
      throw new IOException(answer.first() + ": " + body);
    }
    return body;
  }

  /** Whether the last answer was the last one of this connection. */
  boolean ended() {
    return in.ended();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
