package com.fnproject.fn.runtime.ntv;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for the class of that name in Fn's runtime, whose native library comes with Fn's images only. The JDK's own sockets
 * do the same; times are not limited.
 */
class UnixSocketNative {

  private static final Map<Integer, Channel> CHANNELS = new ConcurrentHashMap<>();
  private static final Map<Integer, UnixDomainSocketAddress> ADDRESSES = new ConcurrentHashMap<>();
  private static final AtomicInteger LAST = new AtomicInteger();

  private UnixSocketNative() {}

  public static int socket() throws IOException {
    return LAST.incrementAndGet();
  }

  public static void bind(int socket, String path) {
    ADDRESSES.put(socket, UnixDomainSocketAddress.of(path));
  }

  public static void connect(int socket, String path) throws IOException {
    CHANNELS.put(socket, SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  public static void listen(int socket, int backlog) throws UnixSocketException {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(ADDRESSES.get(socket), backlog);
      CHANNELS.put(socket, server);
    } catch (IOException e) {
      throw new UnixSocketException("cannot listen: " + e);
    }
  }

  public static int accept(int socket, long millis) throws IOException {
    SocketChannel accepted = ((ServerSocketChannel) CHANNELS.get(socket)).accept();
    int number = LAST.incrementAndGet();
    CHANNELS.put(number, accepted);
    return number;
  }

  public static int recv(int socket, byte[] bytes, int offset, int length) throws IOException {
    return ((SocketChannel) CHANNELS.get(socket)).read(ByteBuffer.wrap(bytes, offset, length));
  }

  public static int send(int socket, byte[] bytes, int offset, int length) throws IOException {
    return ((SocketChannel) CHANNELS.get(socket)).write(ByteBuffer.wrap(bytes, offset, length));
  }

  public static void close(int socket) throws UnixSocketException {
    Channel channel = CHANNELS.remove(socket);
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UnixSocketException("cannot close: " + e);
      }
    }
  }

  public static void setSendTimeout(int socket, int millis) {}

  public static int getSendTimeout(int socket) {
    return 0;
  }

  public static void setRecvTimeout(int socket, int millis) {}

  public static int getRecvTimeout(int socket) {
    return 0;
  }

  public static void setSendBufSize(int socket, int bytes) throws UnixSocketException {
    set(socket, StandardSocketOptions.SO_SNDBUF, bytes);
  }

  public static void setRecvBufSize(int socket, int bytes) throws UnixSocketException {
    set(socket, StandardSocketOptions.SO_RCVBUF, bytes);
  }

  public static void shutdown(int socket, boolean input, boolean output) throws UnixSocketException {
    try {
      SocketChannel channel = (SocketChannel) CHANNELS.get(socket);
      if (channel != null && input) {
        channel.shutdownInput();
      }
      if (channel != null && output) {
        channel.shutdownOutput();
      }
    } catch (IOException e) {
      throw new UnixSocketException("cannot shut down: " + e);
    }
  }

  private static void set(int socket, java.net.SocketOption<Integer> option, int bytes)
      throws UnixSocketException {
    try {
      ((SocketChannel) CHANNELS.get(socket)).setOption(option, bytes);
    } catch (IOException e) {
      throw new UnixSocketException("cannot set " + option + ": " + e);
    }
  }
}
