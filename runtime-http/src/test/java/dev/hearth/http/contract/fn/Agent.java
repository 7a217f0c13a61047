package dev.hearth.http.contract.fn;

import dev.hearth.http.testing.RawClient.Answered;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One connection as Fn's agent has it: a client on the container's socket. Reads wait for as long as their test may run. */
public final class Agent implements AutoCloseable {

  public static final String ID = "01HZ0000000000000000000000";
  public static final String LATER = "2030-01-02T03:04:05+02:00";

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(64 << 10).flip();

  private Agent(SocketChannel channel) {
    this.channel = channel;
  }

  public static Agent connect(Path socket) throws IOException {
    return new Agent(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /** The head of a call, with an id and with a deadline in a while; {@code lines} are whole header lines. */
  public static String head(long length, String... lines) {
    return headWithout(length, join("Fn-Call-Id: " + ID, "Fn-Deadline: " + LATER, lines));
  }

  public static String headUntil(String deadline, long length, String... lines) {
    return headWithout(length, join("Fn-Call-Id: " + ID, "Fn-Deadline: " + deadline, lines));
  }

  /** The head of a call with nothing but these lines and the length; -1 for chunks. */
  public static String headWithout(long length, String... lines) {
    StringBuilder head =
        new StringBuilder(
            "POST /call HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Go-http-client/1.1\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    head.append(length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length);
    return head.append("\r\nAccept-Encoding: gzip\r\n\r\n").toString();
  }

  private static String[] join(String first, String second, String... lines) {
    List<String> all = new ArrayList<>(List.of(first, second));
    all.addAll(List.of(lines));
    return all.toArray(new String[0]);
  }

  public Agent send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  public Agent send(byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
    return this;
  }

  /** A whole call. */
  public Answered call(String body, String... lines) throws IOException {
    return call(body.getBytes(StandardCharsets.UTF_8), lines);
  }

  public Answered call(byte[] body, String... lines) throws IOException {
    return send(head(body.length, lines)).send(body).read();
  }

  /** One answer. */
  public Answered read() throws IOException {
    Answered head = readHead();
    if (head.status() == 100) {
      return read();
    }
    return new Answered(head.statusLine(), head.status(), head.headers(), body(head));
  }

  public Answered readHead() throws IOException {
    String statusLine = line();
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    return new Answered(
        statusLine, Integer.parseInt(statusLine.substring(9, 12)), headers, new byte[0]);
  }

  private byte[] body(Answered head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (!head.header("Transfer-Encoding").equals("chunked")) {
      take(Integer.parseInt(head.header("Content-Length")), body);
      return body.toByteArray();
    }
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      take(size, body);
      line();
    }
    line();
    return body.toByteArray();
  }

  private void take(int count, ByteArrayOutputStream into) throws IOException {
    byte[] part = new byte[8192];
    for (int left = count; left > 0; ) {
      fill();
      int some = Math.min(Math.min(left, part.length), in.remaining());
      in.get(part, 0, some);
      into.write(part, 0, some);
      left -= some;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      fill();
      char c = (char) (in.get() & 0xff);
      if (c == '\n') {
        return line.substring(0, line.length() - 1);
      }
      line.append(c);
    }
  }

  private void fill() throws IOException {
    if (!in.hasRemaining()) {
      in.clear();
      int count = channel.read(in);
      in.flip();
      if (count < 0) {
        throw new EOFException("the server closed");
      }
    }
  }

  /** Whether the server has closed. */
  public boolean isAtEnd() {
    try {
      fill();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Leaves, whatever is under way. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
