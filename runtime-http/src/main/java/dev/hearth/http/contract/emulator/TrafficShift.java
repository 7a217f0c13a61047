package dev.hearth.http.contract.emulator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One deployment that moves an alias from a version to another. Thread-safe.
 *
 * <pre>
 * BEFORE -> SHIFTING -> AFTER -> SUCCEEDED      BEFORE and AFTER only where there are hooks
 * any of the first three -> FAILED or STOPPED   which puts the alias back, unless a stop is told not to
 * </pre>
 */
final class TrafficShift {

  /** How long a hook may take to report. */
  static final Duration HOOK_LIMIT = Duration.ofHours(1);

  /** What a deployment is at. */
  enum State {
    BEFORE,
    SHIFTING,
    AFTER,
    SUCCEEDED,
    FAILED,
    STOPPED;

    boolean isOver() {
      return compareTo(AFTER) > 0;
    }
  }

  /** What has hooks called. */
  @FunctionalInterface
  interface Hooks {
    /** Calls a function, which is to report under this id. */
    void call(String function, String executionId);
  }

  private final Published published;
  private final String alias;
  private final String before;
  private final String after;
  private final ShiftPlan plan;
  private final @Nullable String beforeHook;
  private final @Nullable String afterHook;
  private final LongSupplier nanos;

  @GuardedBy("this")
  private State state = State.BEFORE;

  @GuardedBy("this")
  private long begunNanos; // of the present state

  /**
   * @param before the version that the alias points to
   * @param after the one it is to point to
   * @param beforeHook name of the function that is asked first, or null
   * @param afterHook name of the function that is asked at the end, or null
   * @param nanos a monotonic clock
   */
  TrafficShift(
      Published published,
      String alias,
      String before,
      String after,
      ShiftPlan plan,
      @Nullable String beforeHook,
      @Nullable String afterHook,
      LongSupplier nanos) {
    this.published = published;
    this.alias = alias;
    this.before = before;
    this.after = after;
    this.plan = plan;
    this.beforeHook = beforeHook;
    this.afterHook = afterHook;
    this.nanos = nanos;
  }

  synchronized State state() {
    return state;
  }

  String alias() {
    return alias;
  }

  /** Begins. */
  synchronized void start(Hooks hooks) {
    begunNanos = nanos.getAsLong();
    if (beforeHook == null) {
      shift();
    } else {
      hooks.call(beforeHook, State.BEFORE.name());
    }
  }

  /**
   * Does what is due by now.
   *
   * @return when to look again, or null when it is over
   */
  synchronized @Nullable Duration advance(Hooks hooks) {
    Duration elapsed = Duration.ofNanos(nanos.getAsLong() - begunNanos);
    if (state == State.SHIFTING) {
      double share = plan.share(elapsed);
      point(share);
      if (share < 1) {
        return plan.untilNext(elapsed);
      }
      begunNanos = nanos.getAsLong();
      if (afterHook == null) {
        state = State.SUCCEEDED;
        return null;
      }
      state = State.AFTER;
      hooks.call(afterHook, State.AFTER.name());
      return HOOK_LIMIT;
    }
    if (!state.isOver() && elapsed.compareTo(HOOK_LIMIT) >= 0) {
      end(State.FAILED, true);
    }
    return state.isOver() ? null : HOOK_LIMIT.minus(elapsed);
  }

  /**
   * Takes a hook's report.
   *
   * @param executionId as it was called with
   * @return whether it was waited for
   */
  synchronized boolean report(String executionId, boolean succeeded) {
    boolean waiting = state == State.BEFORE || state == State.AFTER;
    if (!waiting || !state.name().equals(executionId)) {
      return false;
    }
    if (!succeeded) {
      end(State.FAILED, true);
    } else if (state == State.BEFORE) {
      shift();
    } else {
      state = State.SUCCEEDED;
    }
    return true;
  }

  /** Stops it, unless it is over. */
  synchronized void stop(boolean rollBack) {
    if (!state.isOver()) {
      end(State.STOPPED, rollBack);
    }
  }

  @GuardedBy("this")
  private void shift() {
    state = State.SHIFTING;
    begunNanos = nanos.getAsLong();
  }

  @GuardedBy("this")
  private void end(State how, boolean rollBack) {
    state = how;
    if (rollBack) {
      point(0);
    }
  }

  /** Points the alias to the versions by the share of the new one. */
  private void point(double share) {
    while (true) {
      Alias now = published.alias(alias);
      if (now == null) {
        return; // it was deleted
      }
      Alias next =
          share >= 1
              ? now.to(after).weighted(null, 0)
              : share <= 0
                  ? now.to(before).weighted(null, 0)
                  : now.to(before).weighted(after, share);
      if (published.replace(now, next)) {
        return;
      }
    }
  }
}
