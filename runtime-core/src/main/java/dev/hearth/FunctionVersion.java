package dev.hearth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Environment;
import dev.hearth.function.Health;
import dev.hearth.guard.Guarding;
import dev.hearth.guard.Polls;
import dev.hearth.instance.InstancePool;
import dev.hearth.instance.Notice;
import dev.hearth.invoke.BreakerSettings;
import dev.hearth.invoke.CallGuard;
import dev.hearth.invoke.CircuitBreaker;
import dev.hearth.invoke.FunctionMeter;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Quarantine;
import dev.hearth.invoke.RunawayStopper;
import dev.hearth.invoke.Threads;
import dev.hearth.invoke.Watchdog;
import dev.hearth.invoke.Workers;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.FlatArchive;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.ProvidedApis;
import dev.hearth.loader.StoredArchive;
import dev.hearth.loader.UnloadWatch;
import dev.hearth.signature.Bound;
import dev.hearth.signature.Signatures;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.unload.Release;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** One version of one function: its loader, its binding, its instances. */
final class FunctionVersion {

  /** What all versions of a host share. */
  record Host(
      Signatures signatures,
      ProvidedApis providedApis,
      Workers workers,
      Watchdog watchdog,
      Quarantine quarantine,
      UnloadWatch unloads,
      FunctionMeters meters,
      long hookNanos,
      @Nullable FlatArchive flat) {}

  final FunctionSpec spec;
  final StoredArchive archive;
  final Bound bound;
  final InstancePool pool;
  final long startNanos; // how long it took
  final FunctionMeter meter;
  private final Environment environment;
  private final FunctionLoader loader;
  private final RunawayStopper stopper;
  private final Executor executor;
  private final Host host;
  private final AtomicReference<@Nullable DrainLimit> aside = new AtomicReference<>();

  private FunctionVersion(
      FunctionSpec spec,
      StoredArchive archive,
      Bound bound,
      InstancePool pool,
      long startNanos,
      Environment environment,
      FunctionLoader loader,
      RunawayStopper stopper,
      Executor executor,
      Host host) {
    this.spec = spec;
    this.archive = archive;
    this.bound = bound;
    this.pool = pool;
    this.startNanos = startNanos;
    this.meter = host.meters().of(environment.function());
    this.environment = environment;
    this.loader = loader;
    this.stopper = stopper;
    this.executor = executor;
    this.host = host;
  }

  /**
   * Loads, binds and initialises; whatever fails leaves nothing behind.
   *
   * @throws DeployException if it cannot be served
   */
  static FunctionVersion open(
      FunctionSpec spec, StoredArchive archive, Environment environment, Host host) {
    FunctionLoader loader = FunctionLoader.open(environment, archive, host.providedApis());
    Guarding guarding = spec.guarding();
    FlatArchive flat = host.flat();
    if (flat != null && flat.isTakenBy(spec.archive())) {
      flatten(loader, archive);
      guarding = Guarding.OFF;
    }
    Map<String, String> shown = spec.systemVariables();
    if (shown != null) {
      loader.show(shown);
    }
    Polls polls = null;
    if (guarding != Guarding.OFF) {
      polls = new Polls(environment.function());
      loader.guard(polls, guarding == Guarding.ALL);
    }
    RunawayStopper stopper =
        new RunawayStopper(
            environment.function(),
            environment.version(),
            polls,
            host.watchdog(),
            host.quarantine());
    if (spec.metering().isLimited()) {
      FunctionMeters.prepareForLimits();
    }
    Workers workers = host.workers();
    // Calls of an event-loop function that had to wait run on a worker: their loop has moved on.
    Threads kind = spec.threads() == Threads.EVENT_LOOP ? Threads.PLATFORM : spec.threads();
    Executor executor = new KindOfThread(workers, kind);
    Opening opening = new Opening(stopper);
    boolean opened = false;
    try {
      Future<FunctionVersion> future =
          workers
              .executor(kind)
              .submit(
                  new Open(opening, spec, archive, environment, host, loader, executor, stopper));
      FunctionVersion version = await(future, spec, environment.function());
      opened = true;
      return version;
    } finally {
      if (!opened) {
        opening.abandon();
        release(environment, loader, stopper, host, true, executor, new CloseQuietly(loader));
      }
    }
  }

  private static void flatten(FunctionLoader loader, StoredArchive archive) {
    try {
      loader.flatten(archive);
    } catch (DeployException e) {
      closeQuietly(loader);
      throw e;
    }
  }

  /** Opens a version; a class, because this runs before the first answer and a lambda costs more. */
  private record Open(
      Opening opening,
      FunctionSpec spec,
      StoredArchive archive,
      Environment environment,
      Host host,
      FunctionLoader loader,
      Executor executor,
      RunawayStopper stopper)
      implements Callable<FunctionVersion> {
    @Override
    public FunctionVersion call() {
      opening.begin();
      try {
        return opening.made(openHere(spec, archive, environment, host, loader, executor, stopper));
      } finally {
        opening.end();
      }
    }
  }

