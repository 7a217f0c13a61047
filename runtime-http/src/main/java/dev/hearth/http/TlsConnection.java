package dev.hearth.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.LoggerFactory;

/** A client's connection until its handshake is over; then it is one of HTTP/1 or HTTP/2, as both agreed. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the channel
final class TlsConnection extends ChannelInboundHandlerAdapter implements OpenConnection {

  private final HttpServer server;
  private final Channel channel;

  TlsConnection(HttpServer server, Channel channel) {
    this.server = server;
    this.channel = channel;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (server.opened(this)) {
      ctx.read();
    } else {
      channel.close(); // nothing can be told before the handshake
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    server.closed(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Http2Exception {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        agreed(ctx.pipeline());
      } else {
        channel.close();
      }
    }
  }

  private void agreed(ChannelPipeline pipeline) throws Http2Exception {
    String protocol = pipeline.get(SslHandler.class).applicationProtocol();
    if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
      server.replaced(this, Http2Start.on(channel, server, null));
    } else {
      StrictRequestDecoder decoder = new StrictRequestDecoder(server.limits(), false);
      Connection connection = new Connection(server, channel, decoder, true);
      pipeline.addLast(decoder, connection);
      server.replaced(this, connection);
      connection.begin();
    }
    pipeline.remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LoggerFactory.getLogger(TlsConnection.class).debug("no handshake with {}", channel, cause);
    channel.close();
  }

  @Override
  public void drain() {
    close("the server is closing");
  }

  @Override
  public void close(String reason) {
    try {
      channel.eventLoop().execute(channel::close);
    } catch (RejectedExecutionException e) {
      channel.close(); // the server has stopped its loops
    }
  }
}
