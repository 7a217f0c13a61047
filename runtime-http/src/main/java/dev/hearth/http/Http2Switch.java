package dev.hearth.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** Hands a connection over from HTTP/1 to HTTP/2. Loads none of its classes before one is. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the channel
final class Http2Switch {

  private static final byte[] SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private Http2Switch() {}

  /** Whether a request asks for it and can be the first stream: it has no body. */
  static boolean isAskedFor(RequestHead request) {
    return !request.hasBody()
        && !request.http10()
        && request.headers().first("upgrade").orElse("").strip().equalsIgnoreCase("h2c")
        && request.headers().all("http2-settings").size() == 1
        && isListed(request, "upgrade")
        && isListed(request, "http2-settings");
  }

  private static boolean isListed(RequestHead request, String header) {
    for (String line : request.headers().all("connection")) {
      if (RequestHead.hasToken(line, header)) {
        return true;
      }
    }
    return false;
  }

  /** Begins with the preface that has arrived; false if it cannot be. */
  static boolean begin(
      ChannelHandlerContext ctx, HttpServer server, Connection from, StrictRequestDecoder decoder) {
    Channel channel = ctx.channel();
    ChannelPipeline pipeline = channel.pipeline();
    ChannelHandlerContext before = pipeline.context(decoder);
    try {
      server.replaced(from, Http2Start.on(channel, server, before));
    } catch (Exception e) {
      return failed(channel, e);
    }
    pipeline.remove(from);
    before.fireChannelRead(Unpooled.wrappedBuffer(Http2Preface.bytes()));
    pipeline.remove(decoder); // which passes on what is behind the preface
    return true;
  }

  /** Answers the request on the first stream; false, with nothing done, if the client's settings are none. */
  static boolean upgrade(
      Channel channel,
      HttpServer server,
      Connection from,
      StrictRequestDecoder decoder,
      RequestHead request) {
    var settings = Http2Start.settings(request.headers().first("http2-settings").orElse(""));
    if (settings == null) {
      return false;
    }
    ChannelPipeline pipeline = channel.pipeline();
    channel.writeAndFlush(Unpooled.wrappedBuffer(SWITCHING));
    decoder.discard();
    try {
      ChannelHandlerContext before = pipeline.context(decoder);
      server.replaced(from, Http2Start.upgrade(channel, server, before, settings, request));
    } catch (Exception e) {
      failed(channel, e);
      return true;
    }
    pipeline.remove(from);
    pipeline.remove(decoder);
    return true;
  }

  private static boolean failed(Channel channel, Exception e) {
    LoggerFactory.getLogger(Http2Switch.class).warn("cannot turn {} to HTTP/2", channel, e);
    channel.close();
    return false;
  }
}
