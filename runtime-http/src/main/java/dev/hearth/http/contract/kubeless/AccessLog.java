package dev.hearth.http.contract.kubeless;

import dev.hearth.function.Request;
import dev.hearth.http.contract.LineWriter;
import dev.hearth.http.contract.Streams;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line on standard output for each request, in Apache's common format without what is not known. Thread-safe. */
final class AccessLog implements AutoCloseable {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final LineWriter writer;

  private record Line(
      long millis, String method, String path, String query, int status, @Nullable String agent)
      implements LineWriter.Line {
    @Override
    public String text() {
      return AccessLog.text(this);
    }
  }

  AccessLog(Streams streams) {
    writer = new LineWriter("hearth-access-log", streams::out);
  }

  /** Starts to write. */
  void open() {
    writer.open();
  }

  /** Notes a request that is being answered. */
  void answered(Request request, int status) {
    writer.add(
        new Line(
            System.currentTimeMillis(),
            request.method(),
            request.path(),
            request.query(),
            status,
            request.headers().first("user-agent").orElse(null)));
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
    writer.close();
  }
}
