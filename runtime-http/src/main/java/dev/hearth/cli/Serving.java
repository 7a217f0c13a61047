package dev.hearth.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.Hearth;
import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.HearthSettings;
import dev.hearth.cli.config.TlsSettings;
import dev.hearth.cli.log.ProcessLog;
import dev.hearth.http.Contracts;
import dev.hearth.http.Http2Use;
import dev.hearth.http.HttpServer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Start;
import dev.hearth.http.contract.Streams;
import dev.hearth.http.ops.AdminAccess;
import dev.hearth.http.ops.AdminServer;
import dev.hearth.loader.DeployException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A host with its functions, its contract's port and its admin port. */
final class Serving implements Rehearsal.Waiting {

  private static final String STOPPING = "stopping";

  private final RunPlan plan;
  private final Map<String, String> environment;
  private final ProcessLog log;

  // Written by the starting thread, read by the one that stops.
  private volatile @Nullable Hearth hearth;
  private volatile @Nullable AdminServer admin;
  private volatile @Nullable HttpServer server;
  private volatile @Nullable Shutdown shutdown;
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
    DeployedState remembered = remembered();
    Deployment deployment = new Deployment(host, plan.settings(), remembered);
    deployment.start();
    Platform platform = Contracts.platform(plan.contract().value());
    AdminServer opened = admin(host, platform.ownsProcess(), remembered);
    admin = opened;
    Contract served = platform.contract(new ThisProcess(host));
    contract = served;
    String where = serve(served, deployment);
    notReady = "";
    return "hearth ready: contract="
        + served.name()
        + where
        + " admin=http://"
        + text(opened.address());
  }

  /** Who ends the process when the contract asks for that. */
  void stopThrough(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  @Override
  public boolean isEmpty() {
    Hearth host = hearth;
    return host != null && host.functions().isEmpty() && !notReady.equals(STOPPING);
  }

  private String serve(Contract served, Deployment deployment) {
    if (!served.deploying()) {
      awaitOrRefuse(deployment, served);
      return serve(served);
    }
    String where = serve(served);
    if (awaitOrRefuse(deployment, served)) {
      served.deployed();
    }
    return where;
  }

  /** Whether the functions are deployed, rather than taken for refused. */
  private static boolean awaitOrRefuse(Deployment deployment, Contract served) {
    try {
      deployment.await();
      return true;
    } catch (DeployException e) {
      if (!served.refused(e)) {
        throw e;
      }
      return false;
    }
  }

  /** Opens what the contract is served on; says where. */
  private String serve(Contract served) {
    if (served.defaults().isNowhere()) { // wherever others would be asked to listen
      served.open();
      return served.calls().isEmpty() ? "" : " " + served.calls();
    }
    Listen listen = plan.listen(served.defaults()).value();
    HttpServer listening = server(served, listen);
    server = listening;
    for (HttpServer each : listening.beside()) {
      LoggerFactory.getLogger(Serving.class)
          .info("{} is at http://{}", each.name(), text(each.address()));
    }
    Path socket = listen.socket();
    String scheme = plan.settings().tls() == null ? " http://" : " https://";
    return socket == null ? scheme + text(listening.address()) : " unix:" + socket;
  }

  /** This process, as the contract sees it. */
  private final class ThisProcess implements ContractHost {
    private final Hearth host;

    ThisProcess(Hearth host) {
      this.host = host;
    }

    @Override
    public Hearth hearth() {
      return host;
    }

    @Override
    public Map<String, String> environment() {
      return environment;
    }

    @Override
    public Streams streams() {
      return log.streams();
    }

    @Override
    public void deployAgain() {
      for (FunctionSettings function : plan.settings().functions().values()) {
        if (host.function(function.name()).isEmpty()) {
          host.deploy(function.name(), function.toSpec());
        }
      }
    }

    @Override
    public void stop(int exitCode, String reason) {
      LoggerFactory.getLogger(Serving.class).info("stopping: {}", reason);
      Shutdown through = shutdown;
      if (through != null) {
        through.request(exitCode);
      }
    }
  }

  private Hearth host() {
    Hearth.Builder builder =
        Hearth.builder()
            .drainLimit(plan.drain().value())
            .keepVersions(plan.admin().keepVersions().value())
            .onHeapExhausted(new End())
            .log(log);
    Setting<Path> store = plan.admin().store();
    if (store != null) {
      builder.store(store.value());
    }
    Start.Said<Duration> hookLimit = plan.start().hookLimit();
    if (hookLimit != null) {
      builder.hookLimit(hookLimit.value());
    }
    Setting<Path> flat = plan.flat();
    if (flat != null) {
      builder.flat(flat.value());
    }
    Path provided = Installation.providedApis();
    if (provided != null) {
      builder.providedApis(provided);
    }
    if (!plan.settings().pools().isEmpty()) {
      builder.resources(PoolPlan.open(plan.settings().pools()));
    }
    return builder.build();
  }

  /** Ends the process at once: without memory nothing of it can be relied on, its orderly end included. */
  private static final class End implements Consumer<String> {
    @Override
    public void accept(String function) {
      Runtime.getRuntime().halt(ExitCode.OUT_OF_MEMORY);
    }
  }

  private @Nullable DeployedState remembered() {
    Setting<Path> store = plan.admin().store();
    return store == null ? null : DeployedState.open(store.value());
  }

  private AdminServer admin(Hearth host, boolean whenAsked, @Nullable DeployedState remembered) {
    int port = plan.adminPort().value();
    String at = plan.admin().host().value();
    RemoteArchives archives = RemoteArchives.of(plan.admin().archives());
    AdminAccess access =
        new AdminAccess(
            plan.admin().tokens(),
            new Changes(host, plan.settings(), archives, remembered),
            AdminAccess.UPLOAD_BYTES);
    try {
      return whenAsked
          ? AdminServer.startWhenAsked(host, at, port, new Readiness(), access)
          : AdminServer.start(host, at, port, new Readiness(), access);
    } catch (IOException e) {
      throw new UsageException("admin port: " + e.getMessage(), e);
    }
  }

  /** What changes the host, made when the first change is asked for. */
  private static final class Changes implements Supplier<HostDeployments> {
    private final Hearth host;
    private final HearthSettings settings;
    private final RemoteArchives archives;
    private final @Nullable DeployedState remembered;

    @GuardedBy("this")
    private @Nullable HostDeployments made;

    Changes(
        Hearth host,
        HearthSettings settings,
        RemoteArchives archives,
        @Nullable DeployedState remembered) {
      this.host = host;
      this.settings = settings;
      this.archives = archives;
      this.remembered = remembered;
    }

    @Override
    public synchronized HostDeployments get() {
      HostDeployments known = made;
      if (known == null) {
        known = new HostDeployments(host, settings.pools().keySet(), archives, remembered);
        made = known;
      }
      return known;
    }
  }

  /** Asked by the ready page; a class, because this runs before the first answer and a lambda costs more. */
  private final class Readiness implements Supplier<@Nullable String> {
    @Override
    public @Nullable String get() {
      return notReady();
    }
  }

  private @Nullable String notReady() {
    String reason = notReady;
    Hearth host = hearth;
    if (reason.isEmpty() && host != null && host.isShortOfMemory()) {
      return "short of memory";
    }
    Contract served = contract;
    return !reason.isEmpty() ? reason : served == null ? null : served.notReady();
  }

  private HttpServer server(Contract served, Listen listen) {
    HttpServer.Builder builder = HttpServer.builder().contract(served).http2(http2(served));
    TlsSettings tls = plan.settings().tls();
    if (tls != null) {
      builder.tls(tls.cert(), tls.key());
    }
    Path socket = listen.socket();
    if (socket == null) {
      builder.host(listen.host()).port(listen.port());
    } else {
      builder.socket(socket);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private Http2Use http2(Contract served) {
    return switch (plan.http2().value()) {
      case "on" -> Http2Use.EVERYWHERE;
      case "off" -> Http2Use.OFF;
      default -> served.speaksHttp2() ? Http2Use.EVERYWHERE : Http2Use.SECURED;
    };
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
    notReady = STOPPING;
    boolean ended = true;
    HttpServer listening = server;
    Contract calling = contract;
    if (listening != null) {
      ended = listening.close(plan.drain().value());
    } else if (calling != null) {
      ended = calling.drain(plan.drain().value());
      calling.close();
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
    private final HearthSettings settings;
    private final @Nullable DeployedState remembered;
    private final Thread thread;
    private @Nullable Throwable failure; // read after the thread has ended

    Deployment(Hearth host, HearthSettings settings, @Nullable DeployedState remembered) {
      this.host = host;
      this.settings = settings;
      this.remembered = remembered;
      this.thread = new Thread(null, this, "hearth-deploy", 0, false);
      thread.setDaemon(true);
    }

    void start() {
      thread.start();
    }

    @Override
    public void run() {
      try {
        if (remembered != null) {
          new Redeployment(host, settings, remembered).run();
        } else {
          deployAll();
        }
      } catch (RuntimeException | Error e) {
        failure = e; // thrown again by await()
      }
    }

    private void deployAll() {
      for (FunctionSettings function : settings.functions().values()) {
        host.deploy(function.name(), function.toSpec());
      }
      if (!settings.routes().isEmpty()) {
        host.routes(settings.routes());
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
