package dev.hearth.http;

import io.netty.buffer.ByteBuf;

/** Answers in HTTP/1, by hand into one buffer each. */
final class Http1Framing implements Framing {

  private final Wire wire;

  Http1Framing(Wire wire) {
    this.wire = wire;
  }

  @Override
  public ByteBuf whole(ResponseHead head, byte[] body, int length, boolean keepAlive) {
    ByteBuf out = wire.buffer(head.chars() + length);
    lines(out, head);
    if (head.hasLength()) {
      HeadWriter.line(out, "Content-Length", Integer.toString(head.status() == 205 ? 0 : length));
    }
    connection(out, head, keepAlive);
    return head.isBodyless() ? out : out.writeBytes(body, 0, length);
  }

  @Override
  public ByteBuf begin(ResponseHead head, byte[] part, int length, boolean keepAlive) {
    ByteBuf out = wire.buffer(head.chars() + length + 32);
    lines(out, head);
    if (head.hasLength() && !head.http10() && head.status() != 205) {
      HeadWriter.line(out, "Transfer-Encoding", "chunked");
    }
    connection(out, head, keepAlive);
    return chunk(out, head, part, length);
  }

  @Override
  public ByteBuf part(ResponseHead head, byte[] part, int length) {
    return chunk(wire.buffer(length + 32), head, part, length);
  }

  @Override
  public ByteBuf end(ResponseHead head, byte[] part, int length) {
    ByteBuf out = chunk(wire.buffer(length + 32), head, part, length);
    if (isChunked(head)) {
      HeadWriter.ascii(out, "0\r\n\r\n");
    }
    return out;
  }

  private static void lines(ByteBuf out, ResponseHead head) {
    HeadWriter.status(out, head.status());
    HeaderLines headers = head.headers();
    for (int i = 0; i < headers.size(); i++) {
      HeadWriter.line(out, headers.name(i), headers.value(i));
    }
    HeaderLines always = head.always();
    for (int i = 0; i < always.size(); i++) {
      if (!headers.contains(always.name(i))) {
        HeadWriter.line(out, always.name(i), always.value(i));
      }
    }
  }

  private static void connection(ByteBuf out, ResponseHead head, boolean keepAlive) {
    if (!keepAlive) {
      HeadWriter.line(out, "Connection", "close");
    } else if (head.http10()) {
      HeadWriter.line(out, "Connection", "keep-alive");
    }
    HeadWriter.end(out);
  }

  private static boolean isChunked(ResponseHead head) {
    return !head.http10() && !head.isBodyless();
  }

  private static ByteBuf chunk(ByteBuf out, ResponseHead head, byte[] part, int length) {
    if (length == 0 || head.isBodyless()) {
      return out;
    }
    boolean chunked = isChunked(head);
    if (chunked) {
      HeadWriter.ascii(out, Integer.toHexString(length));
      HeadWriter.end(out);
    }
    out.writeBytes(part, 0, length);
    if (chunked) {
      HeadWriter.end(out);
    }
    return out;
  }
}
