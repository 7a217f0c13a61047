package dev.hearth.cli.log;

import dev.hearth.log.ErrorText;
import dev.hearth.log.LogEvent;
import dev.hearth.log.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line to be written. Its text is borrowed from the writing thread until the line is out. */
final class Entry {

  /** What a layout adds to a line: time, level, names. */
  private static final long AROUND = 100;

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

  /** What a function adds to its line, by name. */
  final Map<String, @Nullable Object> fields;

  /** A stack trace, as text. */
  final @Nullable String error;

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
      Map<String, @Nullable Object> fields,
      @Nullable String error,
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
    this.fields = fields;
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
    return new Entry("", "", true, text, length, 0, null, Map.of(), null, true, ended);
  }

  /** A line that a function printed. */
  static Entry printed(String stream, byte[] text, int length, long cut, @Nullable Origin origin) {
    return new Entry("INFO", stream, true, text, length, cut, origin, Map.of(), null, false, true);
  }

  /** A line that the host logged. */
  static Entry logged(
      String level,
      String logger,
      String text,
      @Nullable Origin origin,
      @Nullable Throwable error) {
    String trace = error == null ? null : ErrorText.of(error);
    return whole(level, logger, text, origin, Map.of(), trace);
  }

  /** A line that a function logged. */
  static Entry logged(LogEvent event) {
    return whole(
        name(event.level()),
        event.logger(),
        event.message(),
        event.origin(),
        event.fields(),
        event.error());
  }

  /** About how many bytes its line has, with what a layout adds. */
  long size() {
    long size = AROUND + length;
    if (error != null) {
      size += error.length();
    }
    for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
      size += field.getKey().length();
      size += field.getValue() instanceof String text ? text.length() : 1;
    }
    return size;
  }

  private static String name(System.Logger.Level level) {
    return level == System.Logger.Level.WARNING ? "WARN" : level.getName();
  }

  private static Entry whole(
      String level,
      String logger,
      String text,
      @Nullable Origin origin,
      Map<String, @Nullable Object> fields,
      @Nullable String error) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(utf8.length, LineBuffer.MAX_LINE);
    int cut = utf8.length - length;
    return new Entry(level, logger, false, utf8, length, cut, origin, fields, error, false, true);
  }
}
