package dev.hearth.cli;

import dev.hearth.Hearth;
import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.log.ProcessLog;
import dev.hearth.http.Contracts;
import dev.hearth.http.HttpServer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.ops.AdminServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host with its functions, its contract's port and its admin port. */
final class Serving {

  private static final String ADMIN_HOST = "127.0.0.1";

  private final RunPlan plan;
  private final Map<String, String> environment;
  private final ProcessLog log;

  // Written by the starting thread, read by the one that stops.
  private volatile @Nullable Hearth hearth;
  private volatile @Nullable AdminServer admin;
  private volatile @Nullable HttpServer server;
  private volatile @Nullable Contract contract;
  private volatile String notReady = "starting";

  Serving(RunPlan plan, Map<String, String> environment, ProcessLog log) {
    this.plan = plan;
    this.environment = environment;
    this.log = log;
  }

  /**
   * Deploys the functions and opens the ports. The admin port comes first: the functions are deployed while
   * the server's classes are loaded for it, and it answers that the host is not ready yet.
   *
   * @return the line that says where it is served
   */
  String start() {
    Hearth host = host();
    hearth = host;
    Deployment deployment = new Deployment(host, plan.settings().functions().values());
    deployment.start();
    AdminServer opened = admin(host);
    admin = opened;
    deployment.await();
    Contract served = Contracts.create(plan.contract().value(), host, environment);
    contract = served;
    HttpServer listening = server(served);
    server = listening;
    notReady = "";
    return "hearth ready: contract="
        + served.name()
        + " http://"
        + text(listening.address())
        + " admin=http://"
        + text(opened.address());
  }

  private Hearth host() {
    Hearth.Builder builder = Hearth.builder().drainLimit(plan.drain().value());
    Path provided = Installation.providedApis();
    if (provided != null) {
      builder.providedApis(provided);
    }
    if (!plan.settings().pools().isEmpty()) {
      builder.resources(PoolPlan.open(plan.settings().pools()));
    }
    return builder.build();
  }

  private AdminServer admin(Hearth host) {
    try {
      return AdminServer.start(host, ADMIN_HOST, plan.adminPort().value(), this::notReady);
    } catch (IOException e) {
      throw new UsageException("admin port: " + e.getMessage(), e);
    }
  }

  private @Nullable String notReady() {
    String reason = notReady;
    Contract served = contract;
    return !reason.isEmpty() ? reason : served == null ? null : served.notReady();
  }

  private HttpServer server(Contract served) {
    Listen defaults = served.defaults();
    try {
      return HttpServer.builder()
          .host(plan.host() == null ? defaults.host() : plan.host().value())
          .port(plan.port() == null ? defaults.port() : plan.port().value())
          .contract(served)
          .start();
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String text(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    // A socket on all addresses is a dual-stack one and calls itself "::"; every client can read
    // 0.0.0.0.
    String host = ip.isAnyLocalAddress() ? "0.0.0.0" : ip.getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  /**
   * Takes no more calls, lets the running ones end within the drain limit, closes everything.
   *
   * @return whether every call ended by itself
   */
  boolean stop() {
    notReady = "stopping";
    boolean ended = true;
    HttpServer listening = server;
    if (listening != null) {
      ended = listening.close(plan.drain().value());
    }
    Hearth host = hearth;
    if (host != null) {
      host.close();
    }
    AdminServer pages = admin;
    if (pages != null) {
      pages.close();
    }
    log.close();
    return ended;
  }

  /** Deploys on a thread of its own. */
  private static final class Deployment implements Runnable {
    private final Hearth host;
    private final Iterable<FunctionSettings> functions;
    private final Thread thread;
    private @Nullable Throwable failure; // read after the thread has ended

    Deployment(Hearth host, Iterable<FunctionSettings> functions) {
      this.host = host;
      this.functions = functions;
      this.thread = new Thread(null, this, "hearth-deploy", 0, false);
      thread.setDaemon(true);
    }

    void start() {
      thread.start();
    }

    @Override
    public void run() {
      try {
        for (FunctionSettings function : functions) {
          host.deploy(function.name(), function.toSpec());
        }
      } catch (RuntimeException | Error e) {
        failure = e; // thrown again by await()
      }
    }

    void await() {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UsageException("interrupted while deploying", e);
      }
      if (failure instanceof RuntimeException refused) {
        throw refused;
      }
      if (failure instanceof Error error) {
        throw error;
      }
    }
  }
}
