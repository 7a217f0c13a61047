package dev.hearth.http.contract.fn;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.http.contract.CallObserver;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.FailureFormat;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one call: its part of the log begins with the log frame and has why it failed, which is told nowhere else. Code that runs on when
 * the call's time was up has the process end, as the agent ends containers that do not answer: it starts another one then.
 */
final class CallWatch implements CallObserver {

  private final Request request;
  private final FunctionHandle function;
  private final ContractHost host;
  private final LogFrame frame;
  private final Duration patience;
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean entered;
  private volatile boolean told;

  /**
   * @param patience how long code may run on
   */
  CallWatch(
      Request request,
      FunctionHandle function,
      ContractHost host,
      LogFrame frame,
      Duration patience) {
    this.request = request;
    this.function = function;
    this.host = host;
    this.frame = frame;
    this.patience = patience;
  }

  @Override
  public void entering(Invocation invocation) {
    entered = true;
    frame.write(request, host.streams());
  }

  @Override
  public void left(Invocation invocation, Outcome<?> outcome) {
    Throwable failure = failure(outcome);
    String text = failure == null ? null : text(failure);
    if (text != null) {
      told = true;
      host.streams().err(text.stripTrailing());
    }
    gone.countDown();
  }

  private static @Nullable Throwable failure(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Threw<?> threw) {
      return threw.cause();
    }
    return outcome instanceof Outcome.Refused<?> refused ? refused.cause() : null;
  }

  /** The kit's words, for functions that are written for it. */
  private @Nullable String text(Throwable failure) {
    try {
      FailureFormat format =
          function.signature().equals(FnContract.SIGNATURE) ? function.failureFormat() : null;
      return format == null ? null : format.text(failure);
    } catch (RuntimeException | StackOverflowError e) {
      // The exception is the function's own, and its methods may throw; or the function is gone.
      return null;
    }
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> outcome) {
    if (!told && !(outcome instanceof Outcome.Returned)) {
      log(invocation.id(), outcome);
    }
    if (outcome instanceof Outcome.TimedOut && entered && gone.getCount() > 0) {
      Thread waiting = new Thread(null, this::awaitGone, "hearth-fn-late", 0, false);
      waiting.setDaemon(true);
      waiting.start();
    }
  }

  private void log(String id, Outcome<?> outcome) {
    Logger log = LoggerFactory.getLogger(FnContract.class);
    Throwable failure = failure(outcome);
    if (failure != null && outcome instanceof Outcome.Refused) {
      log.warn(
          "function '{}' refused call {}: {}",
          function.name(),
          id,
          String.valueOf(failure.getMessage()));
    } else if (failure != null) {
      log.error("function '{}' failed in call {}", function.name(), id, failure);
    } else if (outcome instanceof Outcome.TimedOut<?> late) {
      log.error(
          "function '{}': the time of call {} was up in phase {}",
          function.name(),
          id,
          late.phase());
    } else {
      log.warn("function '{}': call {} was not served: {}", function.name(), id, outcome);
    }
  }

  private void awaitGone() {
    try {
      if (!gone.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        host.stop(
            1,
            "function '"
                + function.name()
                + "' still runs "
                + patience.toMillis()
                + " ms after its deadline although it was interrupted; the process ends so that Fn"
                + " starts another one");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
