package dev.hearth.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** How much has been seen of what a client begins HTTP/2 with (RFC 9113, section 3.4). */
enum Http2Preface {
  /** Nothing yet. */
  UNSEEN,
  /** A part, and nothing else. */
  BEGUN,
  /** All of it. */
  WHOLE,
  /** Something else. */
  NONE;

  private static final byte[] BYTES =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** How long it is. */
  static final int LENGTH = BYTES.length;

  /** What the bytes begin with. */
  static Http2Preface look(ByteBuf in) {
    int readable = Math.min(in.readableBytes(), LENGTH);
    for (int i = 0; i < readable; i++) {
      if (in.getByte(in.readerIndex() + i) != BYTES[i]) {
        return NONE;
      }
    }
    return readable == LENGTH ? WHOLE : readable == 0 ? UNSEEN : BEGUN;
  }

  /** A copy of it. */
  static byte[] bytes() {
    return BYTES.clone();
  }
}
