package dev.hearth.benchmarks.process;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The physical limit to compare with: Netty as it comes, and one handler that does what the function does.
 * Nothing is tuned, in code or by flags; the transport is NIO unless another is named.
 */
public final class NettyHello implements AutoCloseable {

  private final EventLoopGroup group;
  private final Channel server;

  /** Starts it on a free port of the loopback interface. */
  public NettyHello() throws InterruptedException {
    this(NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }

  private NettyHello(IoHandlerFactory handlers, Class<? extends ServerChannel> channel)
      throws InterruptedException {
    group = new MultiThreadIoEventLoopGroup(handlers);
    server =
        new ServerBootstrap()
            .group(group)
            .channel(channel)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new HttpServerCodec(), new Handler());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * A native transport; its classes and its library are looked for on the class path.
   *
   * @param prefix of the names of its classes, such as {@code io.netty.channel.epoll.Epoll}
   */
  private static NettyHello on(String prefix)
      throws ReflectiveOperationException, InterruptedException {
    Object handlers = Class.forName(prefix + "IoHandler").getMethod("newFactory").invoke(null);
    return new NettyHello(
        (IoHandlerFactory) handlers,
        Class.forName(prefix + "ServerSocketChannel").asSubclass(ServerChannel.class));
  }

  /** Serves until the process ends; the argument, if there is one, is the prefix of a transport's classes. */
  public static void main(String[] args) throws ReflectiveOperationException, InterruptedException {
    NettyHello hello =
        args.length == 0 ? new NettyHello() : on(args[0]); // its threads keep the process up
    System.err.println("netty ready: http://127.0.0.1:" + hello.port());
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the connection by itself
  private static final class Handler extends SimpleChannelInboundHandler<HttpObject> {
    private final ByteBuf body = Unpooled.buffer(256);

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
      if (message instanceof HttpContent content) {
        body.writeBytes(content.content());
      }
      if (message instanceof LastHttpContent) {
        context.write(answer(body.toString(StandardCharsets.UTF_8)));
        body.clear();
      }
    }

    private static FullHttpResponse answer(String event) {
      int start = event.indexOf(':') + 2;
      String text = "Hello, " + event.substring(start, event.indexOf('"', start)) + "!";
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
      return response;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
