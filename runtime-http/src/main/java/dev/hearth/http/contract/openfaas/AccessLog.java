package dev.hearth.http.contract.openfaas;

import dev.hearth.function.Request;
import dev.hearth.http.contract.LineWriter;
import dev.hearth.http.contract.StatusText;
import dev.hearth.http.contract.Streams;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The watchdog's own lines on standard error, each behind date and time in UTC: one for each request, except those by which Kubernetes looks
 * after the container (of-watchdog, executor/http_runner.go). Thread-safe.
 */
final class AccessLog implements AutoCloseable {

  private static final String PROBES = "kube-probe";
  private static final int LONGEST_ID = 128;
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private final Streams streams;
  private final boolean withCallId;
  private final LineWriter writer;

  private record Line(
      long millis, String method, String uri, int status, long bytes, long nanos, String end)
      implements LineWriter.Line {
    @Override
    public String text() {
      String reason = status == WatchedRequest.UNANSWERED ? "No Answer" : StatusText.of(status);
      return stamped(
          millis,
          method
              + " "
              + uri
              + " - "
              + status
              + (reason.isEmpty() ? "" : " " + reason)
              + " - ContentLength: "
              + size(bytes)
              + " ("
              + Seconds.text(nanos, 4)
              + "s)"
              + end);
    }
  }

  /**
   * @param withCallId whether a line ends with the request's {@code X-Call-Id}
   */
  AccessLog(Streams streams, boolean withCallId) {
    this.streams = streams;
    this.withCallId = withCallId;
    writer = new LineWriter("hearth-openfaas-log", streams::err);
  }

  /** Starts to write. */
  void open() {
    writer.open();
  }

  /**
   * Notes a request that is being answered.
   *
   * @param bytes of the answer; -1 when that was not told
   * @param nanos until its head was sent
   */
  void answered(Request request, int status, long bytes, long nanos) {
    if (request.headers().first("user-agent").orElse("").startsWith(PROBES)) {
      return;
    }
    String query = request.query();
    writer.add(
        new Line(
            System.currentTimeMillis(),
            request.method(),
            query.isEmpty() ? request.path() : request.path() + "?" + query,
            status,
            bytes,
            nanos,
            withCallId ? " [" + callId(request) + "]" : ""));
  }

  private static String callId(Request request) {
    String id = request.headers().first("x-call-id").orElse("");
    return id.isEmpty() ? "none" : id.substring(0, Math.min(id.length(), LONGEST_ID));
  }

  /** Says something else, at once; may block. */
  void say(String text) {
    streams.err(stamped(System.currentTimeMillis(), text));
  }

  /** As Go's log package begins its lines. */
  private static String stamped(long millis, String text) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC);
    StringBuilder line = new StringBuilder(text.length() + 20).append(time.getYear());
    two(line.append('/'), time.getMonthValue());
    two(line.append('/'), time.getDayOfMonth());
    two(line.append(' '), time.getHour());
    two(line.append(':'), time.getMinute());
    two(line.append(':'), time.getSecond());
    return line.append(' ').append(text).toString();
  }

  private static void two(StringBuilder line, int number) {
    line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** Four digits and a decimal unit: {@code 13B}, {@code 1.234kB}. */
  static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1000 && unit < UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    BigDecimal rounded = new BigDecimal(size).round(new MathContext(4));
    String digits = rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    return digits + UNITS[unit];
  }

  @Override
  public void close() {
    writer.close();
  }
}
