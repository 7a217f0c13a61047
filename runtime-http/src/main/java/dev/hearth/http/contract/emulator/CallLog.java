package dev.hearth.http.contract.emulator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.http.contract.Streams;
import dev.hearth.log.LogEvent;
import dev.hearth.log.LogSink;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The log of one invocation: its lines go to standard output, between the platform's, and the last of them are kept for its
 * caller. Thread-safe; takes nothing after its end.
 */
final class CallLog implements LogSink {

  /** What a caller gets of it. */
  static final int TAIL_BYTES = 4096;

  private static final String VENDORS = "LambdaLogger";

  private final Streams streams;

  @GuardedBy("this")
  private final byte[] ring;

  @GuardedBy("this")
  private long written;

  @GuardedBy("this")
  private boolean over;

  /**
   * @param kept whether anybody will ask for the tail
   */
  CallLog(Streams streams, boolean kept) {
    this.streams = streams;
    this.ring = new byte[kept ? TAIL_BYTES : 0];
  }

  /** Writes a line of the platform's. */
  void line(String line) {
    streams.out(line);
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    keep(utf8, utf8.length, true);
  }

  /** Keeps what was printed, and is on standard output already. */
  synchronized void keep(byte[] text, int length, boolean ended) {
    if (over || ring.length == 0) {
      return;
    }
    int from = Math.max(0, length - ring.length);
    written += from;
    for (int i = from; i < length; i++) {
      ring[(int) (written++ % ring.length)] = text[i];
    }
    if (ended) {
      ring[(int) (written++ % ring.length)] = '\n';
    }
  }

  /** Takes nothing from here on. */
  synchronized void end() {
    over = true;
  }

  /** The last of it, in base64. */
  synchronized String tail() {
    int length = (int) Math.min(written, ring.length);
    byte[] tail = new byte[length];
    for (int i = 0; i < length; i++) {
      tail[i] = ring[(int) ((written - length + i) % ring.length)];
    }
    return Base64.getEncoder().encodeToString(tail);
  }

  @Override
  public boolean isEnabled(Level level, String function, String logger) {
    return level.compareTo(Level.INFO) >= 0 || logger.equals(VENDORS);
  }

  /** What the vendor's logger says is text for this log; of others' lines it is told who says them. */
  @Override
  public void write(LogEvent event) {
    String text =
        event.logger().equals(VENDORS)
            ? event.message()
            : event.level() + " " + event.logger() + " " + event.message();
    line(event.error() == null ? text : text + "\n" + event.error());
  }
}
