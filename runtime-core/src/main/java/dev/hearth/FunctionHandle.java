package dev.hearth;

import static java.util.Objects.requireNonNull;

import dev.hearth.function.Health;
import dev.hearth.instance.Notice;
import dev.hearth.instance.spi.Caching;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.FunctionMeter;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.ValueCall;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.StoredArchive;
import dev.hearth.signature.spi.FailureFormat;
import dev.hearth.signature.spi.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A deployed function, whatever its present version. Thread-safe. */
public final class FunctionHandle {

  private final String name;
  private final AtomicReference<@Nullable FunctionVersion> current = new AtomicReference<>();
  private final Deployer deployer;
  private final VersionHistory history;

  /** What makes and retires versions: the host. */
  interface Deployer {
    FunctionVersion open(String name, FunctionSpec spec);

    FunctionVersion openStored(String name, FunctionSpec spec, String hash);

    FunctionVersion openAgain(String name, FunctionVersion version);

    FunctionVersion openAgain(String name, FunctionSpec spec, StoredArchive archive);

    /** Lets running calls end within the drain limit, and keeps the version as it is. */
    void setAside(FunctionVersion version);

    CompletionStage<Void> retire(FunctionVersion version);

    CompletionStage<Void> remove(FunctionHandle handle);
  }

  FunctionHandle(String name, FunctionVersion first, Deployer deployer, VersionHistory history) {
    this.name = name;
    this.deployer = deployer;
    this.history = history;
    current.set(first);
  }

  /** The name it is invoked by. */
  public String name() {
    return name;
  }

  /** The version that takes new calls. */
  public String version() {
    return running().id();
  }

  /** The handler as found: {@code pkg.Class} or {@code pkg.Class::method}. */
  public String handler() {
    return running().bound.handler();
  }

  /** The signature the handler was recognised by. */
  public String signature() {
    return running().bound.signature();
  }

  /** What the function takes and gives. */
  public Shape shape() {
    return running().bound.binding().shape();
  }

  /**
   * What the handler says about itself beyond its signature, by names that the signature's package documents, such as
   * {@code azure.route}; unmodifiable, empty for most.
   */
  public Map<String, String> facts() {
    return running().bound.binding().facts();
  }

  /** The spec of the version that takes new calls. */
  public FunctionSpec spec() {
    return running().spec;
  }

  /** Calls that one instance runs at once: what the spec says, else what the handler's vendor promises. */
  public int concurrency() {
    FunctionVersion version = running();
    return version.spec.instances().settled(version.bound.binding().concurrency()).concurrency();
  }

  /** Whether the handler takes its platform's events as they come, such as one written for AWS Lambda. */
  public boolean takesEvents() {
    return running().bound.binding().takesEvents();
  }

  /** SHA-256 of the archive that takes new calls, in hexadecimal. */
  public String archiveHash() {
    return running().archive.hash();
  }

  /** How long the present version took to start: to be loaded and bound, and to make its first instances. */
  public Duration startTime() {
    return Duration.ofNanos(running().startNanos);
  }

  /** What has become of its calls, and what they used, since it was deployed under this name; a swap does not begin anew. */
  public FunctionMeter meter() {
    return running().meter;
  }

  /** Whether the present version gets no calls for a while because it keeps failing; see {@link FunctionSpec#breaker}. */
  public boolean isParked() {
    return running().pool.isParked();
  }

  /** How answers of the present version are kept; null if they are not. */
  public @Nullable Caching caching() {
    return running().spec.caching();
  }

  /** The most the body of a request for the present version may have; {@link Limits#NONE} for what the server allows. */
  public long bodyBytes() {
    return running().spec.bodyBytes();
  }

  /** Calls admitted to the present version and not yet left. */
  public int inFlight() {
    return running().pool.inFlight();
  }

  /**
   * Asks the warm instances that implement {@link Health} whether they want calls.
   *
   * @return null when none has anything to say; else completed with whether all do, on the host's threads
   */
  public @Nullable CompletableFuture<Boolean> askReady() {
    return ask(true);
  }

  /** As {@link #askReady}, whether they work. */
  public @Nullable CompletableFuture<Boolean> askAlive() {
    return ask(false);
  }

  private @Nullable CompletableFuture<Boolean> ask(boolean whetherReady) {
    FunctionVersion version = running();
    List<Health> health = version.pool.health();
    return health.isEmpty() ? null : version.ask(health, whetherReady);
  }

  /** Instances of the present version. */
  public int instances() {
    return running().pool.instances();
  }

