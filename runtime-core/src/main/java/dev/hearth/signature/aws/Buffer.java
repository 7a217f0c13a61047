package dev.hearth.signature.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Holds an answer until the call has ended well. */
final class Buffer extends ByteArrayOutputStream {

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  Buffer() {
    super(512);
  }

  /** One that holds JSON's null. */
  static Buffer ofNull() {
    Buffer buffer = new Buffer();
    buffer.write(NULL, 0, NULL.length);
    return buffer;
  }

  /** What it holds, as text. */
  String text() {
    return toString(StandardCharsets.UTF_8);
  }
}
