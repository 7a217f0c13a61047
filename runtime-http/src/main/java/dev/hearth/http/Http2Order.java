package dev.hearth.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells frames that come too late by mistake from those that were on their way when the server reset their stream (RFC 9113,
 * section 5.1). Netty keeps nothing about streams that are gone, and gives both the milder answer.
 */
final class Http2Order extends DecoratingHttp2ConnectionDecoder {

  private static final int REMEMBERED = 256; // resets; more are not sent within a window

  private final Http2Connection connection;
  private final Http2Connection.PropertyKey ended;
  private final int[] reset = new int[REMEMBERED];
  private int resets;
  private int streams; // opened by the client

  Http2Order(Http2ConnectionDecoder decoder) {
    super(decoder);
    connection = decoder.connection();
    ended = connection.newKey();
    connection.addListener(new Streams());
  }

  @Override
  public void frameListener(Http2FrameListener listener) {
    super.frameListener(new Ends(listener));
  }

  @Override
  public void decodeFrame(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Http2Exception {
    try {
      super.decodeFrame(ctx, in, out);
    } catch (Http2Exception.StreamException e) {
      throw judged(e);
    }
  }

  private Http2Exception judged(Http2Exception.StreamException e) {
    Http2Stream stream = connection.stream(e.streamId());
    if (stream != null) {
      return stream.getProperty(ended) == null || e.error() != Http2Error.PROTOCOL_ERROR
          ? e
          : Http2Exception.streamError(
              e.streamId(),
              Http2Error.STREAM_CLOSED,
              "a frame behind the last of stream %d",
              e.streamId());
    }
    if (e.error() != Http2Error.STREAM_CLOSED || wasReset(e.streamId())) {
      return e;
    }
    // Where the client left out no number, the stream has existed.
    boolean existed = connection.remote().lastStreamCreated() == 2 * streams - 1;
    return Http2Exception.connectionError(
        existed ? Http2Error.STREAM_CLOSED : Http2Error.PROTOCOL_ERROR,
        "a frame for stream %d, which is gone",
        e.streamId());
  }

  private boolean wasReset(int streamId) {
    for (int i = 0; i < Math.min(resets, REMEMBERED); i++) {
      if (reset[i] == streamId) {
        return true;
      }
    }
    return false;
  }

  private final class Streams extends Http2ConnectionAdapter {
    @Override
    public void onStreamAdded(Http2Stream stream) {
      streams++;
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
      if (stream.isResetSent()) {
        reset[resets++ % REMEMBERED] = stream.id();
      }
    }
  }

  /** Notes which streams the client has ended. */
  private final class Ends extends Http2FrameListenerDecorator {
    Ends(Http2FrameListener listener) {
      super(listener);
    }

    private void note(int streamId, boolean end) {
      @Nullable Http2Stream stream = end ? connection.stream(streamId) : null;
      if (stream != null) {
        stream.setProperty(ended, Boolean.TRUE);
      }
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean end)
        throws Http2Exception {
      note(streamId, end);
      return super.onDataRead(ctx, streamId, data, padding, end);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
        throws Http2Exception {
      note(streamId, end);
      super.onHeadersRead(ctx, streamId, headers, padding, end);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int streamId,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean end)
        throws Http2Exception {
      note(streamId, end);
      super.onHeadersRead(ctx, streamId, headers, dependency, weight, exclusive, padding, end);
    }
  }
}
