package dev.hearth.http;

import dev.hearth.http.ConnectionDeadline.Expiring;
import dev.hearth.http.ConnectionDeadline.Wait;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.LoggerFactory;

/**
 * One client's connection that speaks HTTP/2: as long as it has streams they are what is waited for, afterwards it may be idle
 * for a while. Everything runs on the event loop, except where it says "any thread".
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the channel
final class Http2Session extends ChannelInboundHandlerAdapter implements OpenConnection, Expiring {

  private final HttpServer server;
  private final Channel channel;
  private final ConnectionDeadline deadline;
  private int streams;
  private boolean leaving; // GOAWAY is sent

  Http2Session(HttpServer server, Channel channel) {
    this.server = server;
    this.channel = channel;
    this.deadline = new ConnectionDeadline(channel.eventLoop(), this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    awaitRequest();
  }

  private void awaitRequest() {
    deadline.set(Wait.REQUEST, server.limits().idleTimeout().toNanos());
  }

  /** Counts a stream in. */
  void opened(Http2Exchange stream) {
    streams++;
    deadline.clear();
  }

  /** Counts a stream out. */
  void closed(Http2Exchange stream) {
    streams--;
    if (streams > 0) {
      return;
    }
    if (leaving) {
      channel.close();
    } else {
      awaitRequest();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.close();
    server.closed(this);
    ctx.fireChannelInactive();
  }

  /** What is left of frames that belong to no stream is of no interest. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    ReferenceCountUtil.release(frame);
  }

  /** Who stops sending can no longer say anything on any stream: it has left. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      channel.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LoggerFactory.getLogger(Http2Session.class).debug("connection {} failed", channel, cause);
    if (!(cause instanceof Http2Exception)) {
      channel.close(); // the codec itself ends what breaks the protocol, and says why
    }
  }

  @Override
  public void expired(Wait missed) {
    leave();
  }

  /** Takes no more streams, and closes when there is none. */
  private void leave() {
    if (!leaving) {
      leaving = true;
      channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }
    if (streams == 0) {
      channel.close();
    }
  }

  /** Any thread. */
  @Override
  public void drain() {
    execute(this::leave);
  }

  /** Any thread. */
  @Override
  public void close(String reason) {
    execute(channel::close);
  }

  private void execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      channel.close(); // the server has stopped its loops
    }
  }
}
