package dev.hearth.http;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to the network: the JDK's selectors. The one place that another would be chosen in. */
final class Transport implements ChannelFactory<ServerChannel> {

  /** Event loops whose threads start when they get their first channel. */
  EventLoopGroup group(int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new LoopThreads(name + "-io-"), NioIoHandler.newFactory());
  }

  @Override
  public ServerChannel newChannel() {
    return new NioServerSocketChannel();
  }

  /** For sockets of the file system. */
  ChannelFactory<ServerChannel> ofFiles() {
    return new OfFiles();
  }

  private static final class OfFiles implements ChannelFactory<ServerChannel> {
    @Override
    public ServerChannel newChannel() {
      return new NioServerDomainSocketChannel();
    }
  }

  private static final class LoopThreads implements ThreadFactory {
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    LoopThreads(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable loop) {
      // Thread locals are not inherited: whoever starts the server may be a function's thread.
      Thread thread = new Thread(null, new Loop(loop), prefix + count.incrementAndGet(), 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(Transport.class.getClassLoader());
      return thread;
    }
  }

  /** Lets Netty keep its thread locals as cheaply as on threads of its own making. */
  private record Loop(Runnable loop) implements Runnable {
    @Override
    public void run() {
      FastThreadLocalThread.runWithFastThreadLocal(loop);
    }
  }
}
