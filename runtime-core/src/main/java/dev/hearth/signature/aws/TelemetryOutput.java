package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Writes each message as a frame, so that one of several lines stays one. A frame is its type, the message's length, microseconds
 * since 1970, all big-endian, and the message. Thread-safe.
 */
final class TelemetryOutput implements LogOutput {

  private static final int MAGIC = 0xA55A0000;
  private static final int LEVEL_SHIFT = 2;
  private static final int WITH_TIMESTAMP = 2;
  private static final int TEXT = 1;
  private static final int HEAD_BYTES = 16;

  @GuardedBy("this")
  private final OutputStream out;

  private final int format;

  TelemetryOutput(OutputStream out, boolean json) {
    this.out = out;
    this.format = json ? 0 : TEXT;
  }

  @Override
  public void write(byte[] message, LogLevel level) {
    byte[] frame = frame(message, level);
    try {
      synchronized (this) {
        out.write(frame); // at once, so that frames of several writers stay whole
      }
    } catch (IOException e) {
      STANDARD.write(message, level); // better at the wrong place than nowhere
    }
  }

  private byte[] frame(byte[] message, LogLevel level) {
    Instant now = Instant.now();
    ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + message.length);
    frame.putInt(MAGIC | (number(level) << LEVEL_SHIFT) | WITH_TIMESTAMP | format);
    frame.putInt(message.length);
    frame.putLong(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000);
    frame.put(message);
    return frame.array();
  }

  private static int number(LogLevel level) {
    return switch (level) {
      case UNDEFINED -> 0;
      case TRACE -> 1;
      case DEBUG -> 2;
      case INFO -> 3;
      case WARN -> 4;
      case ERROR -> 5;
      case FATAL -> 6;
    };
  }
}
