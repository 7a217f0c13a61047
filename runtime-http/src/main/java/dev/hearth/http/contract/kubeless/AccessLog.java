package dev.hearth.http.contract.kubeless;

import dev.hearth.function.Request;
import dev.hearth.http.contract.Streams;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A line on standard output for each request, in Apache's common format without what is not known. It has a thread of its own,
 * because requests are answered on threads that must not wait for whoever reads the lines; when there are too many, lines
 * are left out and counted. Thread-safe.
 */
final class AccessLog implements AutoCloseable {

  private static final int MOST_WAITING = 4096;
  private static final long CLOSE_MILLIS = 1000;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Streams streams;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread writer; // from open() on
  private volatile boolean closed;

  private record Line(
      long millis, String method, String path, String query, int status, @Nullable String agent) {}

  AccessLog(Streams streams) {
    this.streams = streams;
    writer = new Thread(null, this::write, "hearth-access-log", 0, false);
    writer.setDaemon(true);
  }

  /** Starts to write. */
  void open() {
    writer.start();
  }

  /** Notes a request that is being answered. */
  void answered(Request request, int status) {
    Line line =
        new Line(
            System.currentTimeMillis(),
            request.method(),
            request.path(),
            request.query(),
            status,
            request.headers().first("user-agent").orElse(null));
    if (!waiting.offer(line)) {
      leftOut.incrementAndGet();
    }
  }

  private void write() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Line line = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (line != null) {
          streams.out(text(line));
        }
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
          streams.out(missing + " requests left out");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(Line line) {
    StringBuilder text = new StringBuilder("- - - [");
    DATE.formatTo(Instant.ofEpochMilli(line.millis()), text);
    text.append("] \"").append(line.method()).append(' ');
    escape(text, line.path());
    if (!line.query().isEmpty()) {
      escape(text.append('?'), line.query());
    }
    text.append(" HTTP/1.1\" ").append(line.status()).append(" - \"-\" \"");
    escape(text, line.agent() == null ? "-" : line.agent());
    return text.append('"').toString();
  }

  /** What a client sent must not look like the end of a field. */
  private static void escape(StringBuilder text, String sent) {
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else {
        text.append(c < ' ' || c == 0x7f ? '?' : c);
      }
    }
  }

  /** Writes what is waiting, unless that takes too long. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