  /**
   * Invokes the function and waits. Without a run timeout the function runs on the calling thread, else
   * on the host's, so that the caller is answered in time whatever the function does.
   *
   * @param input what the function declares; or text, bytes or a stream to be converted as a request would be
   * @return what the function returned; a {@link dev.hearth.function.Reply} of bytes when the input had to be converted
   * @throws InvocationException if it gave no result
   */
  public @Nullable Object invoke(@Nullable Object input) {
    ValueCall call = new ValueCall(input, null);
    boolean here = running().spec.limits().runNanos() == Limits.NONE;
    Invocation invocation = dispatch(call, here);
    try {
      return value(call.outcome().get());
    } catch (InterruptedException e) {
      invocation.cancel("the caller was interrupted");
      Thread.currentThread().interrupt();
      throw new InvocationRejectedException("function '" + name + "': the caller was interrupted");
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("an outcome is never exceptional", e);
    }
  }

  /**
   * Invokes the function and waits; as {@link #invoke(Object)}, the result cast.
   *
   * @throws ClassCastException if the result is of another type
   */
  public <T> @Nullable T invoke(@Nullable Object input, Class<T> type) {
    return requireNonNull(type, "type").cast(invoke(input));
  }

  /**
   * Invokes the function on the host's threads.
   *
   * @param timeout how long the caller is interested; null for as long as the function's limits allow
   * @return completed with how it ended, never exceptionally; cancelling it does not stop the function
   */
  public CompletableFuture<Outcome<?>> invokeAsync(
      @Nullable Object input, @Nullable Duration timeout) {
    ValueCall call = new ValueCall(input, timeout);
    dispatch(call, false);
    return call.outcome();
  }

  /**
   * Runs a call of a contract: reads its request, calls the function, writes its response, and tells it how it ended.
   *
   * @return the invocation, to be cancelled when the client leaves; it may have ended already
   */
  public Invocation dispatch(Call call) {
    return dispatch(call, running().runsOnCaller());
  }

  private Invocation dispatch(Call call, boolean here) {
    while (true) {
      FunctionVersion version = running();
      try {
        Invocation invocation = here ? version.pool.runHere(call) : version.pool.submit(call);
        if (invocation != null) {
          return invocation;
        }
      } catch (OutOfMemoryError e) {
        version.meter.threw(e); // even what calls need of the host is not there
        throw e;
      }
      // Retired in between, which it is only after its successor took its place or the function was
      // removed:
      // the next look finds that one, or says that there is none.
    }
  }

