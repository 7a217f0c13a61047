package dev.hearth.instance;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Environment;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Outcome.Refused;
import dev.hearth.invoke.Outcome.Returned;
import dev.hearth.invoke.Outcome.Threw;
import dev.hearth.invoke.ValueCall;
import dev.hearth.invoke.Watchdog;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Invoker;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The instances of one version, and the calls that run in them. Thread-safe.
 *
 * <p>A call takes a place in an instance, waits in a bounded line when all places are taken, and runs on
 * the given executor. Its place is given back when the function's code has left it, which after a timeout may be later
 * than its answer. {@link #retire} lets running calls end, then closes the instances.
 *
 * <pre>
 * OPEN -> DRAINING -> CLOSED     never backwards
 * </pre>
 */
public final class InstancePool {

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
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final Reaper reaper;

  private final ReentrantLock lock = new ReentrantLock(); // never held while function code runs

  @GuardedBy("lock")
  private final List<Instance> instances = new ArrayList<>();

  @GuardedBy("lock")
  private final Deque<Invocation> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private final Set<Invocation> running = new HashSet<>();

  @GuardedBy("lock")
  private State state = State.OPEN;

  /**
   * @param loader the context class loader of all user code
   * @param executor where calls run
   */
  public InstancePool(
      Binding binding,
      Environment environment,
      ClassLoader loader,
      InstanceSettings settings,
      Limits limits,
      Executor executor,
      Watchdog watchdog) {
    this.binding = binding;
    this.environment = environment;
    this.loader = loader;
    this.settings = settings.settled(binding.concurrency());
    this.limits = limits;
    this.executor = executor;
    this.watchdog = watchdog;
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
      for (int i = 0; i < settings.min(); i++) {
        Instance instance = new Instance();
        instance.ready(binding, environment);
        lock.lock();
        try {
          instances.add(instance);
        } finally {
          lock.unlock();
        }
      }
    } catch (Throwable e) {
      try {
        close();
      } catch (Exception onClose) {
        e.addSuppressed(onClose);
      }
      throw e;
    }
  }

  /**
   * Admits a call.
   *
   * @return the invocation, which may have ended already; null if this version takes no more calls
   */
  public @Nullable Invocation submit(Call call) {
    return admit(new Invocation(call, environment, limits), executor, false);
  }

  /** As {@link #submit}, but runs on the calling thread when a place is free at once. */
  public @Nullable Invocation runHere(Call call) {
    return admit(new Invocation(call, environment, limits), CALLER, true);
  }

  private @Nullable Invocation admit(Invocation invocation, Executor where, boolean here) {
    Instance place = null;
    boolean full = false;
    lock.lock();
    try {
      if (state != State.OPEN) {
        return null;
      }
      running.add(invocation);
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
    if (full) {
      invocation.reject(saturation());
      return invocation;
    }
    if (!here || place == null || place.warm() == null || mayExpire(invocation)) {
      watchdog.watch(invocation);
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

  @GuardedBy("lock")
  private boolean dropEnded() {
    int before = waiting.size();
    waiting.removeIf(Invocation::isEnded);
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
      where.execute(new Run(invocation, instance));
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

    Run(Invocation invocation, Instance instance) {
      this.invocation = invocation;
      this.instance = instance;
    }

    @Override
    public void run() {
      InstancePool.this.run(invocation, instance);
    }
  }

  private void run(Invocation invocation, Instance instance) {
    if (!invocation.beginInit()) {
      leavePlace(invocation, instance);
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader callers = thread.getContextClassLoader();
    String name = thread.getName();
    int priority = thread.getPriority();
    boolean interrupted = thread.isInterrupted();
    invocation.call().entering(invocation);
    thread.setContextClassLoader(loader);
    Invocation outer = invocation.enter();
    Outcome<?> outcome;
    Invoker invoker = null;
    Object result = null;
    try {
      invoker = instance.ready(binding, environment);
      if (invocation.beginRun()) {
        result = step(invoker, invocation);
      }
      outcome = result instanceof CompletionStage ? null : finish(invoker, invocation, result);
    } catch (InputException e) {
      outcome = new Refused<>(e, invocation.timings());
    } catch (Throwable e) {
      outcome = new Threw<>(e, invocation.timings());
    } finally {
      invocation.leave(outer);
      thread.setContextClassLoader(callers);
      restore(thread, name, priority, interrupted);
    }
    if (outcome == null && invoker != null && result instanceof CompletionStage<?> stage) {
      finishLater(invoker, invocation, instance, stage);
      return;
    }
    if (outcome != null) {
      end(invocation, instance, outcome);
    }
  }

  /** The function's code is done with a call; its place is free before its caller may come back. */
  private void end(Invocation invocation, Instance instance, Outcome<?> outcome) {
    invocation.call().left(invocation, outcome);
    leavePlace(invocation, instance);
    invocation.end(outcome);
  }

  /** Undoes what the function may have done to a thread that is not its own. */
  @SuppressWarnings("ThreadPriorityCheck") // it puts back what was there
  private static void restore(Thread thread, String name, int priority, boolean interrupted) {
    if (!name.equals(thread.getName())) {
      thread.setName(name);
    }
    if (thread.getPriority() != priority) {
      thread.setPriority(priority);
    }
    if (interrupted) {
      thread.interrupt();
    }
  }

  private static @Nullable Object step(Invoker invoker, Invocation invocation) throws Throwable {
    Call call = invocation.call();
    if (call instanceof ValueCall value && invoker.accepts(value.input())) {
      return invoker.call(value.input(), invocation);
    }
    return invoker.call(invoker.read(call), invocation);
  }

  /** Writes the result; on a thread with the function's context class loader. */
  private static Outcome<?> finish(Invoker invoker, Invocation invocation, @Nullable Object result)
      throws Exception {
    if (invocation.isEnded()) {
      if (result instanceof Closeable unread) {
        unread.close(); // nobody will read it any more
      }
      return new Returned<>(null, invocation.timings()); // too late to count
    }
    if (invocation.call() instanceof ValueCall value) {
      if (invoker.accepts(value.input())) {
        return new Returned<>(result, invocation.timings());
      }
      invoker.write(result, value);
      return new Returned<>(value.exchange().reply(), invocation.timings());
    }
    invoker.write(result, invocation.call());
    return new Returned<>(result, invocation.timings());
  }

  private void finishLater(
      Invoker invoker, Invocation invocation, Instance instance, CompletionStage<?> stage) {
    if (stage instanceof Future<?> promise) {
      invocation.await(promise);
    }
    stage.whenComplete(
        (value, failure) -> {
          Thread thread = Thread.currentThread();
          ClassLoader callers = thread.getContextClassLoader();
          thread.setContextClassLoader(loader);
          Outcome<?> outcome;
          try {
            outcome =
                failure == null
                    ? finish(invoker, invocation, value)
                    : new Threw<>(unwrap(failure), invocation.timings());
          } catch (Exception e) {
            outcome = new Threw<>(e, invocation.timings());
          } finally {
            thread.setContextClassLoader(callers);
          }
          end(invocation, instance, outcome);
        });
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void leavePlace(Invocation invocation, Instance instance) {
    watchdog.forget(invocation);
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
      left = List.copyOf(running);
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
   * Closes the instances, last made first, each one attempted; on a thread that may run user code.
   *
   * @throws Exception the first that a close hook threw, the others suppressed
   */
  public void close() throws Exception {
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
    closeAll(closing);
  }

  private static void closeAll(List<Instance> closing) throws Exception {
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
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      closeAll(idle);
    } catch (Exception e) {
      LoggerFactory.getLogger(InstancePool.class)
          .warn("function '{}': close hook of an idle instance failed", environment.function(), e);
    } finally {
      thread.setContextClassLoader(before);
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
        executor.execute(() -> closeIdle(idle));
      }
      return false;
    }
  }
}
