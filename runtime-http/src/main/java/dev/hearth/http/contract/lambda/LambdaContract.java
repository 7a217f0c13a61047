package dev.hearth.http.contract.lambda;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.FunctionHandle;
import dev.hearth.StartFailedException;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.lambda.ErrorReport;
import dev.hearth.http.lambda.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lambda's contract with a language runtime: fetch an event, call the function, post what it gave.
 *
 * <p>There is one poller, or as many as {@code AWS_LAMBDA_MAX_CONCURRENCY} says. A handler that cannot be bound answers each event
 * with an error; one that fails to start is reported once, and the process ends. When no poller is left, because the API is
 * gone or the function has damaged the process, the process ends, too.
 */
public final class LambdaContract implements Contract {

  private static final int FAILED = 1;

  /** For pollers to end after they were stopped. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ContractHost host;
  private final LambdaSettings settings;
  private final ApiBounds bounds;
  private final Surroundings surroundings;
  private final ReentrantLock lock = new ReentrantLock(); // never held while waiting for others
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final List<Poller> pollers = new ArrayList<>(); // those that have not ended

  @GuardedBy("lock")
  private boolean stopping;

  @GuardedBy("lock")
  private String reason = "the last poller has ended"; // why

  private final AtomicInteger busy = new AtomicInteger();
  private volatile @Nullable ErrorReport fault; // why the function is not there
  private volatile @Nullable FunctionHandle function; // set by open(), unless there is a fault
  private volatile boolean lost;

  /**
   * A contract for a host.
   *
   * @throws IllegalArgumentException if a variable's value makes no sense; the message names both
   */
  public LambdaContract(ContractHost host) {
    this(host, ApiBounds.DEFAULT);
  }

  LambdaContract(ContractHost host, ApiBounds bounds) {
    this.host = host;
    this.settings = LambdaSettings.of(host.environment());
    this.bounds = bounds;
    this.surroundings =
        host instanceof ContractHost.Embedded
            ? Surroundings.OTHERS
            : Surroundings.own(host.environment(), settings.isConcurrent());
  }

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public Listen defaults() {
    return Listen.NOWHERE;
  }

  @Override
  public String calls() {
    return settings.api().toString();
  }

  @Override
  public boolean refused(RuntimeException failure) {
    log().error("the function cannot be served", failure);
    ErrorReport report = Failures.start(failure);
    if (!(failure instanceof StartFailedException)) {
      fault = report;
      return true;
    }
    try (RuntimeApi api = api()) {
      Reply reply = api.failInit(report);
      if (!reply.isSuccess()) {
        log().warn("init/error was answered with {}", reply.describe());
      }
    } catch (IOException e) {
      log().warn("that the function cannot be served could not be told: {}", e.getMessage());
    }
    return false;
  }

  @Override
  public void open() {
    if (fault == null) {
      function = host.onlyFunction(name());
    }
    start(1, settings.snapStart());
    if (!settings.snapStart()) {
      startOthers();
    }
  }

  /** Starts the pollers beside the first. */
  void startOthers() {
    for (int i = 2; i <= settings.pollers(); i++) {
      start(i, false);
    }
  }

  private void start(int number, boolean restores) {
    Poller poller;
    lock.lock();
    try {
      if (stopping) {
        return;
      }
      poller = new Poller(this, api(), number, restores);
      pollers.add(poller);
    } catch (IOException e) {
      throw new IllegalStateException("no connection can be made: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
    Thread thread = new Thread(null, poller, "hearth-lambda-" + number, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(LambdaContract.class.getClassLoader());
    thread.start();
  }

  private RuntimeApi api() throws IOException {
    return new RuntimeApi(settings.api(), bounds, Surroundings.userAgent());
  }

  /** It is never asked: it listens nowhere. */
  @Override
  public void handle(HttpExchange exchange) {
    exchange.answer(Answer.text(404, "Lambda functions are called through their platform\n"));
  }

  @Override
  public @Nullable String notReady() {
    return lost ? "the Runtime API is not polled any more" : null;
  }

  // What pollers ask and tell.

  LambdaSettings settings() {
    return settings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  @Nullable FunctionHandle function() {
    return function;
  }

  @Nullable ErrorReport fault() {
    return fault;
  }

  boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  /** Waits, unless it is being stopped. */
  void pause(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && !stopping) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Counts pollers whose call has no outcome yet; gives how many they are now. */
  int busy(int more) {
    return busy.addAndGet(more);
  }

  /** Ends the process: nothing good can come of going on. */
  void giveUp(int exitCode, String why) {
    lost = true;
    host.stop(exitCode, why);
  }

  /**
   * A poller has ended.
   *
   * @param why null when it was asked to
   */
  void ended(Poller poller, @Nullable String why) {
    boolean last;
    String told;
    lock.lock();
    try {
      pollers.remove(poller);
      reason = why == null ? reason : why;
      told = reason;
      last = pollers.isEmpty() && !stopping;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (last && !lost) {
      giveUp(FAILED, told);
    }
  }

  @Override
  public boolean drain(Duration bound) {
    for (Poller poller : beginToStop()) {
      poller.stopIdle();
    }
    return awaitEnd(bound.toNanos());
  }

  @Override
  public void close() {
    for (Poller poller : beginToStop()) {
      poller.stop();
    }
    awaitEnd(CLOSE_NANOS);
    surroundings.restore();
  }

  private List<Poller> beginToStop() {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
      return List.copyOf(pollers);
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitEnd(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (!pollers.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return pollers.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  static Logger log() {
    return LoggerFactory.getLogger(LambdaContract.class);
  }
}
