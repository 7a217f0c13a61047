package dev.hearth.instance;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Environment;
import dev.hearth.function.Health;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.CallGuard;
import dev.hearth.invoke.CircuitBreaker;
import dev.hearth.invoke.FunctionMeter;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.InvocationList;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Metering;
import dev.hearth.invoke.RunawayStopper;
import dev.hearth.invoke.Watchdog;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Invoker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The instances of one version, and the calls that run in them. Thread-safe.
 *
 * <p>A call takes a place in an instance, waits in a bounded line when all places are taken, and runs on
 * the given executor. Its place is given back when the function's code has left it, which after a timeout may be later
 * than its answer. {@link #retire} lets running calls end; {@link #close} then closes the instances.
 *
 * <pre>
 * OPEN -> DRAINING -> CLOSED     never backwards
 * </pre>
 */
public final class InstancePool implements RunawayStopper.Places {

  private enum State {
    OPEN,
    DRAINING,
    CLOSED
  }

  private static final Executor CALLER = new OnCaller();

  private final Binding binding;
  private final Environment environment;
  private final ClassLoader loader;
  private final InstanceSettings settings;
  private final Limits limits;
  private final Executor executor;
  private final Watchdog watchdog;
  private final long hookNanos;
  private final CallGuard guard;
  private final Metering metering;
  private final FunctionMeter meter;
  private final CallRunner runner;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final Reaper reaper;

  private final ReentrantLock lock = new ReentrantLock(); // never held while function code runs

  @GuardedBy("lock")
  private final List<Instance> instances = new ArrayList<>();

  @GuardedBy("lock")
  private final Deque<Invocation> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private final InvocationList running = new InvocationList();

  @GuardedBy("lock")
  private State state = State.OPEN;

  private volatile @Nullable CircuitBreaker breaker;

  @GuardedBy("lock")
  private boolean useWatched; // whether somebody looks at what calls use

  /**
   * @param loader the context class loader of all user code
   * @param executor where calls and hooks run
   * @param hookNanos the most a hook may take
   * @param guard stops code that should have ended
   * @param metering what is measured of each call, and what it may use
   * @param meter counts them
   */
  public InstancePool(
      Binding binding,
      Environment environment,
      ClassLoader loader,
      InstanceSettings settings,
      Limits limits,
      Executor executor,
      Watchdog watchdog,
      long hookNanos,
      CallGuard guard,
      Metering metering,
      FunctionMeter meter) {
    this.guard = guard;
    this.metering = metering;
    this.meter = meter;
    this.binding = binding;
    this.environment = environment;
    this.loader = loader;
    this.settings = settings.settled(binding.concurrency());
    this.limits = limits;
    this.executor = executor;
    this.watchdog = watchdog;
    this.hookNanos = hookNanos;
    this.runner =
        new CallRunner(
            binding, environment, loader, limits, executor, watchdog, guard, meter, new Places());
    this.reaper = new Reaper(System.nanoTime() + settings.idleNanos() / 2);
  }

  /**
   * Makes the declared minimum of instances on the calling thread, which must be one that may run user code.
   *
   * @throws Throwable what constructing or initialising one threw; those made before it are closed again
   */
  public void open() throws Throwable {
    if (settings.idleNanos() != Limits.NONE) {
      watchdog.watch(reaper);
    }
    try {
      List<Instance> made =
          new InstanceOpening(binding, environment, loader).open(settings.min(), executor);
      lock.lock();
      try {
        instances.addAll(made);
      } finally {
        lock.unlock();
      }
    } catch (Throwable e) {
      watchdog.forget(reaper);
      throw e;
    }
  }

  /**
   * Admits a call.
   *
   * @return the invocation, which may have ended already; null if this version takes no more calls
   */
  public @Nullable Invocation submit(Call call) {
    return admit(
        new Invocation(call, environment, limits, guard, metering, meter), executor, false);
  }

  /** As {@link #submit}, but runs on the calling thread when a place is free at once. */
  public @Nullable Invocation runHere(Call call) {
    return admit(new Invocation(call, environment, limits, guard, metering, meter), CALLER, true);
  }

  /** Has calls from now on refused while the function keeps failing. */
  public void protectBy(CircuitBreaker by) {
    breaker = by;
  }

  /** Whether calls are refused because the function keeps failing. */
  public boolean isParked() {
    CircuitBreaker by = breaker;
    return by != null && by.isParked();
  }

  private @Nullable Invocation admit(Invocation invocation, Executor where, boolean here) {
    CircuitBreaker by = breaker;
    if (by == null) {
      return admitted(invocation, where, here);
    }
    CircuitBreaker.Refusal refusal = by.refusal(invocation);
    if (refusal != null) {
      invocation.reject(refusal);
      return invocation;
    }
    invocation.judgedBy(by);
    Invocation admitted = admitted(invocation, where, here);
    if (admitted == null) {
      by.withdraw(invocation);
    }
    return admitted;
  }

  private @Nullable Invocation admitted(Invocation invocation, Executor where, boolean here) {
    Instance place = null;
    boolean full = false;
    boolean unwatched;
    lock.lock();
    try {
      if (state != State.OPEN) {
        return null;
      }
      running.add(invocation);
      unwatched = metering.isLimited() && !useWatched;
      useWatched |= unwatched;
      place = takePlace();
      if (place == null) {
        full = waiting.size() >= settings.queue() && !dropEnded();
        if (full) {
          running.remove(invocation);
        } else {
          waiting.add(invocation);
        }
      }
    } finally {
      lock.unlock();
    }
    if (unwatched) {
      watchdog.watch(new UseWatch());
    }
    if (full) {
      invocation.reject(saturation());
      return invocation;
    }
    if (!here || place == null || place.warm() == null || mayExpire(invocation)) {
      invocation.watchBy(watchdog);
    }
    if (place != null) {
      start(invocation, place, where);
    }
    return invocation;
  }

  /** Whether a call that starts at once in a warm instance has a deadline to come. */
  private boolean mayExpire(Invocation invocation) {
    return limits.runNanos() != Limits.NONE
        || invocation.call().deadlineNanos() != Call.NO_DEADLINE;
  }

  /** Looks at each tick of the watchdog what running calls have used; another one is made when there are calls again. */
  private final class UseWatch implements Watchdog.Timed {
    private final long begunNanos = System.nanoTime();

    @Override
    public long deadlineNanos() {
      return begunNanos; // each tick is after it
    }

    @Override
    public boolean expire(long now) {
      List<Invocation> all;
      lock.lock();
      try {
        all = running.copy();
        useWatched = !all.isEmpty();
      } finally {
        lock.unlock();
      }
      for (Invocation each : all) {
        each.endIfOverLimit();
      }
      return all.isEmpty();
    }
  }

  @GuardedBy("lock")
  private @Nullable Instance takePlace() {
    Instance least = null;
    for (Instance instance : instances) {
      if (instance.busy < settings.concurrency() && (least == null || instance.busy < least.busy)) {
        least = instance;
      }
    }
    if (least == null && instances.size() < settings.max()) {
      least = new Instance();
      instances.add(least);
    }
    if (least != null) {
      least.busy++;
    }
    return least;
  }

  /** Takes those out of the line that have ended while they waited; whether there were any. */
  @GuardedBy("lock")
  private boolean dropEnded() {
    int before = waiting.size();
    for (Iterator<Invocation> line = waiting.iterator(); line.hasNext(); ) {
      Invocation next = line.next();
      if (next.isEnded()) {
        line.remove();
        running.remove(next);
      }
    }
    return waiting.size() < before;
  }

  private String saturation() {
    return "function '"
        + environment.function()
        + "': no free instance (instances="
        + settings.max()
        + ", concurrency="
        + settings.concurrency()
        + ", waiting="
        + settings.queue()
        + "); raise instances.max or instances.concurrency, or try again later";
  }

  private void start(Invocation invocation, Instance instance, Executor where) {
    try {
      where.execute(new Run(invocation, instance, where == CALLER));
    } catch (RejectedExecutionException e) {
      leavePlace(invocation, instance);
      invocation.reject("function '" + environment.function() + "': " + e.getMessage());
    }
  }

  // Classes rather than lambdas: these run before the first answer, where a first lambda costs
  // milliseconds.

  private static final class OnCaller implements Executor {
    @Override
    public void execute(Runnable call) {
      call.run();
    }
  }

  private final class Run implements Runnable {
    private final Invocation invocation;
    private final Instance instance;
    private final boolean callers;

    Run(Invocation invocation, Instance instance, boolean callers) {
      this.invocation = invocation;
      this.instance = instance;
      this.callers = callers;
    }

    @Override
    public void run() {
      runner.run(invocation, instance, callers);
    }
  }

  private final class Places implements CallRunner.Places {
    @Override
    public void leave(Invocation invocation, Instance instance) {
      leavePlace(invocation, instance);
    }
  }

  private void leavePlace(Invocation invocation, Instance instance) {
    Waiting next;
    boolean last;
    lock.lock();
    try {
      running.remove(invocation);
      instance.busy--;
      instance.idleSinceNanos = System.nanoTime();
      if (instance.isFailed()) {
        instances.remove(instance);
      }
      next = nextWaiting();
      last = state == State.DRAINING && running.isEmpty();
    } finally {
      lock.unlock();
    }
    if (next != null) {
      start(next.invocation, next.place, executor);
    }
    if (last) {
      drained.complete(null);
    }
  }

  /** The call's thread does not come back: its instance takes no more calls, and this version no longer waits for it. */
  @Override
  public void abandon(Invocation invocation) {
    Waiting next;
    boolean last;
    lock.lock();
    try {
      running.remove(invocation);
      if (invocation.place() instanceof Instance instance) {
        instances.remove(instance);
      }
      next = nextWaiting();
      last = state == State.DRAINING && running.isEmpty();
    } finally {
      lock.unlock();
    }
    if (next != null) {
      start(next.invocation, next.place, executor);
    }
    if (last) {
      drained.complete(null);
    }
  }

  @GuardedBy("lock")
  private @Nullable Waiting nextWaiting() {
    Invocation next = waiting.poll();
    while (next != null && next.isEnded()) {
      running.remove(next);
      next = waiting.poll();
    }
    if (next == null) {
      return null;
    }
    Instance place = takePlace();
    if (place == null) {
      waiting.addFirst(next);
      return null;
    }
    return new Waiting(next, place);
  }

  private record Waiting(Invocation invocation, Instance place) {}

  /**
   * Takes no more calls and lets those admitted end.
   *
   * @return completed when the last has left; the same at each call
   */
  public CompletionStage<Void> retire() {
    boolean idle;
    lock.lock();
    try {
      if (state == State.OPEN) {
        state = State.DRAINING;
      }
      idle = running.isEmpty();
    } finally {
      lock.unlock();
    }
    if (idle) {
      drained.complete(null);
    }
    return drained.minimalCompletionStage();
  }

  /** Ends every call that is still there, interrupting its function. */
  public void cancelAll(String reason) {
    List<Invocation> left;
    lock.lock();
    try {
      left = running.copy();
    } finally {
      lock.unlock();
    }
    for (Invocation invocation : left) {
      invocation.cancel(reason);
    }
  }

  /** Calls admitted and not yet left, waiting ones included. */
  public int inFlight() {
    lock.lock();
    try {
      return running.size();
    } finally {
      lock.unlock();
    }
  }

  /** What the warm instances say about their health; of those that have nothing to say there is nothing. */
  public List<Health> health() {
    List<Health> said = new ArrayList<>();
    lock.lock();
    try {
      for (Instance instance : instances) {
        Invoker warm = instance.warm();
        Health health = warm == null ? null : warm.health();
        if (health != null) {
          said.add(health);
        }
      }
    } finally {
      lock.unlock();
    }
    return said;
  }

  /** Whether any call threw. A thread of the JVM may go on to hold what was thrown last, and with it the function's classes. */
  public boolean hasThrown() {
    return runner.hasThrown();
  }

  /** Instances made and not closed. */
  public int instances() {
    lock.lock();
    try {
      return instances.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs the hooks that tell the instances what is about to happen; none that a call has yet to open.
   *
   * @return completed when all have run; exceptionally with the first failure, or when the bound was reached
   */
  public CompletionStage<Void> tell(Notice notice) {
    List<Invoker> told = new ArrayList<>();
    lock.lock();
    try {
      for (Instance instance : instances) {
        Invoker warm = instance.warm();
        if (warm != null) {
          told.add(warm);
        }
      }
    } finally {
      lock.unlock();
    }
    if (!notice.concerns(told)) {
      return CompletableFuture.completedStage(null);
    }
    return hooks(notice.hook(), () -> notice.tell(told));
  }

  /**
   * Closes the instances, last made first, each one attempted; for when no call is left.
   *
   * @return completed when all close hooks have run; exceptionally with the first failure, or when the bound was reached
   */
  public CompletionStage<Void> close() {
    watchdog.forget(reaper);
    List<Instance> closing;
    lock.lock();
    try {
      state = State.CLOSED;
      closing = new ArrayList<>(instances);
      instances.clear();
    } finally {
      lock.unlock();
    }
    return closing.isEmpty()
        ? CompletableFuture.completedStage(null)
        : hooks("close", () -> closeAll(closing));
  }

  private CompletionStage<Void> hooks(String name, HookRun.Body body) {
    return HookRun.start(name, body, loader, executor, watchdog, hookNanos, guard);
  }

  static void closeAll(List<Instance> closing) throws Exception {
    Exception first = null;
    for (int i = closing.size() - 1; i >= 0; i--) {
      try {
        closing.get(i).close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Takes away instances beyond the minimum that nobody used for the idle time. */
  private List<Instance> takeIdle(long now) {
    List<Instance> idle = new ArrayList<>();
    lock.lock();
    try {
      for (int i = instances.size() - 1; i >= 0 && instances.size() > settings.min(); i--) {
        Instance instance = instances.get(i);
        if (instance.busy == 0 && now - instance.idleSinceNanos >= settings.idleNanos()) {
          instances.remove(i);
          idle.add(instance);
        }
      }
    } finally {
      lock.unlock();
    }
    return idle;
  }

  private void closeIdle(List<Instance> idle) {
    hooks("close", () -> closeAll(idle)).whenComplete((done, failure) -> warn(failure));
  }

  private void warn(@Nullable Throwable failure) {
    if (failure != null) {
      LoggerFactory.getLogger(InstancePool.class)
          .warn(
              "function '{}': close hook of an idle instance failed",
              environment.function(),
              failure);
    }
  }

  /** Looks for idle instances each half of the idle time. */
  private final class Reaper implements Watchdog.Timed {
    private volatile long nextNanos;

    Reaper(long nextNanos) {
      this.nextNanos = nextNanos;
    }

    @Override
    public long deadlineNanos() {
      return nextNanos;
    }

    @Override
    public boolean expire(long now) {
      nextNanos = now + settings.idleNanos() / 2;
      List<Instance> idle = takeIdle(now);
      if (!idle.isEmpty()) {
        closeIdle(idle);
      }
      return false;
    }
  }
}
