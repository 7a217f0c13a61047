package dev.hearth.benchmarks.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads HTTP/1.1 messages from a stream, one after the other. Not thread-safe. */
final class HttpInput {

  private final InputStream in;
  private boolean ended;

  HttpInput(InputStream in) {
    this.in = in;
  }

  /**
   * A message.
   *
   * @param first its first line
   * @param headers its header lines
   * @param body text in UTF-8, empty if it has none
   */
  record Message(String first, List<String> headers, String body) {}

  /**
   * The next request.
   *
   * @throws IOException if the stream ends within it
   */
  Message request() throws IOException {
    return read(0);
  }

  /**
   * The next answer; one of no told length ends with the stream.
   *
   * @throws IOException if the stream ends within it
   */
  Message answer() throws IOException {
    return read(Integer.MAX_VALUE);
  }

  /** Whether a message was ended by the end of the stream. */
  boolean ended() {
    return ended;
  }

  private Message read(int untold) throws IOException {
    String first = line();
    List<String> headers = new ArrayList<>();
    int length = untold;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      headers.add(header);
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    ended = !chunked && length == Integer.MAX_VALUE;
    byte[] body = chunked ? chunks() : in.readNBytes(length);
    return new Message(first, headers, new String(body, StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      body.write(in.readNBytes(length));
      line();
    }
    while (!line().isEmpty()) {} // trailers
    return body.toByteArray();
  }

  private int chunkLength() throws IOException {
    String line = line();
    int end = line.indexOf(';');
    return Integer.parseInt(end < 0 ? line.strip() : line.substring(0, end).strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended within a message, after: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
