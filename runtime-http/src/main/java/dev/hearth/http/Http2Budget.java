package dev.hearth.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections whose client sends more frames than any purpose needs that cost the sender nothing: PING, SETTINGS, PRIORITY,
 * and those of unknown types. Resets, empty DATA and CONTINUATION have limits of Netty's own.
 */
final class Http2Budget extends DecoratingHttp2ConnectionDecoder {

  /** So many of them in each window. */
  static final int FRAMES = 2000;

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private long windowStart = System.nanoTime();
  private int frames;

  Http2Budget(Http2ConnectionDecoder decoder) {
    super(decoder);
  }

  @Override
  public void frameListener(Http2FrameListener listener) {
    super.frameListener(new Counting(listener));
  }

  private void count(String type) throws Http2Exception {
    long now = System.nanoTime();
    if (now - windowStart > WINDOW_NANOS) {
      windowStart = now;
      frames = 0;
    }
    if (++frames > FRAMES) {
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "more than %d frames without use, last %s", FRAMES, type);
    }
  }

  private final class Counting extends Http2FrameListenerDecorator {
    Counting(Http2FrameListener listener) {
      super(listener);
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
      count("PING");
      super.onPingRead(ctx, data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
      count("PING");
      super.onPingAckRead(ctx, data);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
        throws Http2Exception {
      count("SETTINGS");
      super.onSettingsRead(ctx, settings);
    }

    @Override
    public void onPriorityRead(
        ChannelHandlerContext ctx, int streamId, int dependency, short weight, boolean exclusive)
        throws Http2Exception {
      count("PRIORITY");
      super.onPriorityRead(ctx, streamId, dependency, weight, exclusive);
    }

    @Override
    public void onUnknownFrame(
        ChannelHandlerContext ctx, byte type, int streamId, Http2Flags flags, ByteBuf payload)
        throws Http2Exception {
      count("an unknown one");
      super.onUnknownFrame(ctx, type, streamId, flags, payload);
    }
  }
}
