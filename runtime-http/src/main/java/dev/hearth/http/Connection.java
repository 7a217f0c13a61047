package dev.hearth.http;

import dev.hearth.http.ConnectionDeadline.Expiring;
import dev.hearth.http.ConnectionDeadline.Wait;
import dev.hearth.http.contract.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: requests come in one at a time, answers go out in their order.
 *
 * <pre>
 * waiting -> exchange -> waiting ... -> lingering -> closed      every state may go straight to closed
 * </pre>
 *
 * Everything runs on the channel's event loop, except where it says "any thread". While an exchange is under way the
 * decoder holds back what follows; reading goes on up to a bound, because only a read tells that the client left.
 *
 * <p>A client that closes its sending side may have left, or may still wait for its answer: TCP does not say which. It
 * gets its answer. When that takes a while, interim answers are sent, which a waiting client skips (RFC 9110, section
 * 15.2) and the system of one that left refuses; then the call is cancelled.
 */
final class Connection extends ChannelInboundHandlerAdapter
    implements Carrier, OpenConnection, ChannelFutureListener, Expiring {

  private static final int MOST_HELD_BYTES = 16 << 10;
  private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long FIRST_PROBE_NANOS = Duration.ofMillis(250).toNanos();
  private static final int PROBES = 4;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpServer server;
  private final Channel channel;
  private final Wire wire;
  private final Framing framing;
  private final StrictRequestDecoder decoder;
  private final ConnectionDeadline deadline;
  private @Nullable ServerExchange current;
  private boolean inputClosed;
  private boolean lingering;
  private boolean keepAfterWrite;
  private boolean writing; // the last bytes of an answer are on their way
  private int probes;

  Connection(HttpServer server, Channel channel, StrictRequestDecoder decoder) {
    this(server, channel, decoder, false);
  }

  Connection(HttpServer server, Channel channel, StrictRequestDecoder decoder, boolean secured) {
    this.server = server;
    this.channel = channel;
    this.wire = new Wire(channel, secured);
    this.framing = new Http1Framing(wire);
    this.decoder = decoder;
    this.deadline = new ConnectionDeadline(channel.eventLoop(), this);
  }

  // From the network.

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (server.opened(this)) {
      begin();
    } else {
      refuse(new Refusal(503, "too many connections"));
    }
  }

  /** Waits for the first request. */
  void begin() {
    await(Wait.REQUEST);
    wire.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.close();
    decoder.discard();
    abort("the client left");
    server.closed(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (lingering || !wire.isOpen()) {
        return;
      }
      if (message == Http2Preface.WHOLE) {
        beginHttp2(ctx);
      } else if (message instanceof Refusal refusal) {
        refuse(refusal);
      } else if (message instanceof HttpRequest request) {
        head(request);
      } else if (message instanceof HttpContent content) {
        content(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(HttpRequest request) {
    deadline.clear();
    try {
      requireParsed(request.decoderResult());
      RequestHead head = RequestHead.check(request, server.limits());
      if (server.speaksHttp2() && Http2Switch.isAskedFor(head) && upgrade(head)) {
        return;
      }
      ServerExchange exchange = new ServerExchange(server, this, head);
      current = exchange;
      exchange.begin();
    } catch (Refusal refusal) {
      refuse(refusal);
    }
  }

  /** The client speaks HTTP/2: hands the connection over, with what has arrived. */
  private void beginHttp2(ChannelHandlerContext ctx) {
    if (!Http2Switch.begin(ctx, server, this, decoder)) {
      wire.close();
    }
    deadline.close();
  }

  private boolean upgrade(RequestHead head) {
    if (!Http2Switch.upgrade(channel, server, this, decoder, head)) {
      return false;
    }
    deadline.close();
    return true;
  }

  private void content(HttpContent content) {
    ServerExchange exchange = current;
    if (exchange == null) {
      return;
    }
    try {
      requireParsed(content.decoderResult());
      exchange.content(content.content());
      if (content instanceof LastHttpContent) {
        if (deadline.waitsFor() == Wait.BODY) {
          deadline.clear();
        }
        exchange.contentEnded();
      }
    } catch (Refusal refusal) {
      refuse(refusal);
    }
  }

  private static void requireParsed(DecoderResult result) throws Refusal {
    if (result.isFailure()) {
      throw new Refusal(400, "malformed request: " + Ascii.printable(result.cause().toString()));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (decoder.isInHead() && deadline.waitsFor() != Wait.HEAD) {
      await(Wait.HEAD);
    }
    readOn();
  }

  @Override
  public void readOn() {
    ServerExchange exchange = current;
    boolean enough =
        exchange != null
            && (exchange.body().isPaused() || decoder.heldBytes() > MOST_HELD_BYTES)
            && !lingering;
    if (!enough && !inputClosed) {
      wire.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputClosed = true;
      ServerExchange exchange = current;
      if (exchange == null || lingering) {
        if (!writing) {
          wire.close();
        }
      } else if (!exchange.body().isComplete()) {
        wire.close();
      } else if (!writing) {
        probes = 0;
        deadline.set(Wait.PROBE, FIRST_PROBE_NANOS);
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ServerExchange exchange = current;
    if (exchange != null) {
      exchange.response().writabilityChanged();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LoggerFactory.getLogger(Connection.class).warn("connection {} failed", channel, cause);
    }
    wire.close();
  }

  // From the clock.

  /** Waits for this as long as the limits allow. */
  private void await(Wait wait) {
    HttpLimits limits = server.limits();
    Duration limit =
        switch (wait) {
          case REQUEST -> limits.idleTimeout();
          case HEAD -> limits.headerTimeout();
          case BODY -> limits.bodyGrace();
          default -> limits.writeStall();
        };
    deadline.set(wait, limit.toNanos());
  }

  @Override
  public void awaitBody() {
    await(Wait.BODY);
  }

  @Override
  public void expired(Wait missed) {
    switch (missed) {
      case HEAD -> refuse(new Refusal(408, "no complete request head in time"));
      case BODY -> bodyIsLate();
      case WRITE -> cut("the client took nothing of its answer in time");
      case PROBE -> probe();
      default -> wire.close();
    }
  }

  private void bodyIsLate() {
    ServerExchange exchange = current;
    if (exchange == null) {
      return;
    }
    long left = exchange.body().nanosUntilLate();
    if (left > 0) {
      deadline.set(Wait.BODY, left);
    } else {
      refuse(new Refusal(408, "the request body comes too slowly"));
    }
  }

  private void probe() {
    ServerExchange exchange = current;
    if (exchange != null && exchange.mayInform() && probes < PROBES) {
      deadline.set(Wait.PROBE, FIRST_PROBE_NANOS << ++probes);
      inform();
    }
  }

  // From exchanges.

  @Override
  public void inform() {
    wire.send(Unpooled.wrappedBuffer(CONTINUE));
  }

  /** Then goes on to the next request, or ends the connection. */
  @Override
  public void finish(ServerExchange exchange, Object last, int bytes, boolean keepAlive) {
    if (exchange != current || lingering) {
      ReferenceCountUtil.release(last);
      return;
    }
    keepAfterWrite = keepAlive;
    write(last, bytes);
  }

  private void write(Object last, int bytes) {
    writing = true;
    if (wire.send(last, this)) {
      written();
    } else {
      deadline.set(Wait.WRITE, writeLimit(writeStallNanos(), bytes));
    }
  }

  /** How long a client may take for the last part of an answer: a stall for each begun MiB. */
  static long writeLimit(long stallNanos, int bytes) {
    return stallNanos * (1 + (bytes >> 20));
  }

  /** The last bytes of an answer are gone, or the channel is. */
  @Override
  public void operationComplete(ChannelFuture sent) {
    written();
  }

  private void written() {
    writing = false;
    ServerExchange exchange = current;
    if (!wire.isOpen()) {
      return;
    }
    if (exchange == null || !keepAfterWrite) {
      end(exchange);
    } else if (exchange.body().isComplete()) {
      next();
    } else {
      awaitBody(); // the little that is left of it is read and dropped
      readOn();
    }
  }

  /** Goes on to the next request; called when both the request and its answer are through. */
  private void next() {
    current = null;
    if (server.isDraining()) {
      wire.close();
      return;
    }
    await(Wait.REQUEST);
    try {
      if (decoder.resume(channel.pipeline())) {
        resumed();
      }
    } catch (Exception e) {
      exceptionCaught(channel.pipeline().lastContext(), e);
    }
  }

  /** What had arrived of further requests is under way; the rest of an unfinished one may never come. */
  private void resumed() {
    ServerExchange exchange = current;
    if (inputClosed && !lingering && (exchange == null || !exchange.body().isComplete())) {
      wire.close();
      return;
    }
    if (decoder.isInHead()) {
      await(Wait.HEAD);
    }
    readOn();
  }

  @Override
  public void bodyDropped() {
    if (!writing && !lingering) {
      next();
    }
  }

  private void end(@Nullable ServerExchange exchange) {
    current = null;
    if (exchange != null && exchange.body().isComplete() && decoder.heldBytes() == 0) {
      wire.close();
    } else {
      linger();
    }
  }

  /** Answers a request that is not served; nothing behind it is looked at. */
  private void refuse(Refusal refusal) {
    decoder.discard();
    ServerExchange exchange = current;
    if (exchange != null && !exchange.refused(refusal)) {
      cut(refusal.getMessage()); // its answer has begun
      return;
    }
    current = null;
    lingering = true;
    boolean isHead = exchange != null && exchange.request().method().equals("HEAD");
    ByteBuf answer = refusalAnswer(refusal, isHead);
    write(answer, answer.readableBytes());
  }

  private ByteBuf refusalAnswer(Refusal refusal, boolean isHead) {
    Answer answer = Answer.text(refusal.status(), refusal.getMessage() + "\n");
    ByteBuf out = wire.buffer(256 + answer.body().length);
    HeadWriter.status(out, answer.status());
    for (Answer.Line line : answer.headers()) {
      HeadWriter.line(out, line.name(), line.value());
    }
    if (refusal.status() == 405) {
      HeadWriter.line(out, "Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }
    HeadWriter.line(out, "Content-Length", Integer.toString(answer.body().length));
    HeadWriter.line(out, "Connection", "close");
    HeadWriter.end(out);
    return isHead ? out : out.writeBytes(answer.body());
  }

  /**
   * Says that nothing more will be sent, and reads and drops what still comes for a moment: closing with unread bytes
   * would reset the connection, and the client might lose the answer.
   */
  private void linger() {
    decoder.discard();
    lingering = true;
    if (inputClosed || !wire.isOpen()) {
      wire.close();
      return;
    }
    wire.endOutput();
    deadline.set(Wait.LINGER, LINGER_NANOS);
    wire.read();
  }

  private void abort(String reason) {
    ServerExchange exchange = current;
    current = null;
    if (exchange != null) {
      exchange.abort(reason);
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
    return request.keepAlive() && !server.isDraining();
  }

  @Override
  public long writeStallNanos() {
    return server.limits().writeStall().toNanos();
  }

  @Override
  public void cut(String reason) {
    wire.execute(
        () -> {
          abort(reason);
          // A reset: an HTTP/1.0 client would take an orderly end for the end of the body.
          wire.reset();
        });
  }

  @Override
  public void drain() {
    wire.execute(
        () -> {
          if (current == null && !decoder.isInHead() && !lingering) {
            wire.close();
          }
        });
  }

  @Override
  public void close(String reason) {
    wire.execute(
        () -> {
          abort(reason);
          wire.close();
        });
  }
}
