package dev.hearth.invoke;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.invoke.Outcome.Phase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks one version of a function when its calls keep failing, so that they cost nothing until it is likely to work again. Thread-safe.
 *
 * <pre>
 * serving -- failures in a row --> parked -- pause is over --> one call tries it -- works --> serving
 *                                    ^                                |
 *                                    +------------- fails ------------+
 * </pre>
 *
 * A call fails when its code throws, passes a limit, or is late, be it for its caller's deadline; one whose input was refused, that found no room or that nobody wanted
 * any more says nothing of the function.
 */
public final class CircuitBreaker {

  private final String function;
  private final String version;
  private final BreakerSettings settings;

  // Written under the lock, read without it where nothing hangs on it.
  private volatile boolean parked;
  private volatile int failures; // in a row

  @GuardedBy("this")
  private long againNanos; // when parked: from then on a call may try

  @GuardedBy("this")
  private @Nullable Invocation probe;

  @GuardedBy("this")
  private String last = ""; // text, as an exception would hold the version's loader

  /** One that lets calls through. */
  public CircuitBreaker(String function, String version, BreakerSettings settings) {
    this.function = function;
    this.version = version;
    this.settings = settings;
  }

  /** Whether calls are refused, but for one at a time that tries. */
  public boolean isParked() {
    return parked;
  }

  /**
   * Asks whether a call may go on. One that may is to end, or to be {@linkplain #withdraw withdrawn}.
   *
   * @return null if it may
   */
  public @Nullable Refusal refusal(Invocation call) {
    if (!parked) {
      return null;
    }
    synchronized (this) {
      if (!parked) {
        return null;
      }
      long left = againNanos - System.nanoTime();
      if (left <= 0 && probe == null) {
        probe = call;
        return null;
      }
      String reason =
          "function '"
              + function
              + "' is parked: "
              + failures
              + " calls in a row failed, the last with "
              + last
              + (left > 0
                  ? "; it is tried again in " + (TimeUnit.NANOSECONDS.toMillis(left) + 1) + " ms"
                  : "; a call is trying it now");
      return new Refusal(reason, Duration.ofNanos(Math.max(0, left)));
    }
  }

  /**
   * Why a call may not go on.
   *
   * @param reason one line
   * @param left until the function is tried again; zero where a call is trying it
   */
  public record Refusal(String reason, Duration left) {}

  /** Forgets a call that was let through and did not begin. */
  public synchronized void withdraw(Invocation call) {
    if (probe == call) {
      probe = null;
    }
  }

  void ended(Invocation call, Outcome<?> how) {
    String failure = failure(call, how);
    if (failure != null) {
      failed(call, failure);
    } else if (parked || failures != 0) {
      passed(call, how instanceof Outcome.Returned);
    }
  }

  private static @Nullable String failure(Invocation call, Outcome<?> how) {
    if (how instanceof Outcome.Threw<?> threw) {
      return threw.cause().getClass().getName();
    }
    if (how instanceof Outcome.TimedOut<?> late
        && late.phase() != Phase.QUEUE
        && !call.isLateForItsCaller()) {
      return "no answer within " + late.limit().toMillis() + " ms";
    }
    return null;
  }

  private void failed(Invocation call, String failure) {
    int count;
    synchronized (this) {
      boolean tried = probe == call;
      if (parked && !tried) {
        return; // it began before
      }
      count = failures + 1;
      failures = count;
      last = failure;
      if (!tried && count < settings.failures()) {
        return;
      }
      probe = null;
      parked = true;
      againNanos = System.nanoTime() + settings.pause().toNanos();
    }
    log()
        .warn(
            "function '{}' version {}: parked for {} ms, {} calls in a row failed, the last with {}",
            function,
            version,
            settings.pause().toMillis(),
            count,
            failure);
  }

  private void passed(Invocation call, boolean worked) {
    boolean again;
    synchronized (this) {
      again = parked && probe == call;
      if (again) {
        probe = null;
      }
      if (!worked || (parked && !again)) {
        return;
      }
      parked = false;
      failures = 0;
    }
    if (again) {
      log().info("function '{}' version {}: works again, not parked any more", function, version);
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(CircuitBreaker.class);
  }
}
