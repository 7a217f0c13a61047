package dev.hearth.cli.log;

import org.jspecify.annotations.Nullable;

/** One line to be written. Its text is borrowed from the writing thread until the line is out. */
final class Entry {

  /** Wall clock. */
  final long millis;

  final String level;

  /** Who logs; for captured output the stream, {@code out} or {@code err}. */
  final String logger;

  /** Whether it was printed rather than logged. */
  final boolean captured;

  /** UTF-8, the first {@link #length} bytes. */
  final byte[] text;

  final int length;

  /** Bytes left out because the line was too long. */
  final long cut;

  final @Nullable Origin origin;
  final @Nullable Throwable error;

  /** Whether it is written as it is, without a layout. */
  final boolean raw;

  /** Of raw text: whether a line end follows. */
  final boolean ended;

  private Entry(
      String level,
      String logger,
      boolean captured,
      byte[] text,
      int length,
      long cut,
      @Nullable Origin origin,
      @Nullable Throwable error,
      boolean raw,
      boolean ended) {
    this.millis = System.currentTimeMillis();
    this.level = level;
    this.logger = logger;
    this.captured = captured;
    this.text = text;
    this.length = length;
    this.cut = cut;
    this.origin = origin;
    this.error = error;
    this.raw = raw;
    this.ended = ended;
  }

  /**
   * Text as it is.
   *
   * @param ended whether a line end follows
   */
  static Entry raw(byte[] text, int length, boolean ended) {
    return new Entry("", "", true, text, length, 0, null, null, true, ended);
  }

  /** A line that a function printed. */
  static Entry printed(String stream, byte[] text, int length, long cut, @Nullable Origin origin) {
    return new Entry("INFO", stream, true, text, length, cut, origin, null, false, true);
  }

  /** A line that was logged. */
  static Entry logged(
      String level,
      String logger,
      byte[] text,
      int length,
      @Nullable Origin origin,
      @Nullable Throwable error) {
    int cut = text.length - length;
    return new Entry(level, logger, false, text, length, cut, origin, error, false, true);
  }
}
