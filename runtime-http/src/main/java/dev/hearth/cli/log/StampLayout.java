package dev.hearth.cli.log;

/** For platforms that read what functions print behind a date and the stream's name. Stateless. */
final class StampLayout implements Layout {

  @Override
  public void write(Bytes out, Entry entry) {
    Timestamp.slashed(out, entry.millis);
    out.ascii(entry.logger.equals("err") ? " stderr: " : " stdout: ");
    out.add(entry.text, 0, entry.length);
    if (entry.cut > 0) {
      out.text("… (" + entry.cut + " bytes more)");
    }
    out.add('\n');
  }
}
