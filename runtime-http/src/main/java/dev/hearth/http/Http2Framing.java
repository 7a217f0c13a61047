package dev.hearth.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers in HTTP/2 (RFC 9113, section 8.1). Headers that are about connections never get this far. */
final class Http2Framing implements Framing {

  private final Wire wire;

  Http2Framing(Wire wire) {
    this.wire = wire;
  }

  @Override
  public Http2Part whole(ResponseHead head, byte[] body, int length, boolean keepAlive) {
    Http2Headers lines = lines(head);
    if (head.hasLength()) {
      lines.addInt("content-length", head.status() == 205 ? 0 : length);
    }
    return new Http2Part(lines, data(head, body, length), true);
  }

  @Override
  public Http2Part begin(ResponseHead head, byte[] part, int length, boolean keepAlive) {
    return new Http2Part(lines(head), data(head, part, length), false);
  }

  @Override
  public Http2Part part(ResponseHead head, byte[] part, int length) {
    return new Http2Part(null, data(head, part, length), false);
  }

  @Override
  public Http2Part end(ResponseHead head, byte[] part, int length) {
    return new Http2Part(null, data(head, part, length), true);
  }

  private static Http2Headers lines(ResponseHead head) {
    Http2Headers lines = new DefaultHttp2Headers(false).status(Integer.toString(head.status()));
    HeaderLines headers = head.headers();
    for (int i = 0; i < headers.size(); i++) {
      lines.add(headers.name(i).toLowerCase(Locale.ROOT), headers.value(i));
    }
    HeaderLines always = head.always();
    for (int i = 0; i < always.size(); i++) {
      if (!headers.contains(always.name(i))) {
        lines.add(always.name(i).toLowerCase(Locale.ROOT), always.value(i));
      }
    }
    return lines;
  }

  private @Nullable ByteBuf data(ResponseHead head, byte[] part, int length) {
    return length == 0 || head.isBodyless()
        ? null
        : wire.buffer(length).writeBytes(part, 0, length);
  }
}
