package dev.hearth.http.contract.lambda;

import dev.hearth.FunctionHandle;
import dev.hearth.http.lambda.ErrorReport;
import dev.hearth.http.lambda.Failures;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import java.io.IOError;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches events and posts what becomes of them, one at a time, over a connection of its own.
 *
 * <p>Alone, it gives up when the API cannot be reached. Beside others it tries to fetch an event five times: again at once, then after
 * 100, 200 and 400 ms, each a little longer by chance.
 */
final class Poller implements Runnable {

  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** For a function to stop once its time is up; what goes on longer may go on for ever. */
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int EXIT_FAILED = 1;

  private final LambdaContract contract;
  private final RuntimeApi api;
  private final int number;
  private final boolean restores;
  private volatile @Nullable Invocation running; // to be cancelled when it is stopped
  private volatile boolean stopped;
  private boolean givenUp; // this thread only

  /**
   * @param restores whether the process is to be stored and brought back before the first event
   */
  Poller(LambdaContract contract, RuntimeApi api, int number, boolean restores) {
    this.contract = contract;
    this.api = api;
    this.number = number;
    this.restores = restores;
  }

  /** Ends its wait for an event; one that it has is worked on. */
  void stopIdle() {
    api.stopIdle();
  }

  /** Ends whatever it does. */
  void stop() {
    stopped = true;
    api.stop();
    Invocation call = running;
    if (call != null) {
      call.cancel("the host is stopping");
    }
  }

  @Override
  public void run() {
    String why = null;
    try {
      if (!restores || new Restore(contract, api).run()) {
        poll();
      }
    } catch (StoppedException e) {
      // As it should be.
    } catch (IOException e) {
      why = e.getMessage();
      LambdaContract.log().error("poller {} ends: {}", number, why);
    } catch (InterruptedException e) {
      why = "poller " + number + " was interrupted";
    } catch (RuntimeException | Error e) {
      why = "poller " + number + " failed: " + e;
      LambdaContract.log().error("poller {} ends", number, e);
    } finally {
      api.close();
      contract.ended(this, why);
    }
  }

  private void poll() throws IOException, InterruptedException {
    boolean streams = contract.settings().mode().streams();
    while (!givenUp && !contract.isStopping()) {
      Event event = contract.settings().isConcurrent() ? insist(streams) : api.next(streams);
      try {
        handle(event);
      } catch (StoppedException e) {
        throw e;
      } catch (IOException e) {
        if (!contract.settings().isConcurrent()) {
          throw e;
        }
        LambdaContract.log().error("event {}: its result is lost: {}", event.id(), e.getMessage());
      }
    }
  }

  private Event insist(boolean streams) throws IOException, InterruptedException {
    long pause = FIRST_PAUSE_NANOS;
    for (int attempt = 1; ; attempt++) {
      try {
        return api.next(streams);
      } catch (ApiException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LambdaContract.log().warn("poller {}: {}", number, e.getMessage());
      }
      if (attempt > 1) {
        contract.pause(pause + ThreadLocalRandom.current().nextLong(pause / 4));
        pause *= 2;
      }
    }
  }

  private void handle(Event event) throws IOException, InterruptedException {
    FunctionHandle function = contract.function();
    if (function == null) {
      ErrorReport fault = contract.fault();
      refuse(event, fault == null ? gone() : fault);
      return;
    }
    LambdaCall call = LambdaCall.of(event, function, contract.settings().mode().streams());
    contract.surroundings().trace(event.trace());
    Invocation invocation;
    try {
      invocation = function.dispatch(call);
    } catch (IllegalStateException e) {
      refuse(event, gone());
      return;
    }
    contract.busy(1);
    running = invocation;
    if (stopped) {
      stop(); // it came before the call was known
    }
    Outcome<?> outcome;
    try {
      outcome = new Result(contract.settings(), api, function, call, invocation).post();
    } finally {
      running = null;
      contract.busy(
          -1); // before it looks for room, as two that are stuck would take each other for running
    }
    settle(function, outcome);
  }

  private static ErrorReport gone() {
    return Failures.told(
        ErrorReport.UNAVAILABLE, ErrorReport.UNAVAILABLE, "the function is not deployed any more");
  }

  private void refuse(Event event, ErrorReport report) throws IOException {
    Result.check("error", event, api.fail(event.id(), report));
  }

  /**
   * Sees to it that the process is fit for another event. Lambda may freeze it once the next one is asked for, so what a function
   * does after its response is waited for; code that does not stop when its time is up, or has damaged the process, ends it.
   */
  private void settle(FunctionHandle function, Outcome<?> outcome) throws InterruptedException {
    boolean alone = !contract.settings().isConcurrent();
    if (alone && outcome instanceof Outcome.Threw<?> threw && isDamage(threw.cause())) {
      giveUp("the function threw " + threw.cause().getClass().getName());
    } else if (outcome instanceof Outcome.TimedOut) {
      if (awaitRoom(function, STOP_NANOS)) {
        giveUp("the function's code goes on although its time is up");
      }
    } else if (alone) {
      awaitRoom(function, ApiBounds.NEVER);
    }
  }

  private static boolean isDamage(Throwable thrown) {
    return thrown instanceof VirtualMachineError || thrown instanceof IOError;
  }

  /**
   * Waits while calls that have ended fill the function.
   *
   * @return whether they still do
   */
  private boolean awaitRoom(FunctionHandle function, long nanos) throws InterruptedException {
    long begin = System.nanoTime();
    while (isFull(function) && !contract.isStopping()) {
      if (System.nanoTime() - begin > nanos) {
        return true;
      }
      contract.pause(LOOK_NANOS);
    }
    return false;
  }

  private boolean isFull(FunctionHandle function) {
    int others = contract.busy(0);
    return inFlight(function) - others >= contract.settings().pollers();
  }

  private static int inFlight(FunctionHandle function) {
    try {
      return function.inFlight();
    } catch (IllegalStateException e) {
      return 0; // it is not deployed any more
    }
  }

  private void giveUp(String why) {
    givenUp = true;
    contract.giveUp(EXIT_FAILED, why);
  }

  @Override
  public String toString() {
    return "poller " + number;
  }
}
