package dev.hearth.http.contract.openwhisk;

import dev.hearth.http.contract.CallObserver;
import dev.hearth.http.contract.Streams;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of the action: sets its variables before the code runs, tells in the log how it failed, and ends its part of the
 * log with the sentinel, once. An activation whose code never ran has no part of the log.
 *
 * <p>The sentinel comes when the code has left, before the platform is answered. Where the answer cannot wait for that, because
 * the time is up or the platform has gone, code that honours its interrupt is still given a moment.
 */
final class Activation implements CallObserver {

  private static final long MOMENT_SECONDS = 1;

  private final RunRequest request;
  private final Map<String, String> variables;
  private final Streams streams;
  private final boolean mayGiveNothing;
  private final AtomicBoolean framed = new AtomicBoolean();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean entered;

  /**
   * @param variables of the action, changed by each run
   * @param mayGiveNothing whether it is no failure when the code returns nothing
   */
  Activation(
      RunRequest request, Map<String, String> variables, Streams streams, boolean mayGiveNothing) {
    this.request = request;
    this.variables = variables;
    this.streams = streams;
    this.mayGiveNothing = mayGiveNothing;
  }

  @Override
  public void entering(Invocation invocation) {
    entered = true;
    variables.putAll(request.variables());
  }

  @Override
  public void left(Invocation invocation, Outcome<?> outcome) {
    String problem = problem(outcome);
    if (!problem.isEmpty()) {
      streams.err(problem);
    }
    frame();
    gone.countDown();
  }

  private String problem(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Threw<?> threw) {
      return Texts.trace(threw.cause());
    }
    if (outcome instanceof Outcome.Refused<?> refused) {
      return Texts.of(refused.cause());
    }
    boolean nothing = outcome instanceof Outcome.Returned<?> returned && returned.value() == null;
    return nothing && !mayGiveNothing ? RunAnswers.NULL : "";
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> outcome) {
    boolean stopped = outcome instanceof Outcome.TimedOut || outcome instanceof Outcome.Cancelled;
    if (stopped && entered && !framed.get()) {
      // Not here: this may be the watchdog or an event loop, which must not wait for whoever reads
      // the log.
      Thread late = new Thread(null, this::frameLate, "hearth-openwhisk-log", 0, false);
      late.setDaemon(true);
      late.start();
    }
  }

  private void frameLate() {
    try {
      gone.await(MOMENT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    frame();
  }

  private void frame() {
    if (framed.compareAndSet(false, true)) {
      streams.mark(OpenWhiskContract.SENTINEL);
    }
  }
}
