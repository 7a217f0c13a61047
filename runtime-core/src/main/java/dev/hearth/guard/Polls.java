package dev.hearth.guard;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayList;
import java.util.List;

/**
 * The polls in the code of one version, which all call one handle. While nothing is to be stopped, that does nothing and costs compiled
 * code nothing: the JVM compiles it away, and discards the compiled code when it changes.
 *
 * <p>Thread-safe. Refers to threads only while they are being stopped, and to nothing of the function.
 */
public final class Polls {

  /** How often compiled code is discarded; from then on the polls stay what they are, and slow the function that needed them. */
  private static final int MOST_CHANGES = 100;

  /** Of one stop, how many errors tell where it struck. */
  private static final int TRACED = 3;

  private final String function;
  private final MethodHandle nothing = MethodHandles.empty(MethodType.methodType(void.class));
  private final MethodHandle check;
  private final MutableCallSite site = new MutableCallSite(nothing);
  private final Object lock = new Object();

  /** What is being stopped. Replaced, never changed. */
  private volatile Stop[] stops = {};

  private volatile boolean everything;

  @GuardedBy("lock")
  private boolean armed;

  @GuardedBy("lock")
  private int changes;

  /** Polls that do nothing yet, for the classes of this function. */
  public Polls(String function) {
    this.function = function;
    try {
      check =
          MethodHandles.lookup()
              .findVirtual(Polls.class, "check", MethodType.methodType(void.class))
              .bindTo(this);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("dev.hearth.guard.Polls has no method check", e);
    }
  }

  /** What each poll calls; a constant of the code it is in. */
  public MethodHandle handle() {
    return site.dynamicInvoker();
  }

  /**
   * Has each poll on this thread throw from now on.
   *
   * @param reason one line, for the error's message
   * @return to be given back when the thread has left the function's code
   */
  public Stop stop(Thread thread, String reason) {
    Stop stop = new Stop(this, thread, "function '" + function + "' was stopped: " + reason);
    synchronized (lock) {
      List<Stop> more = new ArrayList<>(List.of(stops));
      more.add(stop);
      stops = more.toArray(new Stop[0]);
      arm();
    }
    return stop;
  }

  /** Has each poll on every thread throw from now on, for good: the version is over. */
  public void stopEverything() {
    synchronized (lock) {
      everything = true;
      arm();
    }
  }

  @GuardedBy("lock")
  private void arm() {
    if (!armed) {
      armed = true;
      set(check);
    }
  }

  private void set(MethodHandle target) {
    site.setTarget(target);
    MutableCallSite.syncAll(new MutableCallSite[] {site});
  }

  private void forget(Stop over) {
    synchronized (lock) {
      List<Stop> fewer = new ArrayList<>(List.of(stops));
      fewer.remove(over);
      stops = fewer.toArray(new Stop[0]);
      if (armed && !everything && fewer.isEmpty() && ++changes < MOST_CHANGES) {
        armed = false;
        set(nothing);
      }
    }
  }

  /** What a poll does while something is to be stopped. Called by {@link #handle}. */
  @SuppressWarnings("unused")
  private void check() {
    Stop[] now = stops;
    if (now.length > 0) {
      Thread thread = Thread.currentThread();
      for (Stop stop : now) {
        if (stop.thread == thread) {
          throw stop.error();
        }
      }
    }
    if (everything) {
      throw new StoppedError(
          "function '" + function + "' was stopped: its version was retired", false);
    }
  }

  /** One thread that is being stopped. */
  public static final class Stop {
    private final Polls polls;
    private final Thread thread;
    private final String message;
    private int thrown; // the thread only

    private Stop(Polls polls, Thread thread, String message) {
      this.polls = polls;
      this.thread = thread;
      this.message = message;
    }

    private StoppedError error() {
      if (thrown < TRACED) {
        thrown++;
        return new StoppedError(message, true);
      }
      return new StoppedError(message, false);
    }

    /** The thread has left the function's code. */
    public void over() {
      polls.forget(this);
    }
  }
}
