package dev.hearth.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's request decoder, one request at a time and without its leniences.
 *
 * <p>It stops by itself behind each request until {@link #resume}, so that a pipelined request is not parsed before
 * the one ahead of it is answered, and for good at the first refusal, so that nothing behind it is ever parsed. A
 * refused head is passed on as a {@link Refusal} in place of a request. Reading is asked for by the next handler only.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {

  private final HeadScan scan;
  private final ChunkScan chunks;
  private Http2Preface preface;
  private boolean inMessage;
  private boolean chunked; // the body of the message
  private boolean held;
  private boolean discarding;
  private boolean decoding;

  /**
   * @param http2 whether to look for the preface of HTTP/2 before the first request; it is passed on as a {@link
   *     Http2Preface}
   */
  StrictRequestDecoder(HttpLimits limits, boolean http2) {
    super(
        new HttpDecoderConfig()
            // The scan has refused longer ones already; these are the parser's own last line.
            .setMaxInitialLineLength(limits.requestLineBytes() + 2)
            .setMaxHeaderSize(limits.headerBytes())
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false)
            .setValidateHeaders(true));
    scan = new HeadScan(limits);
    chunks = new ChunkScan(limits.bodyBytes());
    preface = http2 ? Http2Preface.UNSEEN : Http2Preface.NONE;
  }

  /** Whether the head of a request has begun and is not complete. */
  boolean isInHead() {
    return !inMessage && !held && (!scan.isAtStart() || heldBytes() > 0);
  }

  /** Bytes that have arrived and are not decoded. */
  int heldBytes() {
    return actualReadableBytes();
  }

  /**
   * Goes on to the next request, part of which may have arrived.
   *
   * @return whether that has happened; false when it will, because decoding is what led here
   */
  boolean resume(ChannelPipeline pipeline) throws Exception {
    held = false;
    if (decoding) {
      return false;
    }
    if (heldBytes() > 0) {
      channelRead(pipeline.context(this), Unpooled.EMPTY_BUFFER);
    }
    return true;
  }

  /** Drops what has arrived and all that will. */
  void discard() {
    discarding = true;
  }

  @Override
  protected void callDecode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    decoding = true;
    try {
      super.callDecode(ctx, in, out);
    } finally {
      decoding = false;
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (discarding) {
      in.skipBytes(in.readableBytes());
    } else if (preface != Http2Preface.NONE) {
      preface = Http2Preface.look(in);
      if (preface == Http2Preface.WHOLE) {
        in.skipBytes(Http2Preface.LENGTH);
        discarding = true; // whoever takes over gets the rest
        out.add(preface);
      } else if (preface == Http2Preface.NONE) {
        decode(ctx, in, out);
      }
    } else if (!held && isAcceptable(in, out)) {
      super.decode(ctx, in, out);
      for (int i = 0; i < out.size(); i++) {
        note(out.get(i));
      }
    }
  }

  /** Whether the parser may look at the bytes: a complete head, or a part of a body. */
  private boolean isAcceptable(ByteBuf in, List<Object> out) {
    try {
      if (inMessage) {
        if (chunked) {
          chunks.look(in);
        }
        return true;
      }
      if (!scan.complete(in)) {
        return false;
      }
      scan.reset();
      inMessage = true;
      return true;
    } catch (Refusal refusal) {
      discarding = true;
      in.skipBytes(in.readableBytes());
      out.add(refusal);
      return false;
    }
  }

  private void note(Object part) {
    if (part instanceof HttpMessage message) {
      chunked = HttpUtil.isTransferEncodingChunked(message);
      chunks.reset();
    }
    if (part instanceof HttpContent content) {
      chunks.passed(content.content().readableBytes());
    }
    if (part instanceof LastHttpContent) {
      inMessage = false;
      held = true;
    }
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }

  /** An unfinished message is no message. */
  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {}

  /** Netty's own would ask for more as long as nothing comes out, however much is held already. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    discardSomeReadBytes();
    ctx.fireChannelReadComplete();
  }

  /** Netty's own would drop the requests that are held when the client closes its side. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
  }
}
