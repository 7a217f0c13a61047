package dev.hearth.http.contract.fn;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.FunctionHandle;
import dev.hearth.StartFailedException;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.invoke.Call;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The function that is called, or why there is none. One whose start failed is started again by the next call, as Fn's kit does; what else
 * is wrong stays so. Thread-safe.
 */
final class Deployed {

  private final ContractHost host;
  private final Object starting = new Object(); // held while the function's code starts

  @GuardedBy("starting")
  private @Nullable Throwable failure;

  private volatile CountDownLatch settled =
      new CountDownLatch(0); // open while it is being deployed

  Deployed(ContractHost host) {
    this.host = host;
  }

  /** How many there are. */
  int count() {
    return host.hearth().functions().size();
  }

  /** The only function; null when there is none, or several. */
  @Nullable FunctionHandle function() {
    List<FunctionHandle> all = List.copyOf(host.hearth().functions());
    return all.size() == 1 ? all.get(0) : null;
  }

  /** It is being deployed. */
  void begin() {
    settled = new CountDownLatch(1);
  }

  /** It is deployed, or never will be. */
  void settled() {
    settled.countDown();
  }

  /** Notes why there is none. */
  void refused(RuntimeException why) {
    synchronized (starting) {
      failure = why;
    }
    settled();
  }

  /**
   * The same as {@link #function}, when it is deployed, or after another try; on a thread that may block.
   *
   * @param deadlineNanos until when to wait, as {@link Call#deadlineNanos}
   */
  @Nullable FunctionHandle await(long deadlineNanos) {
    if (settled.getCount() == 0) {
      return tryAgain();
    }
    try {
      if (deadlineNanos == Call.NO_DEADLINE) {
        settled.await();
      } else {
        settled.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return function();
  }

  private @Nullable FunctionHandle tryAgain() {
    synchronized (starting) {
      if (function() == null && failure instanceof StartFailedException) {
        try {
          host.deployAgain();
          failure = null;
        } catch (RuntimeException | Error e) { // the function's code ran, which may throw anything
          failure = e;
        }
      }
      return function();
    }
  }

  /** Why there is none, for the log; with the stack trace where the function's code is the reason. */
  String explain() {
    Throwable why;
    synchronized (starting) {
      why = failure;
    }
    if (why == null) {
      return "contract fn calls one function, but "
          + count()
          + " are deployed; give it one archive";
    }
    StringWriter text = new StringWriter();
    text.append("the function cannot be served: ").append(why.getMessage());
    Throwable cause = why instanceof StartFailedException ? why.getCause() : null;
    if (cause != null) {
      text.append('\n');
      cause.printStackTrace(new PrintWriter(text, true));
    }
    return text.toString().stripTrailing();
  }
}
