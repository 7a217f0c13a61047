package dev.hearth.pool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a server, and can fall silent: what it has connected so far hears nothing more, and is not told so. */
final class SilentProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();

  private SilentProxy(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  static SilentProxy before(int port) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SilentProxy proxy = new SilentProxy(listening, port);
    start("silent-proxy", proxy::accept);
    return proxy;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From now on nothing passes on the connections there are; new ones work. */
  void fallSilent() {
    for (Pair pair : pairs) {
      pair.silent = true;
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Pair pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), target));
        pairs.add(pair);
        start("silent-proxy-up", () -> pair.copy(pair.client, pair.server));
        start("silent-proxy-down", () -> pair.copy(pair.server, pair.client));
      } catch (IOException e) {
        // closed, or a client that has gone again
      }
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Pair pair : pairs) {
      pair.close();
    }
  }

  private static final class Pair {
    final Socket client;
    final Socket server;
    volatile boolean silent;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void copy(Socket from, Socket to) {
      byte[] buffer = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!silent) {
            out.write(buffer, 0, read);
            out.flush();
          }
        }
        if (!silent) {
          close();
        }
      } catch (IOException e) {
        // the other direction has closed it
      }
    }

    void close() {
      try (client;
          server) {
        // both
      } catch (IOException e) {
        // they are gone
      }
    }
  }
}
