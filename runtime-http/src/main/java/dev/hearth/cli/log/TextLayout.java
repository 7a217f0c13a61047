package dev.hearth.cli.log;

import dev.hearth.log.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For people at a terminal. */
final class TextLayout implements Layout {

  private static final int SHOWN_ID = 8;

  @Override
  public void write(Bytes out, Entry entry) {
    Timestamp.time(out, entry.millis);
    Origin origin = entry.origin;
    if (entry.captured) {
      out.add(' ');
      out.text(origin == null ? "-" : origin.function());
      out.ascii(entry.logger.equals("err") ? " ! " : " | ");
    } else {
      out.add(' ');
      out.ascii(entry.level);
      out.add(' ');
      out.text(simpleName(entry.logger));
      out.ascii(": ");
    }
    printable(out, entry.text, entry.length);
    if (entry.cut > 0) {
      out.text("… (" + entry.cut + " bytes more)");
    }
    for (Map.Entry<String, @Nullable Object> each : entry.fields.entrySet()) {
      out.add(' ');
      printable(out, each.getKey() + "=" + each.getValue());
    }
    if (origin != null) {
      origin(out, origin);
    }
    out.add('\n');
    if (entry.error != null) {
      out.text(entry.error);
    }
  }

  private static void origin(Bytes out, Origin origin) {
    out.ascii("  [");
    out.text(origin.function());
    String id = origin.invocation();
    if (id != null) {
      out.add(' ');
      out.text(id.length() > SHOWN_ID ? id.substring(0, SHOWN_ID) : id);
    }
    out.add(']');
  }

  private static void printable(Bytes out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    printable(out, utf8, utf8.length);
  }

  /** Colours of a function's own making are its business; other controls must not steer the terminal. */
  private static void printable(Bytes out, byte[] text, int length) {
    for (int i = 0; i < length; i++) {
      byte b = text[i];
      boolean steers = b >= 0 && b < ' ' && b != '\t' && b != 0x1B && b != '\n';
      out.add(steers ? '?' : b);
    }
  }

  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
