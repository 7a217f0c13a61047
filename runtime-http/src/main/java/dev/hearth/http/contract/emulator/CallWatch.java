package dev.hearth.http.contract.emulator;

import dev.hearth.FunctionHandle;
import dev.hearth.http.contract.CallObserver;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Outcome.Phase;
import dev.hearth.log.ErrorText;
import dev.hearth.signature.spi.FailureFormat;
import org.jspecify.annotations.Nullable;

/** Follows one invocation: writes the platform's lines around what it prints, and restarts what it leaves broken. */
final class CallWatch implements CallObserver {

  private final Shared shared;
  private final Target target;
  private final String id;
  private final CallLog log;
  private boolean started; // guarded by this
  private boolean over; // guarded by this

  /**
   * @param tail whether somebody will ask for the end of its log
   */
  CallWatch(Shared shared, Target target, String id, boolean tail) {
    this.shared = shared;
    this.target = target;
    this.id = id;
    this.log = new CallLog(shared.streams, tail);
  }

  CallLog log() {
    return log;
  }

  @Override
  public void entering(Invocation invocation) {
    synchronized (this) {
      if (over) {
        return;
      }
      started = true;
    }
    shared.follow(id, log);
    log.line(shared.lines.start(id, target.version()));
  }

  @Override
  public void left(Invocation invocation, Outcome<?> outcome) {
    synchronized (this) {
      if (!over) {
        return; // its end forgets it
      }
    }
    shared.forget(id, log);
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> outcome) {
    boolean begun;
    synchronized (this) {
      begun = started;
      over = true;
    }
    String version = invocation.environment().version();
    if (begun) {
      describe(outcome);
      report(outcome, version);
    }
    log.end();
    shared.forget(id, log);
    if (isBroken(outcome)) {
      shared.restarts.begin(target.handle(), version);
    }
  }

  private void describe(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Threw<?> threw) {
      log.line(text(target.handle(), threw.cause()));
    } else if (outcome instanceof Outcome.Refused<?> refused) {
      log.line(text(target.handle(), refused.cause()));
    } else if (outcome instanceof Outcome.TimedOut<?> late) {
      log.line(shared.lines.timeout(id, CallResult.timedOut(late)));
    }
  }

  private static String text(FunctionHandle function, Throwable failure) {
    try {
      FailureFormat format = function.isDeployed() ? function.failureFormat() : null;
      if (format != null) {
        return format.text(failure).stripTrailing();
      }
    } catch (RuntimeException | StackOverflowError e) {
      // The exception is the function's own, and its methods may throw.
    }
    return ErrorText.of(failure).stripTrailing();
  }

  private void report(Outcome<?> outcome, String version) {
    String status = status(outcome);
    long init = 0;
    if (shared.isFirst(target.handle(), version)) {
      init = startNanos(target.handle()) + outcome.timings().initNanos();
    }
    long most =
        outcome instanceof Outcome.TimedOut<?> late ? late.limit().toNanos() : Long.MAX_VALUE;
    log.line(shared.lines.end(id, status));
    log.line(shared.lines.report(id, outcome.timings(), init, most, status));
  }

  private static long startNanos(FunctionHandle function) {
    return function.isDeployed() ? function.startTime().toNanos() : 0;
  }

  private static String status(@Nullable Outcome<?> outcome) {
    if (outcome instanceof Outcome.Returned) {
      return "success";
    }
    return outcome instanceof Outcome.TimedOut ? "timeout" : "error";
  }

  private static boolean isBroken(Outcome<?> outcome) {
    if (outcome instanceof Outcome.TimedOut<?> late) {
      return late.phase() == Phase.RUN;
    }
    return outcome instanceof Outcome.Threw<?> threw
        && ExitStatus.of(threw.cause()) != ExitStatus.NONE;
  }
}
