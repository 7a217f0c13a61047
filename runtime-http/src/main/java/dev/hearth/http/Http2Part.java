package dev.hearth.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer on its way to a stream.
 *
 * @param headers the head, in the first part
 * @param data null for none
 * @param last whether nothing follows
 */
record Http2Part(@Nullable Http2Headers headers, @Nullable ByteBuf data, boolean last) {

  /** Gives back the data of a part that is not sent. */
  void discard() {
    ReferenceCounted held = data;
    if (held != null) {
      ReferenceCountUtil.release(held);
    }
  }
}
