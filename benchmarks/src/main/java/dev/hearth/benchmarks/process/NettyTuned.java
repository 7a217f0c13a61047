package dev.hearth.benchmarks.process;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The limit for a first answer: Netty with what is known to cost it time at its start left out, and no more than one event loop. With the
 * flags that start soonest and an archive of its own it is what a careful user of Netty could have.
 */
public final class NettyTuned {

  private NettyTuned() {}

  /** Serves until the process ends. */
  public static void main(String[] args) throws InterruptedException {
    System.setProperty("io.netty.jfr.enabled", "false");
    System.setProperty("io.netty.leakDetection.level", "disabled");
    System.setProperty("io.netty.machineId", "00:00:00:00:00:01");
    System.setProperty("io.netty.processId", "1");
    InetSocketAddress bound =
        (InetSocketAddress)
            new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childHandler(new Pipeline())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel()
                .localAddress();
    System.err.println("netty ready: http://127.0.0.1:".concat(String.valueOf(bound.getPort())));
  }

  private static final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      channel.pipeline().addLast(new HttpServerCodec()).addLast(new Handler());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the connection by itself
  private static final class Handler extends ChannelInboundHandlerAdapter {
    private String body = "";

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpContent content) {
        body = body.concat(content.content().toString(StandardCharsets.UTF_8));
        content.release();
      }
      if (message instanceof LastHttpContent) {
        context.write(answer(body));
        body = "";
      }
    }

    private static DefaultFullHttpResponse answer(String event) {
      int start = event.indexOf(':') + 2;
      String text = "Hello, ".concat(event.substring(start, event.indexOf('"', start))).concat("!");
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(bytes));
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
      return response;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }
}
