package dev.hearth.http.contract.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one reply from a connection, by RFC 9112 and no more leniently: whoever sends something else is no Runtime API.
 * Used once.
 */
final class ReplyReader {

  private static final int HEAD_BYTES = 256 << 10;
  private static final int HEADER_LINES = 200;
  private static final int INTERIM = 10;
  private static final int CHUNK_LINE_BYTES = 1024;

  private final ApiConnection connection;
  private final ReplyLines lines;
  private boolean keepAlive = true;
  private boolean http10;

  ReplyReader(ApiConnection connection, ApiBounds bounds) {
    this.connection = connection;
    this.lines = new ReplyLines(connection, bounds.stallNanos());
  }

  /**
   * Reads a reply.
   *
   * @param firstNanos how long its first byte may take
   * @param idle whether the wait for it can be ended by {@link ApiConnection#stopIdle}
   * @param bodyBytes the most its body may have
   */
  Reply read(long firstNanos, boolean idle, int bodyBytes) throws IOException {
    int first = connection.read(firstNanos, idle);
    if (first < 0) {
      throw new ApiException(connection + ": closed the connection without a reply", null, true);
    }
    lines.allow(HEAD_BYTES);
    String line = lines.from(first);
    for (int i = 0; i < INTERIM; i++) {
      int status = status(line);
      List<String> headers = headers();
      if (status >= 200) {
        keepAlive &= !hasToken(headers, "connection", "close");
        return new Reply(status, headers, body(status, headers, bodyBytes));
      }
      if (status == 101) {
        throw nonsense("it switched protocols unasked");
      }
      line = lines.next();
    }
    throw nonsense("more than " + INTERIM + " interim replies");
  }

  /** Whether the connection can take another request after the reply. */
  boolean keepsAlive() {
    return keepAlive;
  }

  private int status(String line) throws ApiException {
    boolean http = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    char minor = http ? line.charAt(7) : ' ';
    boolean ended = line.length() == 12 || (line.length() > 12 && line.charAt(12) == ' ');
    int status = http && ended ? number(line, 9, 12, 999) : -1;
    if (status < 100 || (minor != '0' && minor != '1')) {
      throw nonsense("no status line of HTTP/1.1 but " + ReplyLines.shown(line));
    }
    http10 = minor == '0';
    keepAlive &= !http10;
    return status;
  }

  private List<String> headers() throws IOException {
    List<String> headers = new ArrayList<>(24);
    for (String text = lines.next(); !text.isEmpty(); text = lines.next()) {
      if (headers.size() >= 2 * HEADER_LINES) {
        throw nonsense("more than " + HEADER_LINES + " header lines");
      }
      int colon = text.indexOf(':');
      if (colon < 1 || !isToken(text, colon)) {
        throw nonsense("no header line but " + ReplyLines.shown(text));
      }
      headers.add(text.substring(0, colon).toLowerCase(Locale.ROOT));
      headers.add(value(text, colon + 1));
    }
    return headers;
  }

  private static boolean isToken(String text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  private String value(String text, int from) throws ApiException {
    int begin = from;
    int end = text.length();
    while (begin < end && isBlank(text.charAt(begin))) {
      begin++;
    }
    while (end > begin && isBlank(text.charAt(end - 1))) {
      end--;
    }
    for (int i = begin; i < end; i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        throw nonsense("a control character in header line " + ReplyLines.shown(text));
      }
    }
    return text.substring(begin, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private byte[] body(int status, List<String> headers, int limit) throws IOException {
    String coding = only(headers, "transfer-encoding");
    String length = only(headers, "content-length");
    if (coding != null) {
      if (length != null || !coding.equalsIgnoreCase("chunked") || http10) {
        throw nonsense("a body framed by Transfer-Encoding '" + coding + "' and something else");
      }
      return chunked(limit);
    }
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (length == null) {
      keepAlive = false;
      return untilEnd(limit);
    }
    return fixed(number(length, 0, length.length(), limit), limit, length);
  }

  private byte[] fixed(int length, int limit, String said) throws IOException {
    if (length < 0) {
      throw nonsense(
          "a body of Content-Length "
              + ReplyLines.shown(said)
              + ", which is not a number within 0 to "
              + limit);
    }
    byte[] body = new byte[length];
    int done = 0;
    while (done < length) {
      done += readSome(body, done, length - done);
    }
    return body;
  }

  private int readSome(byte[] into, int from, int length) throws IOException {
    int count = connection.read(into, from, length);
    if (count < 0) {
      throw nonsense("a body that ends before its length");
    }
    return count;
  }

  private byte[] untilEnd(int limit) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    int count = connection.read(part, 0, part.length);
    while (count >= 0) {
      requireRoom(body.size(), count, limit);
      body.write(part, 0, count);
      count = connection.read(part, 0, part.length);
    }
    return body.toByteArray();
  }

  private byte[] chunked(int limit) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    while (true) {
      lines.allow(CHUNK_LINE_BYTES);
      int size = chunkSize(lines.next());
      if (size == 0) {
        lines.allow(HEAD_BYTES);
        headers(); // trailers, of which none means anything here
        return body.toByteArray();
      }
      requireRoom(body.size(), size, limit);
      for (int missing = size; missing > 0; ) {
        int count = readSome(part, 0, Math.min(missing, part.length));
        body.write(part, 0, count);
        missing -= count;
      }
      if (!lines.next().isEmpty()) {
        throw nonsense("a chunk longer than its size");
      }
    }
  }

  private int chunkSize(String line) throws ApiException {
    int end = line.indexOf(';');
    int digits = end < 0 ? line.length() : end;
    int size = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(line.charAt(i), 16);
      if (digit < 0 || line.charAt(i) > 'f' || digits > 7) {
        throw nonsense("no chunk size but " + ReplyLines.shown(line));
      }
      size = size * 16 + digit;
    }
    if (digits == 0) {
      throw nonsense("no chunk size but " + ReplyLines.shown(line));
    }
    return size;
  }

  private void requireRoom(int held, int more, int limit) throws ApiException {
    if (more > limit - held) {
      throw nonsense("a body of more than " + limit + " bytes");
    }
  }

  /** The value of a header that may be there once; the same twice is once. */
  private @Nullable String only(List<String> headers, String name) throws ApiException {
    String found = null;
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equals(name)) {
        String value = headers.get(i + 1);
        if (found != null && !found.equals(value)) {
          throw nonsense("two of header " + name);
        }
        found = value;
      }
    }
    return found;
  }

  private static boolean hasToken(List<String> headers, String name, String token) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equals(name)
          && headers.get(i + 1).toLowerCase(Locale.ROOT).contains(token)) {
        return true;
      }
    }
    return false;
  }

  /** A number of digits alone, or -1. */
  private static int number(String text, int from, int to, int most) {
    long number = from == to ? -1 : 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || to - from > 18) {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number > most ? -1 : (int) number;
  }

  private ApiException nonsense(String what) {
    return lines.nonsense(what);
  }
}
