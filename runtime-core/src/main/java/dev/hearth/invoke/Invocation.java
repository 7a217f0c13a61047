package dev.hearth.invoke;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.function.Log;
import dev.hearth.invoke.Outcome.Phase;
import dev.hearth.log.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One running call; also what its function sees as {@link Context}. Thread-safe.
 *
 * <pre>
 * QUEUE -> INIT -> RUN -> ended      every phase may go straight to ended; ended is final
 * </pre>
 *
 * Whoever ends it first (the worker, the watchdog, the client's departure) decides the outcome; the others
 * are told that they came too late and change nothing.
 */
public final class Invocation implements Context, Watchdog.Timed {

  /**
   * Holds an {@link Invocation} on the thread that runs its code, an {@link InvocationTag} on threads that this code started, else
   * null. A cell that stays with its thread, because setting and removing a thread local for each call costs more; an array, so
   * that what stays is no class of the host's.
   */
  private static final ThreadLocal<@Nullable Object[]> CURRENT = new Current();

  private final Call call;
  private final Environment environment;
  private final Limits limits;
  private volatile @Nullable String id; // made when first asked for
  private final @Nullable CallGuard guard;
  private final long admittedNanos;
  private final @Nullable FunctionMeter meter;
  private final Metering metering;
  private final AtomicReference<@Nullable Outcome<?>> outcome = new AtomicReference<>();

  private volatile Phase phase = Phase.QUEUE;
  private volatile long phaseDeadlineNanos; // written with phase, by the thread that moves it
  private volatile long startedNanos; // when INIT began
  private volatile long runNanos; // when RUN began

  // What the thread had used when it entered; UNKNOWN where that is not measured, or it has left.
  private volatile long cpuBefore = Timings.UNKNOWN;
  private volatile long allocatedBefore = Timings.UNKNOWN;
  private volatile @Nullable Thread measured;
  private volatile long cpuUsed = Timings.UNKNOWN; // by code that left and promised a result
  private volatile long allocatedUsed = Timings.UNKNOWN;

  @GuardedBy("this")
  private @Nullable Thread runner; // the thread inside user code, so that it alone is interrupted

  @GuardedBy("this")
  private @Nullable Future<?>
      pending; // what the function promised, so that it is cancelled with the call

  @GuardedBy("this")
  private @Nullable InvocationTag tag; // made when something is logged or a thread started

  private volatile @Nullable Watchdog watchdog; // set when it is watched

  boolean listed; // guarded by the owner of the list it is in, as the links are
  @Nullable Invocation previous;
  @Nullable Invocation next;

  @GuardedBy("this")
  private CallGuard.@Nullable Stop stopping; // while the thread should leave user code and has not

  private volatile @Nullable Object place; // what it runs in, for whoever has to replace that

  private @Nullable CircuitBreaker breaker; // set before it is admitted

  private @Nullable Runnable leaving; // the thread inside user code only
  private @Nullable InvocationTag inherited; // the same thread's, where a function's thread calls

  @GuardedBy("this")
  private @Nullable Attachment attachment; // the newest

  @GuardedBy("this")
  private @Nullable List<Runnable> afterResponse; // made for the first task

  @GuardedBy("this")
  private boolean afterResponseTaken;

  /** Admits a call; time counts from here. */
  public Invocation(Call call, Environment environment, Limits limits) {
    this(call, environment, limits, null);
  }

  /**
   * The same, with somebody who stops its code when it should have ended.
   *
   * @param guard null to interrupt it and leave it at that
   */
  public Invocation(Call call, Environment environment, Limits limits, @Nullable CallGuard guard) {
    this(call, environment, limits, guard, Metering.DEFAULT, null);
  }

  /**
   * The same, with somebody who counts it.
   *
   * @param metering what is measured of it
   * @param meter told when it has ended; null for nobody
   */
  public Invocation(
      Call call,
      Environment environment,
      Limits limits,
      @Nullable CallGuard guard,
      Metering metering,
      @Nullable FunctionMeter meter) {
    this.metering = metering;
    this.meter = meter;
    this.guard = guard;
    this.call = call;
    this.environment = environment;
    this.limits = limits;
    this.id = call.id();
    this.admittedNanos = System.nanoTime();
    this.phaseDeadlineNanos = deadline(admittedNanos, limits.queueNanos());
  }

  /** What a provider of resources keeps with an invocation, to take back what was lent to it. */
  public abstract static class Attachment {
    private @Nullable Attachment next;

    /** The call should end although its code runs: what that waits for may be cancelled. Must not block, nor throw. */
    protected void stopped() {}

    /** The call is over and its code has left: what it did not give back is taken. Must not throw. */
    protected abstract void over();
  }

  /** Keeps something with this invocation until it is over. */
  public void attach(Attachment with) {
    synchronized (this) {
      with.next = attachment;
      attachment = with;
    }
    if (isEnded()) {
      with.stopped();
    }
  }

  /** What of this class is kept with it; null for nothing. */
  public synchronized <T extends Attachment> @Nullable T attached(Class<T> type) {
    for (Attachment each = attachment; each != null; each = each.next) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  /** Tells what is kept with it that it is over, once. */
  public void detach() {
    Attachment each;
    synchronized (this) {
      each = attachment;
      attachment = null;
    }
    for (; each != null; each = each.next) {
      each.over();
    }
  }

  /** The invocation whose user code runs on this thread, or null; for logging. */
  public static @Nullable Invocation current() {
    return CURRENT.get()[0] instanceof Invocation running ? running : null;
  }

  /** What the calling thread works for: an {@link Invocation}, or the tag of one whose code started the thread, or null. */
  static @Nullable Object here() {
    return CURRENT.get()[0];
  }

  /** Hands threads that a function starts the tag of its call, which is all they may keep of it. */
  private static final class Current extends InheritableThreadLocal<@Nullable Object[]> {
    @Override
    protected @Nullable Object[] initialValue() {
      return new @Nullable Object[1];
    }

    @Override
    protected @Nullable Object[] childValue(@Nullable Object[] parents) {
      Object here = parents[0];
      return new @Nullable Object[] {here instanceof Invocation running ? running.tag() : here};
    }
  }

  /** What names it in log lines. */
  public synchronized InvocationTag tag() {
    InvocationTag known = tag;
    if (known == null) {
      known = new InvocationTag(this);
      tag = known;
    }
    return known;
  }

  /** Runs something of the host's in whose log lines this invocation is named, such as its outcome's. Must not throw. */
  public void tagged(Runnable logging) {
    @Nullable Object[] here = CURRENT.get();
    Object before = here[0];
    here[0] = this;
    try {
      logging.run();
    } finally {
      here[0] = before;
    }
  }

  /** What a call's lines in a log carry. */
  public static Origin origin(Invocation invocation) {
    return Origin.of(
        invocation.environment.function(),
        invocation.environment.version(),
        invocation.id(),
        invocation.call.traceparent());
  }

  /** The call it runs. */
  public Call call() {
    return call;
  }

  @Override
  public String id() {
    String known = id;
    return known != null ? known : makeId();
  }

  private synchronized String makeId() {
    String known = id;
    if (known == null) {
      known = newId();
      id = known;
    }
    return known;
  }

  @Override
  public Environment environment() {
    return environment;
  }

  @Override
  public Optional<Duration> remaining() {
    long deadline = deadlineNanos();
    if (deadline == Call.NO_DEADLINE) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }

  @Override
  public boolean isCancelled() {
    Outcome<?> now = outcome.get();
    return now != null && !(now instanceof Outcome.Returned);
  }

  @Override
  public boolean isPriming() {
    return call.isPriming();
  }

  @Override
  public Map<String, String> attributes() {
    return call.attributes();
  }

  @Override
  public Optional<String> traceparent() {
    return Optional.ofNullable(call.traceparent());
  }

  @Override
  public void afterResponse(Runnable task) {
    Objects.requireNonNull(task, "task");
    synchronized (this) {
      if (afterResponseTaken) {
        throw new IllegalStateException(
            "invocation " + id() + " has ended; ask for tasks after its response while it runs");
      }
      if (afterResponse == null) {
        afterResponse = new ArrayList<>(1);
      }
      afterResponse.add(task);
    }
  }

  /** What the function wants done after its response, in the order it asked; no more is taken afterwards. */
  public synchronized List<Runnable> takeAfterResponse() {
    List<Runnable> tasks = afterResponse;
    afterResponse = null;
    afterResponseTaken = true;
    return tasks == null ? List.of() : tasks;
  }

  @Override
  public Log log() {
    Log ofVersion = environment.log();
    return ofVersion instanceof FunctionLog log ? log.of(this) : ofVersion;
  }

  /** When the present phase must be over, as a value of {@link System#nanoTime}. */
  @Override
  public long deadlineNanos() {
    return phaseDeadlineNanos;
  }

  /** Ends the call because its time is up, unless it has moved on to a phase that has time left. */
  @Override
  public boolean expire(long now) {
    Phase late = phase;
    if (phaseDeadlineNanos - now > 0) {
      return isEnded();
    }
    stop(new Outcome.TimedOut<>(late, limitOf(late), timings()));
    return true;
  }

  /**
   * Ends the call because nobody wants its answer any more; interrupts the function.
   *
   * @param reason one line, for logs
   * @return whether it had not ended before
   */
  public boolean cancel(String reason) {
    return stop(new Outcome.Cancelled<>(reason, timings()));
  }

  /** Ends the call because there is no room for it. */
  public boolean reject(String reason) {
    return end(new Outcome.Rejected<>(reason, timings()));
  }

  /** Ends the call because it is not to run now. */
  public void reject(CircuitBreaker.Refusal refusal) {
    end(new Outcome.Rejected<>(refusal.reason(), refusal.left(), timings()));
  }

  /** Whether its deadline is its caller's, rather than a limit of the function's. */
  boolean isLateForItsCaller() {
    long callers = call.deadlineNanos();
    return callers != Call.NO_DEADLINE && phaseDeadlineNanos == callers;
  }

  /** Has somebody learn from how it ends; before it is admitted. */
  public void judgedBy(CircuitBreaker by) {
    breaker = by;
  }

  /** Has its deadlines looked after until it ends; at most once. */
  public void watchBy(Watchdog by) {
    watchdog = by;
    by.watch(this);
    if (isEnded()) { // perhaps before it could be forgotten
      by.forget(this);
    }
  }

  /** Whether the outcome is known. */
  public boolean isEnded() {
    return outcome.get() != null;
  }

  /** The outcome, or null while it runs. */
  public @Nullable Outcome<?> outcome() {
    return outcome.get();
  }

  /** Moves from waiting to having a thread and an instance; false if it ended meanwhile. */
  public boolean beginInit() {
    startedNanos = System.nanoTime();
    phaseDeadlineNanos = deadline(startedNanos, limits.initNanos());
    phase = Phase.INIT;
    return !isEnded();
  }

  /** Moves to running user code; false if it ended meanwhile. */
  public boolean beginRun() {
    runNanos = System.nanoTime();
    phaseDeadlineNanos = deadline(runNanos, limits.runNanos());
    phase = Phase.RUN;
    return !isEnded();
  }

  /**
   * Binds the calling thread to this invocation, so that stopping it interrupts the thread.
   *
   * @return the invocation the thread was bound to before, for {@link #leave}: a function may call another
   */
  public @Nullable Invocation enter() {
    @Nullable Object[] here = CURRENT.get();
    Object before = here[0];
    inherited = before instanceof InvocationTag threads ? threads : null;
    here[0] = this;
    measure(Thread.currentThread());
    synchronized (this) {
      runner = Thread.currentThread();
      if (isEnded()) {
        stopRunner(runner); // it was stopped just before the thread was known
      }
    }
    return before instanceof Invocation outer ? outer : null;
  }

  private void measure(Thread thread) {
    ThreadMeter reading = meter == null ? null : ThreadMeter.get();
    if (reading == null) {
      return;
    }
    boolean cpu = metering.readsCpu();
    boolean allocation = metering.readsAllocation(call instanceof ValueCall);
    if (cpu) {
      cpuBefore = reading.cpuNanos(thread);
    }
    if (allocation) {
      allocatedBefore = reading.allocatedBytes(thread);
    }
    if (cpu || allocation) {
      measured = thread;
    }
  }

  /** Keeps what its thread has used so far, for a result that was promised: to be called by that thread. */
  public void keepUsed() {
    cpuUsed = used(true);
    allocatedUsed = used(false);
  }

  /**
   * Ends the call if its code has used more than it may so far; interrupts the function.
   *
   * @return whether it has
   */
  public boolean endIfOverLimit() {
    Thread thread = measured;
    if (thread == null || isEnded()) {
      return false;
    }
    Timings now = timings();
    String over = null;
    if (now.cpuNanos() > metering.cpuNanos()) {
      over =
          "has used "
              + now.cpuNanos() / 1_000_000
              + " ms of processor time in one call, above limits.cpu="
              + metering.cpuNanos() / 1_000_000
              + " ms";
    } else if (now.allocatedBytes() > metering.allocatedBytes()) {
      over =
          "has allocated "
              + now.allocatedBytes()
              + " bytes in one call, above limits.allocation="
              + metering.allocatedBytes();
    }
    return over != null
        && stop(
            new Outcome.Threw<>(
                new LimitReachedException("function '" + environment.function() + "' " + over),
                now));
  }

  /**
   * Has an action run when the thread that runs this invocation's code, which must be the calling one,
   * leaves it; for what is kept per thread and invocation, such as a line that is not complete yet. Must
   * not throw.
   */
  public void onLeave(Runnable action) {
    Runnable before = leaving;
    leaving =
        before == null
            ? action
            : () -> {
              before.run();
              action.run();
            };
  }

  /**
   * Releases the calling thread. Afterwards no interrupt of this invocation reaches it, and none is pending.
   *
   * @param outer what {@link #enter} returned
   */
  public void leave(@Nullable Invocation outer) {
    Runnable action = leaving;
    if (action != null) {
      leaving = null;
      action.run();
    }
    CallGuard.Stop stopped;
    synchronized (this) {
      runner = null;
      stopped = stopping;
      stopping = null;
    }
    measured = null;
    if (stopped != null) {
      stopped.over();
    }
    CURRENT.get()[0] = outer == null ? inherited : outer;
    Thread.interrupted();
  }

  /** Remembers what the function promised; cancelled when the call is stopped. */
  public void await(Future<?> promise) {
    synchronized (this) {
      pending = promise;
    }
    if (isEnded()) {
      promise.cancel(true);
    }
  }

  /**
   * Ends the call and tells the caller, unless it has ended before.
   *
   * @return whether this outcome is the one that counts
   */
  public boolean end(Outcome<?> how) {
    if (!outcome.compareAndSet(null, how)) {
      return false;
    }
    Watchdog watching = watchdog;
    if (watching != null) {
      watching.forget(this);
    }
    if (meter != null && !call.isPriming()) {
      meter.ended(how, metering);
    }
    if (breaker != null) {
      breaker.ended(this, how);
    }
    call.ended(this, how);
    endTag();
    return true;
  }

  private synchronized void endTag() {
    if (tag != null) {
      tag.end();
    }
  }

  /** Where the time went so far. */
  public Timings timings() {
    long now = System.nanoTime();
    return switch (phase) {
      case QUEUE -> new Timings(now - admittedNanos, 0, 0);
      case INIT -> new Timings(startedNanos - admittedNanos, now - startedNanos, 0);
      case RUN ->
          new Timings(
              startedNanos - admittedNanos,
              runNanos - startedNanos,
              now - runNanos,
              used(true),
              used(false));
    };
  }

  private long used(boolean cpu) {
    Thread thread = measured;
    long before = cpu ? cpuBefore : allocatedBefore;
    ThreadMeter reading = ThreadMeter.get();
    if (thread == null || before == Timings.UNKNOWN || reading == null) {
      return cpu ? cpuUsed : allocatedUsed;
    }
    long now = cpu ? reading.cpuNanos(thread) : reading.allocatedBytes(thread);
    return now == Timings.UNKNOWN ? Timings.UNKNOWN : now - before;
  }

  private boolean stop(Outcome<?> how) {
    if (!end(how)) {
      return false;
    }
    Future<?> promised;
    Attachment attached;
    synchronized (this) {
      if (runner != null) {
        stopRunner(runner);
      }
      promised = pending;
      attached = attachment;
    }
    for (; attached != null; attached = attached.next) {
      attached.stopped();
    }
    if (promised != null) {
      promised.cancel(true);
    }
    return true;
  }

  @GuardedBy("this")
  private void stopRunner(Thread inside) {
    inside.interrupt();
    if (guard != null && stopping == null) {
      stopping = guard.stop(inside, reason(outcome.get()), this);
    }
  }

  private static String reason(@Nullable Outcome<?> how) {
    if (how instanceof Outcome.TimedOut<?> late) {
      return "no result after " + late.limit().toMillis() + " ms in phase " + late.phase();
    }
    if (how instanceof Outcome.Cancelled<?> cancelled) {
      return cancelled.reason();
    }
    return how instanceof Outcome.Threw<?> threw ? String.valueOf(threw.cause()) : "it was over";
  }

  /** Says what it runs in, before {@link #enter}. */
  public void in(Object where) {
    place = where;
  }

  /** What it runs in; null before that is known. */
  public @Nullable Object place() {
    return place;
  }

  private long deadline(long now, long limitNanos) {
    long own = limitNanos == Limits.NONE ? Call.NO_DEADLINE : now + limitNanos;
    long callers = call.deadlineNanos();
    if (callers == Call.NO_DEADLINE || own == Call.NO_DEADLINE) {
      return Math.min(own, callers);
    }
    return own - callers < 0 ? own : callers;
  }

  private Duration limitOf(Phase now) {
    long limit =
        switch (now) {
          case QUEUE -> limits.queueNanos();
          case INIT -> limits.initNanos();
          case RUN -> limits.runNanos();
        };
    return Duration.ofNanos(limit == Limits.NONE ? System.nanoTime() - admittedNanos : limit);
  }

  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    char[] text = new char[32];
    hex(random.nextLong(), text, 0);
    hex(random.nextLong(), text, 16);
    return new String(text);
  }

  private static void hex(long value, char[] text, int from) {
    for (int i = 15; i >= 0; i--) {
      text[from + i] = Character.forDigit((int) (value & 15), 16);
      value >>>= 4;
    }
  }
}
