package dev.hearth.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a connection to HTTP/2. The only way to its classes: none is loaded before the first connection speaks it. */
final class Http2Start {

  private static final String CODEC = "http2";
  private static final String STREAMS = "http2-streams";
  private static final int MOST_STREAMS = 100;
  private static final int CONNECTION_WINDOW =
      1 << 20; // so that one slow stream does not hold up the others
  private static final int RESETS = 200; // in each of these windows, in either direction
  private static final int RESET_WINDOW_SECONDS = 30;
  private static final int EMPTY_DATA_FRAMES = 2; // in a row
  private static final int SMALL_CONTINUATIONS = 16; // in a row
  private static final int QUEUED_CONTROL_FRAMES = 1000;

  private Http2Start() {}

  /**
   * Adds what speaks it behind a handler, or at the end.
   *
   * @param behind the handler whose last bytes it gets, or null
   * @return the session, which the server is yet to be told of
   */
  static Http2Session on(Channel channel, HttpServer server, @Nullable ChannelHandlerContext behind)
      throws Http2Exception {
    return add(channel, server, behind).session;
  }

  /**
   * The same for a client that asked for it with a request, which becomes the first stream.
   *
   * @param settings the client's, from {@link #settings}
   */
  static Http2Session upgrade(
      Channel channel,
      HttpServer server,
      ChannelHandlerContext behind,
      Http2Settings settings,
      RequestHead request)
      throws Http2Exception {
    Added added = add(channel, server, behind);
    added.codec.onHttpServerUpgrade(settings);
    added
        .codec
        .decoder()
        .frameListener()
        .onHeadersRead(
            channel.pipeline().context(added.codec),
            Http2CodecUtil.HTTP_UPGRADE_STREAM_ID,
            headers(request),
            0,
            true);
    return added.session;
  }

  private record Added(Http2FrameCodec codec, Http2Session session) {}

  private static Added add(
      Channel channel, HttpServer server, @Nullable ChannelHandlerContext behind)
      throws Http2Exception {
    Http2FrameCodec codec = new Builder(server.limits()).build();
    Http2Session session = new Http2Session(server, channel);
    codec.gracefulShutdownTimeoutMillis(0); // the session has waited already
    codec
        .connection()
        .remote()
        .maxActiveStreams(MOST_STREAMS); // from the first frame on, acknowledged or not
    Http2MultiplexHandler streams = new Http2MultiplexHandler(new Streams(server, session));
    ChannelPipeline pipeline = channel.pipeline();
    if (behind == null) {
      pipeline.addLast(codec, streams, session);
    } else {
      pipeline.addAfter(behind.name(), CODEC, codec);
      pipeline.addAfter(CODEC, STREAMS, streams);
      pipeline.addAfter(STREAMS, null, session);
    }
    Http2Connection connection = codec.connection();
    connection
        .local()
        .flowController()
        .incrementWindowSize(
            connection.connectionStream(), CONNECTION_WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
    channel
        .config()
        .setAutoRead(true); // what a stream does not want yet is held back by its window
    return new Added(codec, session);
  }

  /** The request of an upgrade as HTTP/2 has it. */
  private static Http2Headers headers(RequestHead request) {
    HttpHeaders from = request.headers().lines();
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    Http2Headers headers =
        new DefaultHttp2Headers(false)
            .method(request.method())
            .scheme("http")
            .path(request.path() + query);
    String host = from.get(HttpHeaderNames.HOST);
    if (host != null && !host.isEmpty()) {
      headers.authority(host);
    }
    for (Map.Entry<String, String> line : from) {
      String name = line.getKey().toLowerCase(Locale.ROOT);
      if (!Http2Head.isOfConnections(name) && !name.equals("host") && !name.equals("te")) {
        headers.add(name, line.getValue().strip());
      }
    }
    return headers;
  }

  /** The settings in the header {@code HTTP2-Settings} (RFC 7540, section 3.2.1); null if they are none. */
  static @Nullable Http2Settings settings(String header) {
    try {
      ByteBuffer payload = ByteBuffer.wrap(Base64.getUrlDecoder().decode(header));
      if (payload.remaining() % 6 != 0) {
        return null;
      }
      Http2Settings settings = new Http2Settings();
      while (payload.hasRemaining()) {
        settings.put(
            (char) (payload.getShort() & 0xffff), Long.valueOf(payload.getInt() & 0xffffffffL));
      }
      return settings;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Makes the channel of each stream. */
  private static final class Streams extends ChannelInitializer<Channel> {
    private final HttpServer server;
    private final Http2Session session;

    Streams(HttpServer server, Http2Session session) {
      this.server = server;
      this.session = session;
    }

    @Override
    protected void initChannel(Channel stream) {
      stream.config().setOption(ChannelOption.AUTO_READ, false);
      stream.pipeline().addLast(new Http2Exchange(server, session, stream));
    }
  }

  private static final class Builder extends Http2FrameCodecBuilder {
    Builder(HttpLimits limits) {
      server(true);
      initialSettings(
          Http2Settings.defaultSettings()
              .maxConcurrentStreams(MOST_STREAMS)
              .maxHeaderListSize(limits.headerBytes() + limits.requestLineBytes()));
      validateHeaders(true);
      encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL_FRAMES);
      decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS);
      encoderEnforceMaxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS);
      decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES);
      decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS);
    }

    @Override
    protected Http2FrameCodec build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return super.build(new Http2Budget(new Http2Order(decoder)), encoder, settings);
    }
  }
}
