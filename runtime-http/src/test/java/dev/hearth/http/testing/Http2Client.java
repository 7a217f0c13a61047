package dev.hearth.http.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A connection that sends exactly the frames of HTTP/2 it is told to, valid or not, and tells those it gets. */
public final class Http2Client implements AutoCloseable {

  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int ACK = 1;
  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  private static final byte[] PREFACE = RawClient.bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, Stream> streams = new HashMap<>();
  private boolean acknowledges = true;

  /** What has arrived on a stream. */
  public static final class Stream {
    private Http2Headers head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean ended;
    private int reset = -1;

    /** The status; 0 while there is none. */
    public int status() {
      return head == null ? 0 : Integer.parseInt(head.status().toString());
    }

    /** The first value of a header; empty when there is none. */
    public String header(String name) {
      CharSequence value = head == null ? null : head.get(name);
      return value == null ? "" : value.toString();
    }

    /** The body so far as UTF-8. */
    public String text() {
      return body.toString(StandardCharsets.UTF_8);
    }

    /** How much of the body has arrived. */
    public int bytes() {
      return body.size();
    }

    @Override
    public String toString() {
      return "head=" + head + " bytes=" + bytes() + " ended=" + ended + " reset=" + reset;
    }

    /** Whether the server has sent its last frame. */
    public boolean isEnded() {
      return ended;
    }

    /** The code it was reset with; -1 when it was not. */
    public int reset() {
      return reset;
    }
  }

  /** A frame as it was sent. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Frame(int type, int flags, int stream, byte[] payload) {
    /** The number at an offset of the payload. */
    public int number(int at) {
      return java.nio.ByteBuffer.wrap(payload).getInt(at);
    }
  }

  private Http2Client(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    out = new java.io.BufferedOutputStream(socket.getOutputStream(), 1 << 16);
  }

  /** Connects without sending anything. */
  public static Http2Client silent(int port) throws IOException {
    return new Http2Client(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects and sends the preface and empty settings. */
  public static Http2Client to(int port) throws IOException {
    return silent(port).preface();
  }

  /** Sends the preface and empty settings. */
  public Http2Client preface() throws IOException {
    return raw(PREFACE).send(SETTINGS, 0, 0, new byte[0]);
  }

  /** Does not acknowledge the server's settings. */
  public Http2Client acknowledgeNothing() {
    acknowledges = false;
    return this;
  }

  /** Sends bytes. */
  public Http2Client raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Sends a frame. */
  public Http2Client send(int type, int flags, int stream, byte[] payload) throws IOException {
    queue(type, flags, stream, payload);
    out.flush();
    return this;
  }

  /** Sends a frame with others that follow. */
  public Http2Client queue(int type, int flags, int stream, byte[] payload) throws IOException {
    int length = payload.length;
    out.write(
        new byte[] {
          (byte) (length >> 16),
          (byte) (length >> 8),
          (byte) length,
          (byte) type,
          (byte) flags,
          (byte) (stream >> 24),
          (byte) (stream >> 16),
          (byte) (stream >> 8),
          (byte) stream
        });
    out.write(payload);
    return this;
  }

  private static void literal(ByteBuf block, String text) {
    byte[] bytes = RawClient.bytes(text);
    if (bytes.length < 127) {
      block.writeByte(bytes.length);
    } else {
      block.writeByte(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        block.writeByte(rest % 128 + 128);
        rest /= 128;
      }
      block.writeByte(rest);
    }
    block.writeBytes(bytes);
  }

  /** The header block of a request, with more lines behind. */
  public static byte[] request(String method, String path, String... more) {
    String[] lines = new String[8 + more.length];
    String[] first = {":method", method, ":scheme", "http", ":path", path, ":authority", "x"};
    System.arraycopy(first, 0, lines, 0, 8);
    System.arraycopy(more, 0, lines, 8, more.length);
    return pairs(lines);
  }

  /** A header block of literals, as names and values by turns. */
  public static byte[] pairs(String... lines) {
    ByteBuf block = Unpooled.buffer();
    for (int i = 0; i < lines.length; i += 2) {
      block.writeByte(0); // a literal that is not indexed, with a new name
      literal(block, lines[i]);
      literal(block, lines[i + 1]);
    }
    byte[] bytes = new byte[block.readableBytes()];
    block.readBytes(bytes);
    return bytes;
  }

  /** Sends a request without a body. */
  public Http2Client get(int stream, String path, String... more) throws IOException {
    return send(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", path, more));
  }

  /** Sends a request with a body. */
  public Http2Client post(int stream, String path, String body, String... more) throws IOException {
    queue(HEADERS, END_HEADERS, stream, request("POST", path, more));
    return send(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the next frame, and notes what it says about its stream. */
  public Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("frame cut");
    }
    Frame frame = new Frame(type, flags, stream, payload);
    note(frame);
    return frame;
  }

  private void note(Frame frame) throws IOException {
    if (frame.type == SETTINGS && (frame.flags & ACK) == 0 && acknowledges) {
      send(SETTINGS, ACK, 0, new byte[0]);
    }
    if (frame.stream == 0) {
      return;
    }
    Stream stream = stream(frame.stream);
    switch (frame.type) {
      case HEADERS -> stream.head = decode(frame);
      case DATA -> stream.body.write(frame.payload);
      case RST_STREAM -> stream.reset = frame.number(0);
      default -> {}
    }
    boolean hasEnd = frame.type == HEADERS || frame.type == DATA;
    stream.ended |= hasEnd && (frame.flags & END_STREAM) != 0;
  }

  private Http2Headers decode(Frame frame) throws IOException {
    try {
      return headers.decodeHeaders(frame.stream, Unpooled.wrappedBuffer(frame.payload));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** What is known of a stream. */
  public Stream stream(int id) {
    return streams.computeIfAbsent(id, absent -> new Stream());
  }

  /** Reads until a stream has ended or was reset. */
  public Stream await(int id) throws IOException {
    Stream stream = stream(id);
    while (!stream.ended && stream.reset < 0) {
      read();
    }
    return stream;
  }

  /** Reads until a frame of a type has come. */
  public Frame awaitFrame(int type) throws IOException {
    Frame frame = read();
    while (frame.type != type) {
      frame = read();
    }
    return frame;
  }

  /** Reads to the end; gives the code of the last GOAWAY, or -1 when there was none. */
  public int awaitEnd() throws IOException {
    int code = -1;
    try {
      while (true) {
        Frame frame = read();
        if (frame.type == GOAWAY) {
          code = frame.number(4);
        }
      }
    } catch (EOFException | SocketException e) {
      return code;
    }
  }

  /** Leaves without a word. */
  public void leave() throws IOException {
    socket.close();
  }

  /** The socket's own streams, for what comes before HTTP/2. */
  public DataInputStream input() {
    return in;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