  /** Runs on one kind of the host's threads, made when first needed. */
  private record KindOfThread(Workers workers, Threads kind) implements Executor {
    @Override
    public void execute(Runnable task) {
      workers.executor(kind).execute(task);
    }
  }

  /** Settles between the thread that opens a version and the one that waits for it who closes a late one. */
  private static final class Opening {
    private final CallGuard guard;

    @GuardedBy("this")
    private @Nullable FunctionVersion version;

    @GuardedBy("this")
    private @Nullable Thread runner;

    @GuardedBy("this")
    private CallGuard.@Nullable Stop stopping;

    @GuardedBy("this")
    private boolean abandoned;

    Opening(CallGuard guard) {
      this.guard = guard;
    }

    synchronized void begin() {
      runner = Thread.currentThread();
      stopIfAbandoned();
    }

    @GuardedBy("this")
    private void stopIfAbandoned() {
      if (abandoned && runner != null && stopping == null) {
        stopping = guard.stop(runner, "its deployment was given up", null);
      }
    }

    void end() {
      CallGuard.Stop stopped;
      synchronized (this) {
        runner = null;
        stopped = stopping;
      }
      if (stopped != null) {
        stopped.over();
        Thread.interrupted();
      }
    }

    FunctionVersion made(FunctionVersion made) {
      synchronized (this) {
        if (!abandoned) {
          version = made;
          return made;
        }
      }
      made.close(new CompletableFuture<>());
      return made;
    }

    void abandon() {
      FunctionVersion late;
      synchronized (this) {
        abandoned = true;
        stopIfAbandoned();
        late = version;
      }
      if (late != null) {
        late.executor.execute(() -> late.close(new CompletableFuture<>()));
      }
    }
  }

