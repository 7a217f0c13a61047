package dev.hearth.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops a host when the process is told to end, and decides the exit code: 0 when every call ended, 1 when some
 * were cut off, 128 plus the signal's number when a second signal came.
 *
 * <p>It is a shutdown hook that ends in {@link Runtime#halt}: the JDK's own code for a signal is always 143 or 130,
 * and hooks of functions may never end.
 */
final class Shutdown implements Runnable {

  /** For closing pools, loaders and files after the calls. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Serving serving;
  private final Duration drain;
  private final AtomicBoolean decided = new AtomicBoolean(); // by the hook or by cancel()
  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile int exitCode =
      ExitCode.OK; // when every call ended; written before the hook runs

  private Shutdown(Serving serving, Duration drain) {
    this.serving = serving;
    this.drain = drain;
  }

  static Shutdown install(Serving serving, Duration drain) {
    Shutdown shutdown = new Shutdown(serving, drain);
    Runtime.getRuntime().addShutdownHook(new Thread(null, shutdown, "hearth-shutdown", 0, false));
    return shutdown;
  }

  /** Leaves the end of the process to the caller; false if it is under way. */
  boolean cancel() {
    return decided.compareAndSet(false, true);
  }

  /** Ends the process as a signal would, once; returns at once. */
  void request(int code) {
    if (requested.compareAndSet(false, true)) {
      exitCode = code;
      new Thread(null, new Exit(code), "hearth-exit", 0, false).start();
    }
  }

  /** Has a thread of its own: whoever asks may be one that the end has to wait for. */
  private record Exit(int code) implements Runnable {
    @Override
    public void run() {
      System.exit(code);
    }
  }

  /** Waits for the end of the process. */
  void await() {
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // Only a signal ends the host.
      }
    }
  }

  @Override
  public void run() {
    if (!decided.compareAndSet(false, true)) {
      return;
    }
    SecondSignal.arm();
    limit();
    boolean ended = false;
    try {
      ended = serving.stop();
    } finally {
      Runtime.getRuntime().halt(ended ? exitCode : ExitCode.FAILED);
    }
  }

  /** Ends the process when stopping takes longer than it may. */
  private void limit() {
    Thread limit = new Thread(null, this::haltLate, "hearth-shutdown-limit", 0, false);
    limit.setDaemon(true);
    limit.start();
  }

  private void haltLate() {
    try {
      Thread.sleep(drain.plus(CLOSING).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Runtime.getRuntime().halt(ExitCode.FAILED);
  }
}
