package dev.hearth.http;

import io.netty.buffer.ByteBuf;

/**
 * Reads the size of each chunk before the parser does, so that one that is too long is refused when it is announced
 * and not when it has been sent. Refuses an extension without a name as well, and leaves everything else about it to
 * the parser. Event loop only.
 */
final class ChunkScan {

  private static final int LONGEST_SIZE = 64; // digits, leading zeros included

  private final long limit;
  private long announced;
  private long left; // of the present chunk
  private boolean last;

  /**
   * @param limit the most bytes of the whole body
   */
  ChunkScan(long limit) {
    this.limit = limit;
  }

  /** Begins a body. */
  void reset() {
    announced = 0;
    left = 0;
    last = false;
  }

  /** Says that so many bytes of the body came out of the parser. */
  void passed(int bytes) {
    left -= bytes;
  }

  /**
   * Looks at the next chunk's size, if that is what the bytes begin with.
   *
   * @throws Refusal if the body gets too long by it, or has more digits than any size needs
   */
  void look(ByteBuf in) throws Refusal {
    if (left > 0 || last) {
      return;
    }
    int at = in.readerIndex();
    if (announced > 0) {
      at += 2; // the line end behind the chunk before, unless the parser has taken it
      if (in.readableBytes() < 2) {
        return;
      }
      if (in.getByte(in.readerIndex()) != '\r') {
        at -= 2;
      }
    }
    size(in, at);
  }

  private void size(ByteBuf in, int from) throws Refusal {
    long size = 0;
    int at = from;
    int digit = 0;
    while (at < in.writerIndex()
        && (digit = Character.digit((char) (in.getByte(at) & 0xff), 16)) >= 0) {
      size = Math.min(size * 16 + digit, Integer.MAX_VALUE);
      if (++at - from > LONGEST_SIZE) {
        throw new Refusal(400, "malformed chunk size");
      }
    }
    if (at == in.writerIndex() || at == from || !hasExtensionName(in, at)) {
      return; // not all there yet, or no size at all
    }
    if (size > limit - announced) {
      throw RequestHead.tooLarge(limit);
    }
    announced += size;
    left = size;
    last = size == 0;
  }

  /** Whether what may follow a semicolon does; false while it has not arrived. */
  private static boolean hasExtensionName(ByteBuf in, int at) throws Refusal {
    if (in.getByte(at) != ';') {
      return true;
    }
    if (at + 1 == in.writerIndex()) {
      return false;
    }
    byte first = in.getByte(at + 1);
    if (first != ' ' && first != '\t' && !Ascii.isToken(first)) {
      throw new Refusal(400, "chunk extension without a name");
    }
    return true;
  }
}
