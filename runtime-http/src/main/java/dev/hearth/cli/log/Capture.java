package dev.hearth.cli.log;

import dev.hearth.http.contract.Streams;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.InvocationTag;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands for {@link System#out} or {@link System#err}; turns what is printed into lines that carry the
 * printing function's name, or passes it on as lines that nothing is added to.
 *
 * <p>Every method that prints is overridden: those of {@link PrintStream} share one lock, behind which all
 * functions would queue while one of them floods.
 */
final class Capture extends PrintStream {

  private static final String LINE_END = "\n";

  private final ThreadLocal<LineBuffer> buffers;

  private final Taps taps = new Taps();

  // Partial lines outside of any invocation, written when the process ends.
  private final Set<LineBuffer> unfinished = ConcurrentHashMap.newKeySet();

  Capture(Sink sink, String stream) {
    this(sink, stream, false);
  }

  /**
   * @param raw whether lines are written as they are, and in pieces when they are long
   */
  Capture(Sink sink, String stream, boolean raw) {
    super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    this.buffers = ThreadLocal.withInitial(() -> new LineBuffer(sink, stream, raw, taps));
  }

  /** Who is told what calls print, beside the sink. */
  static final class Taps {
    private volatile Streams.@Nullable Tap tap;

    void tell(@Nullable InvocationTag tag, byte[] text, int length, boolean ended) {
      Streams.Tap to = tap;
      if (to != null && tag != null) {
        to.printed(tag.invocation(), text, length, ended);
      }
    }
  }

  /** Has what calls print told to somebody as well. */
  void tap(Streams.Tap tap) {
    taps.tap = tap;
  }

  /** Writes what threads outside of invocations left unfinished. */
  void finish() {
    for (LineBuffer buffer : unfinished) {
      buffer.finish();
    }
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    java.util.Objects.checkFromIndexSize(offset, count, from.length);
    LineBuffer buffer = buffers.get();
    buffer.add(from, offset, count);
    if (Invocation.current() != null) {
      if (!unfinished.isEmpty()) {
        unfinished.remove(buffer);
      }
      return; // its end finishes the line
    }
    if (buffer.isPartial()) {
      unfinished.add(buffer);
    } else {
      unfinished.remove(buffer);
    }
  }

  @Override
  public void write(byte[] from) {
    write(from, 0, from.length);
  }

  @Override
  public void writeBytes(byte[] from) {
    write(from, 0, from.length);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void flush() {
    // Lines are written when complete; half of one would be torn by another thread's.
  }

  @Override
  public void close() {
    // The stream is the process's; a function that closes it must not silence the others.
  }

  @Override
  public boolean checkError() {
    return false;
  }

  private void text(@Nullable String text) {
    write(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
  }

  private void line(@Nullable String text) {
    text(text + LINE_END);
  }

  @Override
  public void print(boolean value) {
    text(String.valueOf(value));
  }

  @Override
  public void print(char value) {
    text(String.valueOf(value));
  }

  @Override
  public void print(int value) {
    text(String.valueOf(value));
  }

  @Override
  public void print(long value) {
    text(String.valueOf(value));
  }

  @Override
  public void print(float value) {
    text(String.valueOf(value));
  }

  @Override
  public void print(double value) {
    text(String.valueOf(value));
  }

  @Override
  public void print(char[] value) {
    text(String.valueOf(value));
  }

  @Override
  public void print(@Nullable String value) {
    text(value);
  }

  @Override
  public void print(@Nullable Object value) {
    text(String.valueOf(value));
  }

  @Override
  public void println() {
    text(LINE_END);
  }

  @Override
  public void println(boolean value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(char value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(int value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(long value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(float value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(double value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(char[] value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(@Nullable String value) {
    line(value);
  }

  @Override
  public void println(@Nullable Object value) {
    line(String.valueOf(value));
  }

  @Override
  public PrintStream format(String format, @Nullable Object... args) {
    return format(Locale.getDefault(Locale.Category.FORMAT), format, args);
  }

  @Override
  public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... args) {
    text(String.format(locale, format, args));
    return this;
  }
}