  private @Nullable Object value(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Returned<?> returned) {
      return returned.value();
    }
    throw failure(outcome);
  }

  private InvocationException failure(Outcome<?> outcome) {
    String subject = "function '" + name + "': ";
    if (outcome instanceof Outcome.Threw<?> threw) {
      return new FunctionFailedException(subject + threw.cause(), threw.cause());
    }
    if (outcome instanceof Outcome.Refused<?> refused) {
      return new InputRefusedException(subject + refused.cause().getMessage(), refused.cause());
    }
    if (outcome instanceof Outcome.TimedOut<?> late) {
      return new InvocationTimeoutException(
          subject + "no result after " + late.limit().toMillis() + " ms in phase " + late.phase());
    }
    if (outcome instanceof Outcome.Rejected<?> rejected) {
      return new InvocationRejectedException(rejected.reason());
    }
    return new InvocationRejectedException(subject + ((Outcome.Cancelled<?>) outcome).reason());
  }

  /**
   * Replaces the version: the new one is loaded and initialised first, then takes all new calls at once;
   * calls running on the old one end there. Where the host keeps versions the old one stays warm for {@link #rollback}.
   *
   * @throws dev.hearth.loader.DeployException if the new one cannot be served; the old one keeps serving
   */
  public void swap(FunctionSpec spec) {
    replaceBy(deployer.open(name, spec));
  }

  /**
   * As {@link #swap}, by an archive that the store has already.
   *
   * @param spec its settings; its archive is for messages only
   * @param hash what {@link Hearth#keep} gave
   * @throws dev.hearth.loader.DeployException if it cannot be served; the present version keeps serving
   */
  public void swapStored(FunctionSpec spec, String hash) {
    replaceBy(deployer.openStored(name, spec, hash));
  }

  private void replaceBy(FunctionVersion next) {
    FunctionVersion before;
    FunctionVersion superfluous = null;
    synchronized (history) {
      before = current.getAndUpdate(now -> now == null ? null : next);
      if (before != null) {
        superfluous = history.push(before);
      }
    }
    if (before == null) {
      deployer.retire(next);
      throw new IllegalStateException("function '" + name + "' was removed meanwhile");
    }
    if (before != superfluous) {
      deployer.setAside(before);
    }
    if (superfluous != null) {
      deployer.retire(superfluous);
    }
  }

  /**
   * Goes back to the version before the present one, which is retired. One that was kept warm takes the next call at once; an older
   * one is loaded and initialised anew from what the store has of its archive. Again goes one further back.
   *
   * @return the id of the version that takes new calls now
   * @throws dev.hearth.loader.DeployException if there is none, or it cannot be served again; the present one keeps serving
   */
  public String rollback() {
    VersionHistory.Past target = history.newest();
    if (target == null) {
      throw new DeployException(
          "function '"
              + name
              + "' has no version before "
              + version()
              + " to go back to; deploy the archive you want");
    }
    FunctionVersion kept = target.version();
    FunctionVersion back =
        kept != null ? kept : deployer.openAgain(name, target.spec(), target.archive());
    FunctionVersion before = null;
    synchronized (history) {
      if (current.get() != null && history.take(target)) {
        before = current.getAndSet(back);
      }
    }
    if (before == null) {
      if (kept == null) {
        deployer.retire(back);
      }
      throw new DeployException(
          "function '" + name + "' was replaced or removed meanwhile; look, and try again");
    }
    back.takeBack();
    deployer.retire(before);
    return back.id();
  }

  /** The versions before the present one that {@link #rollback} goes back to, the newest first. */
  public List<Past> past() {
    List<Past> shown = new ArrayList<>();
    for (VersionHistory.Past each : history.all()) {
      shown.add(new Past(each.id(), each.archive().hash(), each.version() != null));
    }
    return shown;
  }

  /**
   * A version that was replaced.
   *
   * @param version its id; opened again it has a new one
   * @param archive SHA-256 of its archive, in hexadecimal
   * @param warm whether it is kept as it was, so that going back to it takes no time
   */
  public record Past(String version, String archive, boolean warm) {}

  /**
   * Replaces the version by the same code and settings anew, as {@link #swap} does: with other instances and other statics. The
   * code is what the host keeps of it, whatever has become of the archive's file.
   *
   * @param version what is to be replaced; when another one has taken its place, nothing happens
   * @return whether it was replaced
   * @throws dev.hearth.loader.DeployException if it cannot be served again; the present one keeps serving
   */
  public boolean restart(String version) {
    FunctionVersion before = running();
    if (!before.id().equals(requireNonNull(version, "version"))) {
      return false;
    }
    FunctionVersion next = deployer.openAgain(name, before);
    boolean replaced = current.compareAndSet(before, next);
    deployer.retire(replaced ? before : next);
    return replaced;
  }

  /** What the host keeps of the present version's code. */
  StoredArchive archive() {
    return running().archive;
  }

  /**
   * Tells every live instance that the process is about to be stored or stopped for a while, and waits until its hooks have
   * run. The caller sees to it that no call is running, and calls {@link #thaw} before the next.
   *
   * @throws InvocationException if a hook failed or took too long; the others have run
   */
  public void freeze() {
    tell(Notice.FREEZE);
  }

  /**
   * Tells every live instance that the process has been brought back, and waits until its hooks have run.
   *
   * @throws InvocationException if a hook failed or took too long; the others have run
   */
  public void thaw() {
    tell(Notice.THAW);
  }

  private void tell(Notice notice) {
    String subject = "function '" + name + "': ";
    try {
      running().tell(notice).toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InvocationRejectedException(subject + "the caller was interrupted");
    } catch (java.util.concurrent.ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof java.util.concurrent.TimeoutException) {
        throw new InvocationTimeoutException(subject + cause.getMessage());
      }
      throw new FunctionFailedException(subject + cause, cause);
    }
  }

  /** How the handler's vendor words what its functions throw; null where it says nothing about that. */
  public @Nullable FailureFormat failureFormat() {
    return running().bound.binding() instanceof FailureFormat format ? format : null;
  }

  /**
   * Removes the function. Calls that run end within the host's drain limit.
   *
   * @return completed when all its code has been let go
   */
  public CompletionStage<Void> undeploy() {
    return deployer.remove(this);
  }

  /** Takes the present version and those kept away; empty if that happened before. */
  List<FunctionVersion> detach() {
    List<FunctionVersion> all;
    synchronized (history) {
      all = history.clear();
      FunctionVersion last = current.getAndSet(null);
      if (last != null) {
        all.add(last);
      }
    }
    return all;
  }

  /** Whether the function is deployed. */
  public boolean isDeployed() {
    return current.get() != null;
  }

  private FunctionVersion running() {
    FunctionVersion version = current.get();
    if (version == null) {
      throw new IllegalStateException("function '" + name + "' is not deployed any more");
    }
    return version;
  }
}
