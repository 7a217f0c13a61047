package dev.hearth.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One warm resource of the host. Thread-safe.
 *
 * <pre>
 * NEW -> OPEN -> DOUBTED -> OPEN     each may go to CLOSED
 * </pre>
 *
 * The first borrower has it opened, one that finds it doubted has it checked and perhaps renewed; those who come meanwhile wait for the
 * same. What fails leaves the state as it was, and is tried again by the next borrower. All code of the resource runs on threads made by
 * the {@link HostThread} for that one purpose.
 */
final class Warm<T> implements Heartbeat.Listener {

  /** How long the host waits for code of the resource. */
  record Bounds(Duration open, Duration check, Duration close) {}

  private final String name;
  private final WarmResource<T> resource;
  private final Bounds bounds;
  private final HostThread host;
  private final Heartbeat heartbeat;
  private final ReentrantLock lock =
      new ReentrantLock(); // never held while the resource's code runs
  private volatile @Nullable Held<T> current; // written under the lock

  @GuardedBy("lock")
  private @Nullable Making making;

  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private long renewals;

  /** Replaced and not closed yet, with the thread that closes it once there is one. */
  @GuardedBy("lock")
  private final Map<Held<T>, @Nullable Thread> leaving = new LinkedHashMap<>();

  Warm(String name, WarmResource<T> resource, Bounds bounds, HostThread host, Heartbeat heartbeat) {
    this.name = name;
    this.resource = resource;
    this.bounds = bounds;
    this.host = host;
    this.heartbeat = heartbeat;
  }

  String name() {
    return name;
  }

  WarmResource<T> resource() {
    return resource;
  }

  /**
   * Lends it.
   *
   * @param borrower who asks, for messages; such as {@code function 'bill'}
   * @throws IllegalStateException if it cannot be had
   */
  WarmResource.Loan<T> borrow(String borrower) {
    heartbeat.check();
    while (true) {
      Held<T> held = current;
      if (held == null || held.isDoubted()) {
        held = ready(borrower);
      }
      if (held.enter()) {
        return new Use(held);
      }
    }
  }

  private final class Use implements WarmResource.Loan<T> {
    private final Held<T> held;
    private final AtomicBoolean over = new AtomicBoolean();

    Use(Held<T> held) {
      this.held = held;
    }

    @Override
    public T value() {
      return held.value();
    }

    @Override
    public void doubt() {
      held.doubt();
    }

    @Override
    public void close() {
      if (over.compareAndSet(false, true) && held.leave()) {
        closeLater(held);
      }
    }
  }

  /** One run of opening, or of checking and renewing. */
  private final class Making implements Runnable {
    final @Nullable Held<T> before;
    final CompletableFuture<Held<T>> result = new CompletableFuture<>();
    final long limitNanos;
    final long startNanos = System.nanoTime();
    private final Thread thread;

    Making(@Nullable Held<T> before) {
      this.before = before;
      limitNanos = bounds.open().toNanos() + (before == null ? 0 : bounds.check().toNanos());
      thread = thread("open", this);
    }

    @Override
    public void run() {
      try {
        result.complete(make(this));
      } catch (Throwable e) {
        over(this);
        result.completeExceptionally(e);
      }
    }
  }

  private Held<T> ready(String borrower) {
    Making running;
    lock.lock();
    try {
      if (closed) {
        throw closedFor(borrower, null);
      }
      Held<T> held = current;
      if (held != null && !held.isDoubted()) {
        return held; // another one was quicker
      }
      running = making;
      if (running == null) {
        running = new Making(held);
        making = running;
        running.thread.start();
      }
    } catch (RejectedExecutionException e) {
      throw closedFor(borrower, e);
    } finally {
      lock.unlock();
    }
    return await(running, borrower);
  }

