package dev.hearth.http.ops;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A port that is listened on by the JDK's means until somebody connects; then the server takes it over, that connection included.
 * Thread-safe.
 */
final class WaitingPort implements AdminServer.Port, Runnable {

  private static final long CLOSE_MILLIS = 1000;

  private final AdminPages pages;
  private final ServerSocketChannel channel;
  private final Selector selector;
  private final InetSocketAddress address;
  private final Thread waiting;

  @GuardedBy("this")
  private @Nullable ServedPort served;

  @GuardedBy("this")
  private boolean closed;

  private WaitingPort(AdminPages pages, ServerSocketChannel channel, Selector selector)
      throws IOException {
    this.pages = pages;
    this.channel = channel;
    this.selector = selector;
    this.address = (InetSocketAddress) channel.getLocalAddress();
    this.waiting = new Thread(null, this, "hearth-admin-waiting", 0, false);
    waiting.setDaemon(true);
    waiting.setContextClassLoader(WaitingPort.class.getClassLoader());
  }

  static WaitingPort open(AdminPages pages, String host, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    boolean opened = false;
    try {
      channel.configureBlocking(false);
      bind(channel, new InetSocketAddress(host, port));
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_ACCEPT);
      WaitingPort made = new WaitingPort(pages, channel, selector);
      made.waiting.start();
      opened = true;
      return made;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  private static void bind(ServerSocketChannel channel, InetSocketAddress address)
      throws IOException {
    try {
      channel.bind(address);
    } catch (BindException e) {
      throw (BindException)
          new BindException(
                  "cannot listen on "
                      + address.getHostString()
                      + ":"
                      + address.getPort()
                      + ": "
                      + e.getMessage()
                      + "; choose another port, or 0 for any free one")
              .initCause(e);
    }
  }

  @Override
  public void run() {
    try (selector) {
      selector.select();
    } catch (IOException e) {
      LoggerFactory.getLogger(WaitingPort.class).error("the admin port is lost", e);
    }
    serve(); // the selector has let go of the channel
  }

  private synchronized void serve() {
    if (closed) {
      return;
    }
    try {
      served = ServedPort.of(pages, channel);
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(WaitingPort.class).error("the admin port cannot be served", e);
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    ServedPort serving;
    synchronized (this) {
      closed = true;
      serving = served;
    }
    if (serving != null) {
      serving.close();
      return;
    }
    selector.wakeup();
    try {
      waiting.join(CLOSE_MILLIS); // until its selector is closed the system keeps the port
      channel.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Nobody has connected; nobody will.
    }
  }
}
