package dev.hearth.http.contract.kubeless;

import dev.hearth.http.contract.CallObserver;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts one call, and has the process end when the call's code runs on long after its time was up: both platforms start it
 * again then, as they do for their own runtimes, which end at once.
 */
final class CallWatch implements CallObserver {

  private final String method;
  private final CallMetrics metrics;
  private final ContractHost host;
  private final Duration patience;
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean entered;

  /**
   * @param method of the request
   * @param patience how long code may run on
   */
  CallWatch(String method, CallMetrics metrics, ContractHost host, Duration patience) {
    this.method = method;
    this.metrics = metrics;
    this.host = host;
    this.patience = patience;
  }

  @Override
  public void entering(Invocation invocation) {
    entered = true;
  }

  @Override
  public void left(Invocation invocation, Outcome<?> outcome) {
    gone.countDown();
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> outcome) {
    metrics.ended(method, outcome);
    if (outcome instanceof Outcome.TimedOut && entered && gone.getCount() > 0) {
      String function = invocation.environment().function();
      Thread waiting =
          new Thread(null, () -> awaitGone(function), "hearth-kubeless-late", 0, false);
      waiting.setDaemon(true);
      waiting.start();
    }
  }

  private void awaitGone(String function) {
    try {
      if (!gone.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        host.stop(
            1,
            "function '"
                + function
                + "' still runs "
                + patience.toMillis()
                + " ms after its time limit although it was interrupted; the process ends so that"
                + " the platform starts it again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