  private Held<T> await(Making running, String borrower) {
    try {
      long left = running.limitNanos - (System.nanoTime() - running.startNanos);
      return running.result.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (over(running)) {
        running.thread.interrupt();
      }
      throw unusable(
          borrower,
          "opening it took longer than " + bounds.open().toMillis() + " ms",
          "see that what it connects to answers, or raise openLimit",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable(borrower, "interrupted while it was opened", "call again", e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw unusable(
          borrower,
          "it cannot be opened: " + why,
          "see that what it connects to is up and where the resource looks for it; the next call tries again",
          why);
    }
  }

  private Held<T> make(Making self) throws Exception {
    Held<T> before = self.before;
    if (before == null) {
      return publish(resource.open(), self);
    }
    int doubts = before.doubts();
    if (isGood(before.value())) {
      return trusted(before, doubts, self);
    }
    T renewed = resource.renew(before.value());
    return renewed == before.value() ? trusted(before, doubts, self) : publish(renewed, self);
  }

  private boolean isGood(T value) throws InterruptedException {
    FutureTask<Boolean> check = new FutureTask<>(() -> resource.check(value));
    thread("check", check).start();
    Object why = "its check says so";
    try {
      if (check.get(bounds.check().toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
    } catch (TimeoutException e) {
      why = "its check took longer than " + bounds.check().toMillis() + " ms";
    } catch (ExecutionException e) {
      why = e.getCause();
    } finally {
      check.cancel(true);
    }
    log().info("resource '{}' is not good any more: {}; it is renewed", name, why);
    return false;
  }

  private Held<T> trusted(Held<T> held, int doubts, Making self) {
    held.trust(doubts);
    over(self);
    return held;
  }

  /** Makes it the current one, unless nobody waits for it any more. */
  private Held<T> publish(T opened, Making self) throws Exception {
    Held<T> fresh = new Held<>(opened);
    Held<T> before = self.before;
    boolean wanted;
    boolean first = false;
    lock.lock();
    try {
      wanted = making == self && !closed;
      if (wanted) {
        making = null;
        current = fresh;
        first = before == null;
        if (before != null) {
          renewals++;
          leaving.put(before, null);
        }
      }
    } finally {
      lock.unlock();
    }
    if (!wanted) {
      resource.close(opened);
      throw new IllegalStateException("it was opened too late");
    }
    if (first) {
      heartbeat.listen(this);
    }
    if (before != null && before.retire()) {
      closeLater(before);
    }
    return fresh;
  }

  /** Whether it was the one that ran. */
  private boolean over(Making run) {
    lock.lock();
    try {
      if (making != run) {
        return false;
      }
      making = null;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void closeLater(Held<T> held) {
    lock.lock();
    try {
      if (leaving.containsKey(held) && leaving.get(held) == null) {
        Thread closing = thread("close", () -> close(held));
        leaving.put(held, closing);
        closing.start();
      }
    } catch (RejectedExecutionException e) {
      // the host is closed, and has closed it
    } finally {
      lock.unlock();
    }
  }

  private void close(Held<T> held) {
    try {
      resource.close(held.value());
    } catch (Throwable e) {
      log().warn("resource '{}' cannot be closed", name, e);
    }
    lock.lock();
    try {
      leaving.remove(held);
    } finally {
      lock.unlock();
    }
  }

  private Thread thread(String what, Runnable task) {
    return host.threads("hearth-resource-" + name + "-" + what + "-").newThread(task);
  }

  /** Nothing from before a standstill is used unchecked. */
  @Override
  public void thawed(long nanos) {
    Held<T> held = current;
    if (held != null) {
      held.doubt();
      log()
          .info(
              "resource '{}': the process stood still for {} ms; it is checked before its next use",
              name,
              TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  @Override
  public void tick() {}

  /** Uses that go on, and how often it was renewed. */
  long[] counts() {
    Held<T> held = current;
    lock.lock();
    try {
      return new long[] {held == null ? 0 : held.users(), renewals};
    } finally {
      lock.unlock();
    }
  }

  /** Closes it, in use or not, and waits for that within the bound. Twice is once. */
  void close() {
    List<Held<T>> all;
    lock.lock();
    try {
      Held<T> last = current;
      if (last != null && !leaving.containsKey(last)) {
        leaving.put(last, null);
      }
      if (making != null) {
        making.thread.interrupt(); // what it opens is closed by it
      }
      closed = true;
      making = null;
      current = null;
      all = new ArrayList<>(leaving.keySet());
    } finally {
      lock.unlock();
    }
    heartbeat.forget(this);
    for (Held<T> each : all) {
      each.retire();
      closeLater(each);
    }
    awaitClosed();
  }

  private void awaitClosed() {
    boolean interrupted = Thread.interrupted(); // an interrupted caller still closes
    long end = System.nanoTime() + bounds.close().toNanos();
    for (Thread closing : closing()) {
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        closing.join(Math.max(left, 1));
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (closing.isAlive()) {
        StackTraceElement[] stack = closing.getStackTrace();
        log()
            .warn(
                "resource '{}' is not closed after {} ms{}; it is left to itself",
                name,
                bounds.close().toMillis(),
                stack.length == 0 ? "" : ", stuck at " + stack[0]);
        closing.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Thread> closing() {
    lock.lock();
    try {
      List<Thread> all = new ArrayList<>();
      for (Thread each : leaving.values()) {
        if (each != null) {
          all.add(each);
        }
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  private IllegalStateException closedFor(String borrower, @Nullable Throwable cause) {
    return new IllegalStateException(
        borrower + ": resource '" + name + "' is closed: the host is closing", cause);
  }

  private IllegalStateException unusable(
      String borrower, String why, String advice, Throwable cause) {
    return new IllegalStateException(
        borrower + ": resource '" + name + "' cannot be used: " + why + "; " + advice, cause);
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Warm.class);
  }
}
