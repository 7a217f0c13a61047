package dev.hearth.http.contract.nuclio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.FunctionHandle;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nuclio's contract with a worker's process. The processor takes the connection for the worker's being ready, so it is made when the
 * function has started. When the processor ends it, the process ends with 0: any other code would have the processor fail as a whole.
 */
public final class NuclioContract implements Contract {

  /** For the worker to end after it was stopped. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ContractHost host;
  private final NuclioSettings settings;
  private final ReentrantLock lock = new ReentrantLock(); // never held while waiting for others
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private @Nullable Connection connection; // while the worker has not ended

  @GuardedBy("lock")
  private boolean stopping;

  private volatile boolean lost;

  /**
   * A contract for a host.
   *
   * @throws IllegalArgumentException if a variable is missing or makes no sense; the message names both
   */
  public NuclioContract(ContractHost host) {
    this.host = host;
    this.settings = NuclioSettings.of(host.environment());
  }

  @Override
  public String name() {
    return "nuclio";
  }

  @Override
  public Listen defaults() {
    return Listen.NOWHERE;
  }

  @Override
  public String calls() {
    return "tcp://" + settings.host() + ":" + settings.port();
  }

  /**
   * Connects.
   *
   * @throws IllegalStateException if nobody listens there
   */
  @Override
  public void open() {
    FunctionHandle function = host.onlyFunction(name());
    lock.lock();
    try {
      if (stopping) {
        return;
      }
      Connection made = connect();
      connection = made;
      Thread thread =
          new Thread(null, new Worker(this, settings, function, made), "hearth-nuclio", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(NuclioContract.class.getClassLoader());
      thread.start();
    } finally {
      lock.unlock();
    }
  }

  private Connection connect() {
    try {
      return Connection.open(settings.host(), settings.port(), settings.lineBytes());
    } catch (IOException e) {
      throw new IllegalStateException(
          "Nuclio's processor cannot be connected to at "
              + settings.host()
              + ":"
              + settings.port()
              + ": "
              + e.getMessage()
              + "; the port must be one on which it waits for this worker",
          e);
    }
  }

  /** It is never asked: it listens nowhere. */
  @Override
  public void handle(HttpExchange exchange) {
    exchange.answer(Answer.text(404, "Nuclio's functions are called through its processor\n"));
  }

  @Override
  public @Nullable String notReady() {
    return lost ? "there is no connection to the processor any more" : null;
  }

  /**
   * The worker has ended.
   *
   * @param why null when it was asked to
   */
  void ended(int exitCode, @Nullable String why) {
    boolean asked;
    lock.lock();
    try {
      connection = null;
      asked = stopping;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!asked && why != null) {
      lost = true;
      host.stop(exitCode, why);
    }
  }

  @Override
  public boolean drain(Duration bound) {
    Connection open = beginToStop();
    if (open != null) {
      open.stopIdle();
    }
    return awaitEnd(bound.toNanos());
  }

  @Override
  public void close() {
    Connection open = beginToStop();
    if (open != null) {
      open.stop();
    }
    awaitEnd(CLOSE_NANOS);
  }

  private @Nullable Connection beginToStop() {
    lock.lock();
    try {
      stopping = true;
      return connection;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitEnd(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (connection != null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return connection == null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  static Logger log() {
    return LoggerFactory.getLogger(NuclioContract.class);
  }
}
