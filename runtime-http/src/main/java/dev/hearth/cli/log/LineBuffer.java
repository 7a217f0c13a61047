package dev.hearth.cli.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.InvocationTag;
import dev.hearth.log.Origin;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one thread prints to one stream until a line is complete. Used by that thread, except for {@link #finish},
 * which any may call.
 *
 * <p>It lives as long as its thread and holds bytes and names, nothing of a function.
 */
final class LineBuffer {

  /** Longer lines are cut, and what was cut off is counted. */
  static final int MAX_LINE = 64 * 1024;

  private static final int KEPT = 4096; // threads are many; a long line's array is let go

  private final Sink sink;
  private final String stream;
  private final boolean raw; // written as it is, and in pieces rather than cut
  private final Capture.Taps taps;

  @GuardedBy("this")
  private byte[] bytes = new byte[256];

  @GuardedBy("this")
  private int length;

  @GuardedBy("this")
  private long cut;

  @GuardedBy("this")
  private boolean begun; // a piece of the line is written

  private @Nullable InvocationTag tag; // whose partial line it is
  private @Nullable Origin origin; // the same as texts
  private boolean finishedAtLeave; // asked for already in this invocation

  LineBuffer(Sink sink, String stream, boolean raw, Capture.Taps taps) {
    this.sink = sink;
    this.stream = stream;
    this.raw = raw;
    this.taps = taps;
  }

  synchronized void add(byte[] from, int offset, int count) {
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

  synchronized boolean isPartial() {
    return length > 0 || cut > 0 || begun;
  }

  /** Writes an unfinished line. */
  synchronized void finish() {
    if (isPartial()) {
      emit();
    }
  }

  /** A line that another invocation left unfinished on this thread is not continued by this one. */
  @GuardedBy("this")
  private void enter(@Nullable InvocationTag now) {
    if (now == tag) {
      return;
    }
    finish();
    finishedAtLeave = false;
    tag = now;
    origin = now == null ? null : now.origin();
  }

  @GuardedBy("this")
  private void keep(byte[] from, int offset, int count) {
    int at = offset;
    int end = offset + count;
    while (raw && end - at > MAX_LINE - length) {
      int piece = MAX_LINE - length;
      hold(from, at, piece);
      at += piece;
      sink.write(Entry.raw(bytes, length, false));
      taps.tell(tag, bytes, length, false);
      length = 0;
      begun = true;
    }
    hold(from, at, end - at);
  }

  @GuardedBy("this")
  private void hold(byte[] from, int offset, int count) {
    int kept = Math.min(count, MAX_LINE - length);
    if (bytes.length - length < kept) {
      bytes = Arrays.copyOf(bytes, Math.min(MAX_LINE, Math.max(bytes.length * 2, length + kept)));
    }
    System.arraycopy(from, offset, bytes, length, kept);
    length += kept;
    cut += count - kept;
  }

  @GuardedBy("this")
  private void emit() {
    int end = length > 0 && cut == 0 && bytes[length - 1] == '\r' ? length - 1 : length;
    sink.write(
        raw ? Entry.raw(bytes, length, true) : Entry.printed(stream, bytes, end, cut, origin));
    taps.tell(tag, bytes, end, true);
    begun = false;
    length = 0;
    cut = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[256];
    }
  }
}
