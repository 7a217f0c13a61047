package dev.hearth.cli.log;

import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.InvocationTag;
import dev.hearth.log.Origin;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one thread prints to one stream until a line is complete. Used by that thread only, except
 * for {@link #finish} when the process ends.
 *
 * <p>It lives as long as its thread and holds bytes and names, nothing of a function.
 */
final class LineBuffer {

  /** Longer lines are cut, and what was cut off is counted. */
  static final int MAX_LINE = 64 * 1024;

  private static final int KEPT = 4096; // threads are many; a long line's array is let go

  private final Sink sink;
  private final String stream;
  private byte[] bytes = new byte[256];
  private int length;
  private long cut;
  private @Nullable InvocationTag tag; // whose partial line it is
  private @Nullable Origin origin; // the same as texts
  private boolean finishedAtLeave; // asked for already in this invocation

  LineBuffer(Sink sink, String stream) {
    this.sink = sink;
    this.stream = stream;
  }

  void add(byte[] from, int offset, int count) {
    Invocation invocation = Invocation.current();
    enter(InvocationTag.current());
    int begin = offset;
    int end = offset + count;
    for (int i = offset; i < end; i++) {
      if (from[i] == '\n') {
        keep(from, begin, i - begin);
        emit();
        begin = i + 1;
      }
    }
    keep(from, begin, end - begin);
    if (invocation != null && !finishedAtLeave && isPartial()) {
      finishedAtLeave = true;
      invocation.onLeave(this::finish);
    }
  }

  boolean isPartial() {
    return length > 0 || cut > 0;
  }

  /** Writes an unfinished line. */
  void finish() {
    if (isPartial()) {
      emit();
    }
  }

  /** A line that another invocation left unfinished on this thread is not continued by this one. */
  private void enter(@Nullable InvocationTag now) {
    if (now == tag) {
      return;
    }
    finish();
    finishedAtLeave = false;
    tag = now;
    origin = now == null ? null : now.origin();
  }

  private void keep(byte[] from, int offset, int count) {
    int kept = Math.min(count, MAX_LINE - length);
    if (bytes.length - length < kept) {
      bytes = Arrays.copyOf(bytes, Math.min(MAX_LINE, Math.max(bytes.length * 2, length + kept)));
    }
    System.arraycopy(from, offset, bytes, length, kept);
    length += kept;
    cut += count - kept;
  }

  private void emit() {
    int end = length > 0 && cut == 0 && bytes[length - 1] == '\r' ? length - 1 : length;
    sink.write(Entry.printed(stream, bytes, end, cut, origin));
    length = 0;
    cut = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[256];
    }
  }
}
