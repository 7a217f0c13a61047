package dev.hearth.http.contract.nuclio;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.log.LogEvent;
import dev.hearth.log.LogSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What functions log during calls, as the processor's log lines: {@code l} and an object with {@code datetime}, {@code level}, {@code
 * message}, {@code with}. Thread-safe. Lines are whole and in the order written; who writes more than is taken waits.
 */
final class LogLines implements LogSink {

  private static final int KEPT_BYTES = 256 << 10;
  private static final byte[] NOTHING = {};

  /** The logger of Nuclio's API, which the processor filters itself, for each request. */
  private static final String NUCLIO = "nuclio";

  private final String worker;
  private final Level librariesLevel;
  private final Runnable written;
  private final ReentrantLock lock = new ReentrantLock(); // never held while waiting for others
  private final Condition moved = lock.newCondition();

  @GuardedBy("lock")
  private byte[] buffer = NOTHING;

  @GuardedBy("lock")
  private int length;

  @GuardedBy("lock")
  private boolean closed;

  private volatile @Nullable Thread taker;

  /**
   * @param written told that there is something to take; must not block
   */
  LogLines(String worker, Level librariesLevel, Runnable written) {
    this.worker = worker;
    this.librariesLevel = librariesLevel;
    this.written = written;
  }

  @Override
  public boolean isEnabled(Level level, String function, String logger) {
    Level least = logger.equals(NUCLIO) ? Level.DEBUG : librariesLevel;
    return level.getSeverity() >= least.getSeverity();
  }

  @Override
  public void write(LogEvent event) {
    byte[] line = line(event);
    lock.lock();
    try {
      while (length >= KEPT_BYTES && !closed && Thread.currentThread() != taker) {
        moved.awaitUninterruptibly();
      }
      if (closed) {
        return; // there is nobody to read it
      }
      if (length + line.length > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(length + line.length, buffer.length * 2));
      }
      System.arraycopy(line, 0, buffer, length, line.length);
      length += line.length;
    } finally {
      lock.unlock();
    }
    written.run();
  }

  /** Says which thread takes; it never waits for itself. */
  void takenBy(Thread thread) {
    taker = thread;
  }

  /** Takes what was written by now. */
  byte[] take() {
    lock.lock();
    try {
      byte[] lines = length == 0 ? NOTHING : Arrays.copyOf(buffer, length);
      length = 0;
      if (buffer.length > KEPT_BYTES) {
        buffer = NOTHING;
      }
      moved.signalAll();
      return lines;
    } finally {
      lock.unlock();
    }
  }

  /** Lets writers go: nobody takes any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      length = 0;
      buffer = NOTHING;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private byte[] line(LogEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    line.write('l');
    try (JsonGenerator json = Json.FACTORY.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("datetime", now());
      json.writeStringField("level", level(event.level()));
      json.writeStringField("message", Json.clean(event.message()));
      json.writeObjectFieldStart("with");
      writeFields(json, event);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all", e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private void writeFields(JsonGenerator json, LogEvent event) throws IOException {
    Map<String, @Nullable Object> fields = event.fields();
    if (!event.logger().equals(NUCLIO)) {
      writeText(json, "worker_id", worker, fields);
      writeText(json, "logger", event.logger(), fields);
    }
    if (event.error() != null) {
      writeText(json, "error", event.error(), fields);
    }
    for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
      json.writeFieldName(Json.clean(field.getKey()));
      Object value = field.getValue();
      if (value == null) {
        json.writeNull();
      } else if (value instanceof Boolean truth) {
        json.writeBoolean(truth);
      } else if (value instanceof Number) {
        json.writeNumber(value.toString());
      } else {
        json.writeString(Json.clean(value.toString()));
      }
    }
  }

  /** Unless the function has a field of that name. */
  private static void writeText(
      JsonGenerator json, String name, String value, Map<String, @Nullable Object> fields)
      throws IOException {
    if (!fields.containsKey(name)) {
      json.writeStringField(name, Json.clean(value));
    }
  }

  /** In the standard form, in UTC. */
  private static String now() {
    Instant now = Instant.now();
    int nanos = now.getNano() / 1_000_000 * 1_000_000;
    return LocalDateTime.ofEpochSecond(now.getEpochSecond(), nanos, ZoneOffset.UTC) + "Z";
  }

  private static String level(Level level) {
    return switch (level) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "info";
      default -> "debug";
    };
  }
}
