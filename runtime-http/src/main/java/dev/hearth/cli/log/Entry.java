package dev.hearth.cli.log;

import dev.hearth.log.ErrorText;
import dev.hearth.log.LogEvent;
import dev.hearth.log.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

  /** What a function adds to its line, by name. */
  final Map<String, @Nullable Object> fields;

  /** A stack trace, as text. */
  final @Nullable String error;

  private Entry(
      String level,
      String logger,
      boolean captured,
      byte[] text,
      int length,
      long cut,
      @Nullable Origin origin,
      Map<String, @Nullable Object> fields,
      @Nullable String error) {
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
  }

  /** A line that a function printed. */
  static Entry printed(String stream, byte[] text, int length, long cut, @Nullable Origin origin) {
    return new Entry("INFO", stream, true, text, length, cut, origin, Map.of(), null);
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
    return new Entry(
        level, logger, false, utf8, length, utf8.length - length, origin, fields, error);
  }
}
