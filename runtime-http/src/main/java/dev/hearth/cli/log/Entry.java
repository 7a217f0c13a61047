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

  private Entry(
      String level,
      String logger,
      boolean captured,
      byte[] text,
      int length,
      long cut,
      @Nullable Origin origin,
      @Nullable Throwable error) {
    this.millis = System.currentTimeMillis();
    this.level = level;
    this.logger = logger;
    this.captured = captured;
    this.text = text;
    this.length = length;
    this.cut = cut;
    this.origin = origin;
    this.error = error;
  }

  /** A line that a function printed. */
  static Entry printed(String stream, byte[] text, int length, long cut, @Nullable Origin origin) {
    return new Entry("INFO", stream, true, text, length, cut, origin, null);
  }

  /** A line that was logged. */
  static Entry logged(
      String level,
      String logger,
      byte[] text,
      int length,
      @Nullable Origin origin,
      @Nullable Throwable error) {
    return new Entry(level, logger, false, text, length, text.length - length, origin, error);
  }
}
