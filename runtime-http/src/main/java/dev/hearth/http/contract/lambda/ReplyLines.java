package dev.hearth.http.contract.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the lines of a reply: each ends in CR LF and holds neither of the two, nor NUL. */
final class ReplyLines {

  private final ApiConnection connection;
  private final long stallNanos;
  private final byte[] part = new byte[1024];
  private final ByteArrayOutputStream whole = new ByteArrayOutputStream(0); // of longer lines
  private int left;

  ReplyLines(ApiConnection connection, long stallNanos) {
    this.connection = connection;
    this.stallNanos = stallNanos;
  }

  /** Sets how many bytes all lines from here on may have together. */
  void allow(int bytes) {
    left = bytes;
  }

  /** The next line. */
  String next() throws IOException {
    return from(nextByte());
  }

  /** A line of which the first byte is read already. */
  String from(int first) throws IOException {
    whole.reset();
    int length = 0;
    int b = first;
    while (b != '\r') {
      if (b == '\n' || b == 0) {
        throw nonsense("a line feed or NUL inside of a line");
      }
      if (--left < 0) {
        throw nonsense("lines that are too long together");
      }
      if (length == part.length) {
        whole.write(part, 0, length);
        length = 0;
      }
      part[length++] = (byte) b;
      b = nextByte();
    }
    if (nextByte() != '\n') {
      throw nonsense("a carriage return inside of a line");
    }
    if (whole.size() == 0) {
      return new String(part, 0, length, StandardCharsets.UTF_8);
    }
    whole.write(part, 0, length);
    return whole.toString(StandardCharsets.UTF_8);
  }

  private int nextByte() throws IOException {
    int b = connection.read(stallNanos, false);
    if (b < 0) {
      throw nonsense("a reply that ends inside of a line");
    }
    return b;
  }

  /** What is thrown for a reply that is none. */
  ApiException nonsense(String what) {
    return new ApiException(connection + ": replied nonsense: " + what);
  }

  /** Text as a message may show it. */
  static String shown(String text) {
    StringBuilder clean = new StringBuilder("'");
    for (int i = 0; i < Math.min(text.length(), 60); i++) {
      char c = text.charAt(i);
      clean.append(c < ' ' || c == 0x7F ? '?' : c);
    }
    return clean.append('\'').toString();
  }
}
