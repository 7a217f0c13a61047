package dev.hearth.http;

import io.netty.buffer.ByteBuf;

/**
 * Looks through the head of a request before it is parsed, so that only a whole, well-formed and not too big head
 * ever reaches the parser.
 *
 * <p>Sees what a parser's result no longer shows: line ends without CR, folded lines, blanks that separate more than
 * they should. Each byte is looked at once, however the head arrives. It remembers offsets from the reader index,
 * which does not move until the head is complete; one event loop only.
 */
final class HeadScan {

  private static final int LONGEST_METHOD = 32;
  private static final String VERSION = "HTTP/1.1";

  private enum Part {
    START,
    METHOD,
    TARGET,
    VERSION,
    LINE_END,
    HEADERS
  }

  private final HttpLimits limits;
  private Part part = Part.START;
  private int offset; // bytes of the head seen
  private int partStart;
  private int emptyBytes; // of empty lines before the request line
  private int lineStart;
  private int lines;
  private char major;

  HeadScan(HttpLimits limits) {
    this.limits = limits;
  }

  /** Forgets the head that was completed. */
  void reset() {
    part = Part.START;
    offset = 0;
    partStart = 0;
    emptyBytes = 0;
    lines = 0;
  }

  /** Whether nothing of a head has been seen. */
  boolean isAtStart() {
    return part == Part.START && emptyBytes == 0;
  }

  /**
   * Goes on with what has arrived; drops empty lines before the request line.
   *
   * @return whether the head is complete
   * @throws Refusal if it can never be a head that is served
   */
  boolean complete(ByteBuf in) throws Refusal {
    if (part == Part.START && !skipEmptyLines(in)) {
      return false;
    }
    if (part != Part.HEADERS && !requestLine(in)) {
      return false;
    }
    return headerLines(in);
  }

  private boolean skipEmptyLines(ByteBuf in) throws Refusal {
    while (in.isReadable()) {
      byte first = in.getByte(in.readerIndex());
      if (first != '\r') {
        part = Part.METHOD;
        return true;
      }
      if (in.readableBytes() < 2) {
        return false;
      }
      if (in.getByte(in.readerIndex() + 1) != '\n') {
        throw new Refusal(400, "bare CR before the request line");
      }
      in.skipBytes(2);
      emptyBytes += 2;
      if (emptyBytes > limits.requestLineBytes()) {
        throw new Refusal(400, "nothing but empty lines");
      }
    }
    return false;
  }

  private boolean requestLine(ByteBuf in) throws Refusal {
    int from = in.readerIndex();
    int readable = in.readableBytes();
    while (offset < readable) {
      if (offset > limits.requestLineBytes()) {
        throw new Refusal(414, "request line over " + limits.requestLineBytes() + " bytes");
      }
      byte b = in.getByte(from + offset++);
      switch (part) {
        case METHOD -> method(b);
        case TARGET -> target(b);
        case VERSION -> version(b);
        default -> {
          endLine(b);
          return true;
        }
      }
    }
    return false;
  }

  private void method(byte b) throws Refusal {
    if (b == ' ' && offset > 1) {
      startPart(Part.TARGET);
    } else if (!Ascii.isToken(b) || offset > LONGEST_METHOD) {
      throw new Refusal(400, "malformed method");
    }
  }

  private void target(byte b) throws Refusal {
    if (b == ' ' && offset - 1 > partStart) {
      startPart(Part.VERSION);
    } else if (b <= ' ' || b == 0x7f || b == '#') { // bytes over 0x7f are negative
      throw new Refusal(400, "malformed request target");
    }
  }

  private void version(byte b) throws Refusal {
    int at = offset - 1 - partStart;
    if (b == '\r' && at == VERSION.length()) {
      if (major != '1') {
        throw new Refusal(505, "HTTP/" + major + " is not spoken here; use HTTP/1.1");
      }
      part = Part.LINE_END;
      return;
    }
    boolean digit = b >= '0' && b <= '9';
    if (at == 5 && digit) {
      major = (char) b;
    } else if (!(at == 7 && digit)
        && (at >= VERSION.length() || at == 5 || b != VERSION.charAt(at))) {
      throw new Refusal(400, "malformed HTTP version");
    }
  }

  private void endLine(byte b) throws Refusal {
    if (b != '\n') {
      throw new Refusal(400, "bare CR in the request line");
    }
    part = Part.HEADERS;
    partStart = offset;
    lineStart = offset;
  }

  private void startPart(Part next) {
    part = next;
    partStart = offset;
  }

  private boolean headerLines(ByteBuf in) throws Refusal {
    int from = in.readerIndex();
    int end = from + in.readableBytes();
    while (true) {
      int lf = in.indexOf(from + offset, end, (byte) '\n');
      int seen = (lf < 0 ? end : lf + 1) - from;
      if (seen - partStart > limits.headerBytes()) {
        throw new Refusal(431, "headers over " + limits.headerBytes() + " bytes");
      }
      offset = seen;
      if (lf < 0) {
        return false;
      }
      if (seen - 2 < lineStart || in.getByte(lf - 1) != '\r') {
        throw new Refusal(400, "header line ends with a bare LF");
      }
      if (seen - 2 == lineStart) {
        return true;
      }
      headerLine(in.getByte(from + lineStart));
      lineStart = seen;
    }
  }

  private void headerLine(byte first) throws Refusal {
    if (first == ' ' || first == '\t') {
      throw new Refusal(400, "folded or indented header line");
    }
    if (++lines > limits.headerCount()) {
      throw new Refusal(431, "more than " + limits.headerCount() + " header lines");
    }
  }
}
