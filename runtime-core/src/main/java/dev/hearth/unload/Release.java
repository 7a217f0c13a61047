package dev.hearth.unload;

import dev.hearth.guard.Facility;
import dev.hearth.invoke.CallGuard;
import dev.hearth.invoke.Watchdog;
import dev.hearth.invoke.Workers;
import dev.hearth.loader.FunctionLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The end of one version: what its code began is ended, what it set for the process is undone, what the JDK keeps of it is taken back.
 * Runs on a thread of the host's, and within a bound: what follows does not wait longer, whatever the version's own code does.
 */
public final class Release implements Runnable, Watchdog.Timed {

  /** What all versions of a host share. */
  public record Host(Workers workers, Watchdog watchdog, long hookNanos) {}

  private final String function;
  private final String version;
  private final FunctionLoader loader;
  private final CallGuard guard;
  private final Host host;
  private final boolean threw;
  private final Runnable then;
  private final AtomicBoolean done = new AtomicBoolean();
  private final long deadlineNanos;
  private @Nullable Thread runner; // guarded by this
  private CallGuard.@Nullable Stop stopping; // guarded by this

  private Release(
      String function,
      String version,
      FunctionLoader loader,
      CallGuard guard,
      Host host,
      boolean threw,
      Runnable then) {
    this.function = function;
    this.version = version;
    this.loader = loader;
    this.guard = guard;
    this.host = host;
    this.threw = threw;
    this.then = then;
    this.deadlineNanos = System.nanoTime() + 2 * host.hookNanos(); // the hooks, and all else
  }

  /**
   * Begins it.
   *
   * @param guard stops the version's code where it takes too long
   * @param threw whether code of the version threw something on the host's threads, which may hold that
   * @param executor has threads that user code may run on
   * @param then is run once, when it is done or took too long
   */
  public static void start(
      String function,
      String version,
      FunctionLoader loader,
      CallGuard guard,
      Host host,
      boolean threw,
      Executor executor,
      Runnable then) {
    Release release = new Release(function, version, loader, guard, host, threw, then);
    host.watchdog().watch(release);
    try {
      executor.execute(release);
    } catch (RejectedExecutionException e) { // the host is closed: its process ends, or will
      release.run();
    }
  }

  @Override
  public void run() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    synchronized (this) {
      runner = thread;
    }
    thread.setContextClassLoader(loader);
    try {
      report(release());
    } catch (InterruptedException e) {
      LoggerFactory.getLogger(Release.class)
          .warn(
              "function '{}' version {}: its end was interrupted, for its shutdown hooks take too long",
              function,
              version);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LoggerFactory.getLogger(Release.class)
          .warn("function '{}' version {}: not all of it could be ended", function, version, e);
    } finally {
      thread.setContextClassLoader(before);
      leave();
      ThreadSweep.sweep(loader);
      end();
    }
  }

  private List<String> release() throws ReflectiveOperationException, InterruptedException {
    Ending ending = new Ending();
    ending.runHooks(loader.noted(FunctionLoader.Noted.HOOKS), host.hookNanos());
    loader.noted(FunctionLoader.Noted.CLOSE).forEach(ending::end);
    loader.stopEverything();
    new Leftovers(function, version, threads(), host.watchdog()).watch();
    List<String> found = new ArrayList<>();
    ending.kinds().forEach((kind, count) -> found.add(count + " " + kind));
    for (Object owner : loader.noted(FunctionLoader.Noted.DEFAULTS)) {
      found.add("default of " + owner);
    }
    for (Object name : loader.noted(FunctionLoader.Noted.PROPERTIES)) {
      found.add("system property " + name);
    }
    if (loader.uses(Facility.DRIVERS)) {
      int drivers = loader.deregisterDrivers();
      if (drivers > 0) {
        found.add(drivers + " JDBC driver");
      }
    }
    found.addAll(new JdkTraces(loader).clear());
    if (threw || loader.uses(Facility.THREAD_LOCALS)) {
      host.workers().renew();
    }
    return found;
  }

  private List<Thread> threads() throws ReflectiveOperationException {
    List<Thread> alive = new ArrayList<>();
    for (Object each : loader.noted(FunctionLoader.Noted.BEGUN)) {
      if (each instanceof Thread thread && thread.isAlive()) {
        alive.add(thread);
      }
    }
    return alive;
  }

  private void report(List<String> found) {
    if (!found.isEmpty()) {
      LoggerFactory.getLogger(Release.class)
          .info(
              "function '{}' version {} is over; ended or undone: {}",
              function,
              version,
              String.join(", ", found));
    }
  }

  private void leave() {
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

  private void end() {
    if (done.compareAndSet(false, true)) {
      host.watchdog().forget(this);
      then.run();
    }
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public boolean expire(long now) {
    synchronized (this) {
      if (runner != null) {
        stopping = guard.stop(runner, "the end of its version took too long", null);
      }
    }
    end();
    return true;
  }
}
