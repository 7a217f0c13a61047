package dev.hearth.http;

import static java.util.Objects.requireNonNull;

import dev.hearth.http.contract.Beside;
import dev.hearth.http.contract.Contract;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A port on which a contract is served. Thread-safe.
 *
 * <p>Made by {@link #builder}, serving from {@link Builder#start} until {@link #close(Duration)}, which lets the calls
 * under way end. It owns its threads and its contract, not the functions. It must not be closed from an event loop.
 */
public final class HttpServer implements AutoCloseable {

  private static final Duration CLOSE_BOUND = Duration.ofSeconds(10);
  private static final Duration BESIDE_BOUND = Duration.ofMillis(500);
  private static final int BESIDE_CONNECTIONS = 100;

  private final Contract contract;
  private final HttpLimits limits;
  private final EventLoopGroup loops;
  private final Channel accepting;
  private final @Nullable SocketFile socket;
  private final HostTasks tasks;
  private final Set<OpenConnection> connections = ConcurrentHashMap.newKeySet();
  private final Set<OpenConnection> late = ConcurrentHashMap.newKeySet(); // opened while it drains
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch idle = new CountDownLatch(1);
  private final Http2Use http2;
  private final @Nullable TlsFiles tls;
  private final List<HttpServer> beside;
  private volatile boolean draining;
  private volatile boolean takesLate; // whether connections are accepted while it drains

  private HttpServer(Builder from, Contract contract, List<HttpServer> beside) throws IOException {
    this.contract = contract;
    this.beside = List.copyOf(beside);
    limits = contract.isPatient() ? from.limits.patient() : from.limits;
    http2 = from.http2;
    tasks = new HostTasks(from.name + "-host-");
    NettySettings.apply();
    Transport transport = new Transport();
    loops = transport.group(from.threads, from.name);
    try {
      tls = from.tls(http2 != Http2Use.OFF);
      socket = from.socket == null ? null : SocketFile.claim(from.socket);
      accepting =
          from.bound != null
              ? adopt(transport, from.bound)
              : socket == null ? bind(transport, from.host, from.port) : bind(transport, socket);
    } catch (IOException | RuntimeException e) {
      stopLoops();
      throw e;
    }
  }

  private Channel bind(Transport transport, String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new BindException(
          "host '" + host + "' is not known; give a name or address of this machine");
    }
    try {
      return bootstrap(transport)
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
          .bind(address)
          .syncUninterruptibly()
          .channel();
    } catch (Exception e) {
      // Netty throws what the JDK threw, declared or not.
      throw (BindException)
          new BindException(
                  "cannot listen on "
                      + host
                      + ":"
                      + port
                      + ": "
                      + e.getMessage()
                      + "; choose another port, or 0 for any free one")
              .initCause(e);
    }
  }

  private Channel adopt(Transport transport, ServerSocketChannel bound) {
    return bootstrap(transport.of(bound))
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .register()
        .syncUninterruptibly()
        .channel();
  }

  private Channel bind(Transport transport, SocketFile file) throws IOException {
    Channel bound =
        bootstrap(transport.ofFiles()).bind(file.address()).syncUninterruptibly().channel();
    try {
      file.publish();
      return bound;
    } catch (IOException e) {
      bound.close().syncUninterruptibly();
      file.remove();
      throw e;
    }
  }

  private ServerBootstrap bootstrap(ChannelFactory<ServerChannel> transport) {
    return new ServerBootstrap()
        .group(loops)
        .channelFactory(transport)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.AUTO_READ, false)
        .childHandler(new Accepted());
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Where it listens.
   *
   * @throws IllegalStateException if it listens on a socket of the file system
   */
  public InetSocketAddress address() {
    if (socket != null) {
      throw new IllegalStateException("it listens on socket " + socket + ", which has no address");
    }
    return (InetSocketAddress) accepting.localAddress();
  }

  /** The port it listens on. */
  public int port() {
    return address().getPort();
  }

  /** The ports of what its contract has served beside it, in the contract's order; closed with this. */
  public List<HttpServer> beside() {
    return beside;
  }

  /** The name of what it serves. */
  public String name() {
    return contract.name();
  }

  /** Connections open now. */
  public int connections() {
    return connections.size();
  }

  /** Whether it has begun to close; the requests under way are still answered. */
  public boolean isDraining() {
    return draining;
  }

  /** Closes with a bound of ten seconds. */
  @Override
  public void close() {
    close(CLOSE_BOUND);
  }

  /**
   * Stops accepting, lets the requests under way be answered, closes the contract and the threads. Twice is once.
   *
   * @param bound how long requests may take; the calls still running then are cancelled
   * @return whether all were answered within the bound
   */
  public boolean close(Duration bound) {
    requireNonNull(bound, "bound");
    if (!closed.compareAndSet(false, true)) {
      return true;
    }
    long end = System.nanoTime() + bound.toNanos();
    takesLate = contract.stopping(bound);
    draining = true;
    if (!takesLate) {
      stopAccepting();
    }
    for (OpenConnection connection : connections) {
      connection.drain();
    }
    boolean answered = awaitIdle(end - System.nanoTime());
    stopAccepting();
    for (OpenConnection connection : connections) {
      connection.close("the server is closing");
    }
    for (OpenConnection connection : late) {
      connection.close("the server is closing");
    }
    contract.close();
    for (HttpServer each : beside) {
      each.close(BESIDE_BOUND);
    }
    tasks.close();
    stopLoops();
    return answered;
  }

  /** Twice is once. */
  private void stopAccepting() {
    accepting.close().syncUninterruptibly();
    if (socket != null) {
      socket.remove();
    }
  }

  private void stopLoops() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }

  private boolean awaitIdle(long nanos) {
    if (connections.isEmpty()) {
      return true;
    }
    try {
      return idle.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Contract contract() {
    return contract;
  }

  HttpLimits limits() {
    return limits;
  }

  /** Whether connections that are not secured may speak HTTP/2. */
  boolean speaksHttp2() {
    return http2 == Http2Use.EVERYWHERE;
  }

  /** Runs something that may block. */
  void offload(Runnable task) {
    tasks.execute(task);
  }

  /** Counts a connection in; false if there are too many. Those that come late are not waited for. */
  boolean opened(OpenConnection connection) {
    if (connections.size() + late.size() >= limits.connections()) {
      return false;
    }
    if (draining) {
      return takesLate && late.add(connection);
    }
    connections.add(connection);
    if (draining) {
      connection.drain(); // it came while those before it were told
    }
    return true;
  }

  /** One connection goes on as another. */
  void replaced(OpenConnection before, OpenConnection by) {
    if (late.remove(before)) {
      late.add(by);
      return;
    }
    connections.add(by);
    connections.remove(before);
    if (draining) {
      by.drain();
    }
  }

  /** Counts a connection out. */
  void closed(OpenConnection connection) {
    connections.remove(connection);
    late.remove(connection);
    if (draining && connections.isEmpty()) {
      idle.countDown();
    }
  }

  @Override
  public String toString() {
    return "HttpServer["
        + contract.name()
        + ", "
        + (socket == null ? accepting.localAddress() : socket)
        + "]";
  }

  /** Makes the pipeline of each connection. */
  private final class Accepted extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      TlsFiles secured = tls;
      if (secured != null) {
        secured.secure(channel, HttpServer.this);
        return;
      }
      StrictRequestDecoder decoder = new StrictRequestDecoder(limits, speaksHttp2());
      channel.pipeline().addLast(decoder, new Connection(HttpServer.this, channel, decoder));
    }
  }

  /** Builds and starts an {@link HttpServer}. Not thread-safe. */
  public static final class Builder {
    private String name = "hearth";
    private String host = "127.0.0.1";
    private int port;
    private @Nullable Path socket;
    private @Nullable ServerSocketChannel bound;
    private int threads = Runtime.getRuntime().availableProcessors();
    private HttpLimits limits = HttpLimits.defaults();
    private Http2Use http2 = Http2Use.SECURED;
    private @Nullable Path certificates;
    private @Nullable Path key;
    private @Nullable Contract contract;

    private Builder() {}

    /** The first part of the threads' names; {@code hearth} by default. */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /** The name or address to listen on; {@code 127.0.0.1} by default, {@code 0.0.0.0} for every interface. */
    public Builder host(String host) {
      this.host = requireNonNull(host, "host");
      return this;
    }

    /** The port to listen on; 0, the default, for any free one. */
    public Builder port(int port) {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("port is " + port + "; it must be within 0 to 65535");
      }
      this.port = port;
      return this;
    }

    /**
     * The Unix domain socket to listen on, instead of a port. Its file appears in one step when it can be connected to, by
     * everybody, and is removed at the end; one that a process left behind is replaced.
     */
    public Builder socket(Path path) {
      this.socket = requireNonNull(path, "path");
      return this;
    }

    /** A port that is listened on already, instead of one to be opened; from {@link #start} on it is the server's. */
    public Builder bound(ServerSocketChannel channel) {
      this.bound = requireNonNull(channel, "channel");
      return this;
    }

    /** The most event-loop threads; as many as there are processors by default. They start when needed. */
    public Builder threads(int threads) {
      if (threads < 1) {
        throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1");
      }
      this.threads = threads;
      return this;
    }

    /** What is taken from clients. */
    public Builder limits(HttpLimits limits) {
      this.limits = requireNonNull(limits, "limits");
      return this;
    }

    /**
     * Secures the connections by TLS; not by default. The files are read at the start, and again when they have changed.
     *
     * @param certificates PEM: the server's certificate, then those between it and its root
     * @param key PEM: its private key in PKCS#8, not encrypted
     */
    public Builder tls(Path certificates, Path key) {
      this.certificates = requireNonNull(certificates, "certificates");
      this.key = requireNonNull(key, "key");
      return this;
    }

    private @Nullable TlsFiles tls(boolean http2) throws IOException {
      return certificates == null || key == null
          ? null
          : new TlsFiles(certificates, key, http2, limits.headerTimeout());
    }

    /** Where HTTP/2 is spoken; by default where TLS agrees on it. Its classes are loaded when the first client speaks it. */
    public Builder http2(Http2Use use) {
      this.http2 = requireNonNull(use, "use");
      return this;
    }

    /** The contract to serve; must be given. The server opens and closes it. */
    public Builder contract(Contract contract) {
      this.contract = requireNonNull(contract, "contract");
      return this;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the address cannot be listened on, or the certificate cannot be used
     */
    public HttpServer start() throws IOException {
      Contract served = requireNonNull(contract, "contract");
      served.open();
      List<HttpServer> beside = new ArrayList<>();
      boolean started = false;
      try {
        for (Beside each : served.beside()) {
          beside.add(start(each));
        }
        HttpServer server = new HttpServer(this, served, beside);
        started = true;
        return server;
      } finally {
        if (!started) {
          served.close();
          for (HttpServer each : beside) {
            each.close(BESIDE_BOUND);
          }
        }
      }
    }

    private static HttpServer start(Beside beside) throws IOException {
      try {
        return of(beside).start();
      } catch (IOException e) {
        throw new IOException(beside.contract().name() + ": " + e.getMessage(), e);
      }
    }

    private static Builder of(Beside beside) {
      Duration patience = beside.patience();
      return builder()
          .name(beside.contract().name())
          .host(beside.listen().host())
          .port(beside.listen().port())
          .threads(1)
          .limits(
              HttpLimits.builder()
                  .bodyBytes(0)
                  .connections(BESIDE_CONNECTIONS)
                  .headerTimeout(patience)
                  .idleTimeout(patience)
                  .writeStall(patience)
                  .build())
          .http2(Http2Use.OFF)
          .contract(beside.contract());
    }
  }
}