  private static FunctionVersion await(
      Future<FunctionVersion> opening, FunctionSpec spec, String function) {
    long limit = spec.limits().initNanos();
    try {
      return limit == Limits.NONE ? opening.get() : opening.get(limit, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      opening.cancel(true);
      throw new StartFailedException(
          "function '"
              + function
              + "': not initialised after "
              + TimeUnit.NANOSECONDS.toMillis(limit)
              + " ms; make its constructor and init hook faster or raise timeout.init",
          spec.handler(),
          e);
    } catch (InterruptedException e) {
      opening.cancel(true);
      Thread.currentThread().interrupt();
      throw new DeployException("function '" + function + "': interrupted while deploying", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static FunctionVersion openHere(
      FunctionSpec spec,
      StoredArchive archive,
      Environment environment,
      Host host,
      FunctionLoader loader,
      Executor executor,
      RunawayStopper stopper) {
    long begun = System.nanoTime();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Bound bound = bind(host, archive, loader, spec, environment);
      InstancePool pool =
          new InstancePool(
              bound.binding(),
              environment,
              loader,
              spec.instances(),
              spec.limits(),
              executor,
              host.watchdog(),
              host.hookNanos(),
              stopper,
              spec.metering(),
              host.meters().of(environment.function()));
      stopper.places(pool);
      openInstances(pool, bound, environment.function());
      prime(pool, spec.priming(), environment.function());
      protect(pool, spec.breaker(), environment);
      long took = System.nanoTime() - begun;
      return new FunctionVersion(
          spec, archive, bound, pool, took, environment, loader, stopper, executor, host);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Bound bind(
      Host host,
      StoredArchive archive,
      FunctionLoader loader,
      FunctionSpec spec,
      Environment environment) {
    try {
      return host.signatures()
          .bind(archive, loader, spec.handler(), environment.variables(), environment.function());
    } catch (LinkageError | ClassCastException e) {
      throw new DeployException(
          "function '" + environment.function() + "': its handler cannot be loaded: " + rootOf(e),
          e);
    }
  }

  /** The first cause: what a static initialiser threw says more than that it threw. */
  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < 100 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }

  private static void openInstances(InstancePool pool, Bound bound, String function) {
    try {
      pool.open();
    } catch (DeployException e) {
      throw e;
    } catch (BindingException e) {
      throw new DeployException("function '" + function + "': " + e.getMessage(), e);
    } catch (Throwable e) {
      throw new StartFailedException(
          "function '"
              + function
              + "': handler "
              + bound.handler()
              + " cannot be initialised: "
              + (e instanceof LinkageError ? rootOf(e) : e),
          bound.handler(),
          e);
    }
  }

  private static void prime(InstancePool pool, @Nullable Priming priming, String function) {
    if (priming == null) {
      return;
    }
    byte[] event = priming.event();
    boolean primed = false;
    try {
      for (int i = 1; i <= priming.times(); i++) {
        PrimingCall call = new PrimingCall(event, priming.contentType());
        pool.runHere(call);
        call.requireReturned(function, i, priming.times());
      }
      primed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeployException("function '" + function + "': interrupted while it was warmed", e);
    } finally {
      if (!primed) {
        pool.close();
      }
    }
  }

  private static void protect(
      InstancePool pool, @Nullable BreakerSettings settings, Environment environment) {
    if (settings != null) {
      pool.protectBy(new CircuitBreaker(environment.function(), environment.version(), settings));
    }
  }

  /** Whether calls run on the thread they arrive on. */
  boolean runsOnCaller() {
    return spec.threads() == Threads.EVENT_LOOP;
  }

  /**
   * Asks each of those that have something to say, where user code may run.
   *
   * @return completed with whether all of them say yes
   */
  CompletableFuture<Boolean> ask(List<Health> health, boolean whetherReady) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    executor.execute(new Ask(health, whetherReady, loader, answer));
    return answer;
  }

  private record Ask(
      List<Health> health,
      boolean whetherReady,
      ClassLoader loader,
      CompletableFuture<Boolean> answer)
      implements Runnable {
    @Override
    public void run() {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      boolean yes = false;
      try {
        yes = ask();
      } catch (Throwable e) { // whatever it throws is a no
        LoggerFactory.getLogger(FunctionVersion.class).warn("{}: a health hook failed", loader, e);
      } finally {
        thread.setContextClassLoader(before);
        answer.complete(yes);
      }
    }

    private boolean ask() {
      for (Health each : health) {
        if (!(whetherReady ? each.ready() : each.alive())) {
          return false;
        }
      }
      return true;
    }
  }

  String id() {
    return environment.version();
  }

  /**
   * Lets running calls end within the bound, stops those that do not, closes instances and loader.
   *
   * @return completed when all is closed
   */
  CompletionStage<Void> retire(long drainNanos) {
    takeBack();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    DrainLimit limit = new DrainLimit(pool, System.nanoTime() + drainNanos);
    host.watchdog().watch(limit);
    CompletionStage<Void> ended = pool.retire();
    pool.tell(Notice.DRAIN)
        .whenComplete((done, failure) -> warn("drain hook failed", failure))
        .handle((done, failure) -> null)
        .thenCombine(ended, (told, done) -> null)
        .whenComplete(
            (done, never) -> {
              host.watchdog().forget(limit);
              close(closed);
            });
    return closed;
  }

  /** Stops calls that run on after the bound, unless the version is taken back into use; it stays as it is. */
  void setAside(long drainNanos) {
    DrainLimit limit = new DrainLimit(pool, System.nanoTime() + drainNanos);
    aside.set(limit);
    host.watchdog().watch(limit);
  }

  /** Lets calls run as they may: the version takes new ones again. */
  void takeBack() {
    DrainLimit limit = aside.getAndSet(null);
    if (limit != null) {
      host.watchdog().forget(limit);
    }
  }

  private void close(CompletableFuture<Void> closed) {
    pool.close()
        .whenComplete((done, failure) -> warn("close hook failed", failure))
        .whenComplete(
            (done, failure) ->
                release(
                    environment,
                    loader,
                    stopper,
                    host,
                    pool.hasThrown(),
                    executor,
                    () -> letGo(closed)));
  }

  private static void release(
      Environment environment,
      FunctionLoader loader,
      RunawayStopper stopper,
      Host host,
      boolean threw,
      Executor executor,
      Runnable then) {
    Release.start(
        environment.function(),
        environment.version(),
        loader,
        stopper,
        new Release.Host(host.workers(), host.watchdog(), host.hookNanos()),
        threw,
        executor,
        then);
  }

  private void letGo(CompletableFuture<Void> closed) {
    closeQuietly(loader);
    host.unloads().retired(environment.function(), id(), loader);
    closed.complete(null);
  }

  private void warn(String what, @Nullable Throwable failure) {
    if (failure != null) {
      LoggerFactory.getLogger(FunctionVersion.class)
          .warn("function '{}' version {}: {}", environment.function(), id(), what, failure);
    }
  }

  /**
   * Tells the instances something through their hooks.
   *
   * @return completed when they have run; exceptionally with the first failure, or when the bound was reached
   */
  CompletionStage<Void> tell(Notice notice) {
    return pool.tell(notice);
  }

  private record CloseQuietly(FunctionLoader loader) implements Runnable {
    @Override
    public void run() {
      closeQuietly(loader);
    }
  }

  private static void closeQuietly(FunctionLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      LoggerFactory.getLogger(FunctionVersion.class).warn("cannot close {}", loader.getName(), e);
    }
  }

  private record DrainLimit(InstancePool pool, long deadlineNanos) implements Watchdog.Timed {
    @Override
    public boolean expire(long now) {
      pool.cancelAll("the version is retired and its drain limit is reached");
      return true;
    }
  }
}
