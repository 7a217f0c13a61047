package dev.hearth.cli.log;

import java.nio.charset.StandardCharsets;

/** One JSON object a line. */
final class JsonLayout implements Layout {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void write(Bytes out, Entry entry) {
    out.ascii("{\"ts\":\"");
    Timestamp.write(out, entry.millis);
    out.ascii("\",\"level\":\"");
    out.ascii(entry.level);
    field(out, entry.captured ? "\",\"stream\":\"" : "\",\"logger\":\"", entry.logger);
    out.ascii("\",\"message\":\"");
    escape(out, entry.text, entry.length);
    Origin origin = entry.origin;
    if (origin != null) {
      field(out, "\",\"function\":\"", origin.function());
      field(out, "\",\"version\":\"", origin.version());
      field(out, "\",\"invocation\":\"", origin.invocation());
      if (origin.trace() != null) {
        field(out, "\",\"trace\":\"", origin.trace());
      }
    }
    if (entry.error != null) {
      field(out, "\",\"error\":\"", Layout.trace(entry.error));
    }
    out.add('"');
    if (entry.cut > 0) {
      out.ascii(",\"cut\":");
      out.ascii(Long.toString(entry.cut));
    }
    out.ascii("}\n");
  }

  /** Adds a text, escaped, behind what comes before it. */
  static void field(Bytes out, String before, String value) {
    out.ascii(before);
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    escape(out, utf8, utf8.length);
  }

  /** Copies runs that need no escape; text that is not UTF-8 is replaced, so that the line stays JSON. */
  static void escape(Bytes out, byte[] text, int length) {
    byte[] valid = text;
    int count = length;
    if (!isAscii(text, length)) {
      valid = new String(text, 0, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
      count = valid.length;
    }
    int from = 0;
    for (int i = 0; i < count; i++) {
      byte b = valid[i];
      if ((b >= 0 && b < ' ') || b == '"' || b == '\\' || b == 0x7F) {
        out.add(valid, from, i - from);
        escape(out, b);
        from = i + 1;
      }
    }
    out.add(valid, from, count - from);
  }

  private static boolean isAscii(byte[] text, int length) {
    for (int i = 0; i < length; i++) {
      if (text[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static void escape(Bytes out, byte b) {
    out.add('\\');
    switch (b) {
      case '"', '\\' -> out.add(b);
      case '\n' -> out.add('n');
      case '\r' -> out.add('r');
      case '\t' -> out.add('t');
      default -> {
        out.ascii("u00");
        out.add(HEX[b >> 4]);
        out.add(HEX[b & 15]);
      }
    }
  }
}
