package dev.hearth.cli.log;

import dev.hearth.log.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
      optional(out, "\",\"invocation\":\"", origin.invocation());
      optional(out, "\",\"trace\":\"", origin.trace());
    }
    optional(out, "\",\"error\":\"", entry.error);
    out.add('"');
    if (!entry.fields.isEmpty()) {
      fields(out, entry.fields);
    }
    if (entry.cut > 0) {
      out.ascii(",\"cut\":");
      out.ascii(Long.toString(entry.cut));
    }
    out.ascii("}\n");
  }

  /** An object of its own, so that no name a function gives is taken for one of ours. */
  static void fields(Bytes out, Map<String, @Nullable Object> fields) {
    out.ascii(",\"fields\":{");
    for (Map.Entry<String, @Nullable Object> each : fields.entrySet()) {
      Object value = each.getValue();
      field(out, "\"", each.getKey());
      if (value == null || value instanceof Number || value instanceof Boolean) {
        out.ascii("\":" + value + ",");
      } else {
        field(out, "\":\"", value.toString());
        out.ascii("\",");
      }
    }
    out.last('}');
  }

  private static void optional(Bytes out, String before, @Nullable String value) {
    if (value != null) {
      field(out, before, value);
    }
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
