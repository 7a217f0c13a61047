package dev.hearth.http.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A connection that sends exactly the bytes it is given, and reads answers by HTTP's rules. */
public final class RawClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new java.io.BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Connects to a port of this machine. */
  public static RawClient to(int port) throws IOException {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects with a small receive buffer, so that the server soon notices who does not read. */
  public static RawClient slowReaderTo(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new RawClient(socket);
  }

  /** Latin-1 bytes. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends text as Latin-1. */
  public RawClient send(String text) throws IOException {
    return send(bytes(text));
  }

  /** Sends bytes. */
  public RawClient send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Sends bytes one by one, for as long as the server takes them. */
  public RawClient trickle(byte[] bytes) throws IOException {
    return trickle(bytes, 1);
  }

  /** Sends bytes in parts of so many, for as long as the server takes them. */
  public RawClient trickle(byte[] bytes, int part) throws IOException {
    try {
      for (int from = 0; from < bytes.length; from += part) {
        out.write(bytes, from, Math.min(part, bytes.length - from));
        out.flush();
      }
    } catch (SocketException e) {
      // The server has made up its mind; its answer is there to be read.
    }
    return this;
  }

  /** Closes the sending side. */
  public RawClient endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Closes as a client does that has had enough. */
  public void leave() throws IOException {
    socket.close();
  }

  /** Closes with a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Everything up to the end of the connection, as Latin-1. */
  public String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException e) {
      all.write(bytes("<reset>"));
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the server has closed. */
  public boolean isAtEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** One answer to a request that was not HEAD; interim answers are skipped. */
  public Answered read() throws IOException {
    return read(false);
  }

  /** One answer; interim answers are skipped. */
  public Answered read(boolean toHead) throws IOException {
    Answered answer = readOne(toHead);
    while (answer.status() < 200) {
      answer = readOne(toHead);
    }
    return answer;
  }

  /** One answer, which may be an interim one. */
  public Answered readOne(boolean toHead) throws IOException {
    String statusLine = line();
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    Answered head = new Answered(statusLine, status, headers, new byte[0]);
    boolean bodyless = toHead || status < 200 || status == 204 || status == 304;
    return bodyless ? head : new Answered(statusLine, status, headers, body(head));
  }

  private byte[] body(Answered head) throws IOException {
    if (head.header("Transfer-Encoding").equals("chunked")) {
      return chunks();
    }
    String length = head.header("Content-Length");
    if (length.isEmpty()) {
      return in.readAllBytes();
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    if (body.length < Integer.parseInt(length)) {
      throw new EOFException("body cut after " + body.length + " of " + length + " bytes");
    }
    return body;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      byte[] chunk = chunk();
      if (chunk.length == 0) {
        return body.toByteArray();
      }
      body.write(chunk);
    }
  }

  /** One chunk of a chunked body, read as it arrives; empty for the last. */
  public byte[] chunk() throws IOException {
    int size = Integer.parseInt(line(), 16);
    byte[] chunk = in.readNBytes(size);
    if (chunk.length < size || !line().isEmpty()) {
      throw new EOFException("chunk cut");
    }
    return chunk;
  }

  /** A status line and headers, without a body. */
  public Answered readHead() throws IOException {
    String statusLine = line();
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    return new Answered(
        statusLine, Integer.parseInt(statusLine.substring(9, 12)), headers, new byte[0]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int b = in.read();
    while (b != '\n') {
      if (b < 0) {
        throw new EOFException("connection ended after '" + line + "'");
      }
      line.append((char) b);
      b = in.read();
    }
    int end = line.length() - 1;
    if (end < 0 || line.charAt(end) != '\r') {
      throw new IOException("line without CR: " + line);
    }
    return line.substring(0, end);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** An answer as read. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Answered(String statusLine, int status, List<String> headers, byte[] body) {

    /** The body as UTF-8. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The first value of a header; empty when there is none. */
    public String header(String name) {
      List<String> all = all(name);
      return all.isEmpty() ? "" : all.get(0);
    }

    /** All values of a header. */
    public List<String> all(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ": ";
      List<String> values = new ArrayList<>();
      for (String line : headers) {
        if (line.toLowerCase(Locale.ROOT).startsWith(start)) {
          values.add(line.substring(start.length()));
        }
      }
      return values;
    }
  }
}
