package dev.hearth.cli.log;

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
    printable(out, entry);
    if (entry.cut > 0) {
      out.text("… (" + entry.cut + " bytes more)");
    }
    if (origin != null) {
      out.ascii("  [");
      out.text(origin.function());
      out.add(' ');
      String id = origin.invocation();
      out.text(id.length() > SHOWN_ID ? id.substring(0, SHOWN_ID) : id);
      out.add(']');
    }
    out.add('\n');
    if (entry.error != null) {
      out.text(Layout.trace(entry.error));
    }
  }

  /** Colours of a function's own making are its business; other controls must not steer the terminal. */
  private static void printable(Bytes out, Entry entry) {
    for (int i = 0; i < entry.length; i++) {
      byte b = entry.text[i];
      boolean steers = b >= 0 && b < ' ' && b != '\t' && b != 0x1B && b != '\n';
      out.add(steers ? '?' : b);
    }
  }

  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
