package dev.hearth.http.contract.emulator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.FunctionHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Gives functions fresh instances and statics where Lambda would have ended their process: when a call ran too long or wanted to
 * exit. Calls that come meanwhile wait for it. Thread-safe.
 */
final class Restarts {

  @GuardedBy("this")
  private final Map<String, List<Runnable>> waiting = new HashMap<>(); // by function that restarts

  /**
   * Starts a function again on a thread of its own, unless another version has taken its place.
   *
   * @param version what the call ran on
   */
  void begin(FunctionHandle function, String version) {
    synchronized (this) {
      if (waiting.containsKey(function.name())) {
        return;
      }
      waiting.put(function.name(), new ArrayList<>());
    }
    Thread thread =
        new Thread(null, new Restart(function, version), "hearth-lambda-restart", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Restarts.class.getClassLoader());
    thread.start();
  }

  /** Runs a call now, or when the function has been started again. */
  void whenReady(FunctionHandle function, Runnable call) {
    synchronized (this) {
      List<Runnable> others = waiting.get(function.name());
      if (others != null) {
        others.add(call);
        return;
      }
    }
    call.run();
  }

  /** Whether none is under way. */
  synchronized boolean isIdle() {
    return waiting.isEmpty();
  }

  private final class Restart implements Runnable {
    private final FunctionHandle function;
    private final String version;

    Restart(FunctionHandle function, String version) {
      this.function = function;
      this.version = version;
    }

    @Override
    public void run() {
      try {
        function.restart(version);
      } catch (RuntimeException | LinkageError e) {
        LoggerFactory.getLogger(Restarts.class)
            .warn("function '{}' cannot be started again; it goes on as it is", function.name(), e);
      } finally {
        List<Runnable> calls;
        synchronized (Restarts.this) {
          calls = waiting.remove(function.name());
        }
        for (Runnable call : calls == null ? List.<Runnable>of() : calls) {
          attempt(call);
        }
      }
    }

    private void attempt(Runnable call) {
      try {
        call.run();
      } catch (RuntimeException e) { // its connection is gone; the others' are not
        LoggerFactory.getLogger(Restarts.class).debug("a call that waited cannot begin", e);
      }
    }
  }
}
