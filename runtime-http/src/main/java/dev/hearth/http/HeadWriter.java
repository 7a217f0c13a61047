package dev.hearth.http;

import dev.hearth.http.contract.StatusText;
import io.netty.buffer.ByteBuf;

/** Writes the heads of responses. */
final class HeadWriter {

  private HeadWriter() {}

  /** Writes the status line. */
  static void status(ByteBuf out, int status) {
    ascii(out, "HTTP/1.1 ");
    out.writeByte('0' + status / 100);
    out.writeByte('0' + status / 10 % 10);
    out.writeByte('0' + status % 10);
    out.writeByte(' ');
    ascii(out, StatusText.of(status));
    end(out);
  }

  /** Writes a header line; name and value are clean. */
  static void line(ByteBuf out, String name, String value) {
    ascii(out, name);
    out.writeByte(':');
    out.writeByte(' ');
    ascii(out, value);
    end(out);
  }

  /** Ends a line, or the head. */
  static void end(ByteBuf out) {
    out.writeByte('\r');
    out.writeByte('\n');
  }

  /** Writes Latin-1 text. */
  static void ascii(ByteBuf out, String text) {
    int length = text.length();
    out.ensureWritable(length);
    int at = out.writerIndex();
    for (int i = 0; i < length; i++) {
      out.setByte(at + i, text.charAt(i));
    }
    out.writerIndex(at + length);
  }
}
