package dev.hearth.http;

import dev.hearth.http.ConnectionDeadline.Expiring;
import dev.hearth.http.ConnectionDeadline.Wait;
import dev.hearth.http.contract.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One stream of HTTP/2, which carries one exchange. Everything runs on the event loop of its connection, except where {@link
 * Carrier} says "any thread".
 *
 * <p>The stream's channel ends by itself when both sides have sent their last frame, and with its connection. A request that
 * is malformed is answered with a reset, as RFC 9113 wants it, one that is not served with a status.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the channel
final class Http2Exchange extends ChannelDuplexHandler
    implements Carrier, ChannelFutureListener, Expiring {

  private final HttpServer server;
  private final Http2Session session;
  private final Channel channel;
  private final Wire wire;
  private final Framing framing;
  private final ConnectionDeadline deadline;
  private @Nullable ServerExchange exchange;
  private boolean inputEnded;
  private boolean answered; // its last frame is on its way

  Http2Exchange(HttpServer server, Http2Session session, Channel channel) {
    this.server = server;
    this.session = session;
    this.channel = channel;
    this.wire = new Wire(channel);
    this.framing = new Http2Framing(wire);
    this.deadline = new ConnectionDeadline(channel.eventLoop(), this);
  }

  // From the network.

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    session.opened(this);
    wire.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.close();
    abort("the client left");
    session.closed(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    try {
      if (frame instanceof Http2HeadersFrame headers) {
        inputEnded |= headers.isEndStream();
        headers(headers);
      } else if (frame instanceof Http2DataFrame data) {
        inputEnded |= data.isEndStream();
        data(data.content());
      }
    } catch (Refusal refusal) {
      refuse(refusal);
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private void headers(Http2HeadersFrame frame) throws Refusal {
    if (exchange == null && !answered) {
      RequestHead head = Http2Head.check(frame.headers(), inputEnded, server.limits());
      ServerExchange begun = new ServerExchange(server, this, head);
      exchange = begun;
      begun.begin();
    } else if (!inputEnded) {
      throw new Refusal(400, "headers in the middle of a body");
    } else {
      Http2Head.checkTrailers(frame.headers(), server.limits());
    }
    endIfEnded();
  }

  private void data(ByteBuf part) throws Refusal {
    ServerExchange current = exchange;
    if (current != null && !answered) {
      current.content(part);
      endIfEnded();
    }
  }

  private void endIfEnded() throws Refusal {
    ServerExchange current = exchange;
    if (inputEnded && current != null && !answered) {
      current.body().requireWhole();
      if (deadline.waitsFor() == Wait.BODY) {
        deadline.clear();
      }
      current.contentEnded();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readOn();
  }

  @Override
  public void readOn() {
    ServerExchange current = exchange;
    if (!inputEnded && (current == null || !current.body().isPaused())) {
      wire.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ServerExchange current = exchange;
    if (current != null) {
      current.response().writabilityChanged();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LoggerFactory.getLogger(Http2Exchange.class).debug("stream {} failed", channel, cause);
    abort("the stream failed");
    answered = true;
    reset(cause instanceof Http2Exception e ? e.error() : Http2Error.INTERNAL_ERROR);
  }

  /** Parts of an answer become frames. */
  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof Http2Part part)) {
      ctx.write(message, promise);
      return;
    }
    Http2Headers headers = part.headers();
    ByteBuf data = part.data();
    boolean headersOnly = data == null && headers != null;
    if (headers != null) {
      DefaultHttp2HeadersFrame frame =
          new DefaultHttp2HeadersFrame(headers, headersOnly && part.last());
      ctx.write(frame, headersOnly ? promise : ctx.newPromise());
    }
    if (!headersOnly) {
      ctx.write(
          new DefaultHttp2DataFrame(data == null ? Unpooled.EMPTY_BUFFER : data, part.last()),
          promise);
    }
  }

  // From the clock.

  @Override
  public void awaitBody() {
    deadline.set(Wait.BODY, server.limits().bodyGrace().toNanos());
  }

  @Override
  public void expired(Wait missed) {
    ServerExchange current = exchange;
    if (missed == Wait.WRITE) {
      cut("the client took nothing of its answer in time");
    } else if (missed == Wait.BODY && current != null) {
      long left = current.body().nanosUntilLate();
      if (left > 0) {
        deadline.set(Wait.BODY, left);
      } else {
        refuse(new Refusal(408, "the request body comes too slowly"));
      }
    }
  }

  // From the exchange.

  @Override
  public void inform() {
    Http2Headers leave = new DefaultHttp2Headers(false).status("100");
    wire.send(new Http2Part(leave, null, false));
  }

  @Override
  public void bodyDropped() {
    // The stream ends by itself.
  }

  @Override
  public void finish(ServerExchange finished, Object last, int bytes, boolean keepAlive) {
    if (answered) {
      ((Http2Part) last).discard();
      return;
    }
    write(last, bytes);
  }

  private void write(Object last, int bytes) {
    answered = true;
    if (wire.send(last, this)) {
      written();
    } else {
      deadline.set(Wait.WRITE, Connection.writeLimit(writeStallNanos(), bytes));
    }
  }

  /** The last frame of the answer is gone, or the stream is. */
  @Override
  public void operationComplete(ChannelFuture sent) {
    written();
  }

  /** Has a client stop that still sends a body (RFC 9113, section 8.1). */
  private void written() {
    deadline.clear();
    if (!inputEnded && channel.isActive()) {
      reset(Http2Error.NO_ERROR);
    }
  }

  private void refuse(Refusal refusal) {
    ServerExchange current = exchange;
    boolean untold = current == null ? !answered : current.refused(refusal);
    if (!untold) {
      cut(refusal.getMessage());
    } else if (refusal.status() == 400) {
      answered = true;
      reset(Http2Error.PROTOCOL_ERROR);
    } else {
      boolean toHead = current != null && current.request().method().equals("HEAD");
      refuse(Answer.text(refusal.status(), refusal.getMessage() + "\n"), toHead);
    }
  }

  private void refuse(Answer answer, boolean toHead) {
    Http2Headers headers =
        new DefaultHttp2Headers(false)
            .status(Integer.toString(answer.status()))
            .add("content-type", "text/plain; charset=utf-8")
            .addInt("content-length", answer.body().length);
    if (answer.status() == 405) {
      headers.add("allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }
    ByteBuf body = toHead ? null : Unpooled.wrappedBuffer(answer.body());
    write(new Http2Part(headers, body, true), answer.body().length);
  }

  private void reset(Http2Error error) {
    channel.writeAndFlush(new DefaultHttp2ResetFrame(error));
    channel.close();
  }

  private void abort(String reason) {
    ServerExchange current = exchange;
    if (current != null) {
      current.abort(reason);
    }
  }

  // Any thread.

  @Override
  public Wire wire() {
    return wire;
  }

  @Override
  public Framing framing() {
    return framing;
  }

  @Override
  public boolean mayKeepAlive(RequestHead request) {
    return true; // the connection is the session's
  }

  @Override
  public long writeStallNanos() {
    return server.limits().writeStall().toNanos();
  }

  /** A stream that ends early is reset, whether its answer has begun or not. */
  @Override
  public void close(String reason) {
    cut(reason);
  }

  @Override
  public void cut(String reason) {
    wire.execute(
        () -> {
          abort(reason);
          answered = true;
          reset(Http2Error.INTERNAL_ERROR);
        });
  }
}
