package dev.hearth.junit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.UnloadWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Proves that a host which replaces a function can forget it: that nothing of it stays in memory after it was called and undeployed.
 *
 * <pre>{@code
 * @RegisterExtension static final Unloads unloads = new Unloads();
 *
 * @Test void isForgotten() {
 *   unloads.assertUnloads(Path.of("target/orders.jar"), "{\"id\":1}");
 * }
 * }</pre>
 *
 * <p>Give the tests' JVM {@code -XX:SoftRefLRUPolicyMSPerMB=0}, or what only a cache of the JDK holds while memory is plenty fails,
 * too. Thread-safe; it has a host for each test.
 */
public final class Unloads implements AfterEachCallback {

  private static final int LOOKS = 40;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable Hearth hearth;

  /** An extension whose host is made at its first use. */
  public Unloads() {}

  /**
   * Deploys an archive, calls its function once with each input, undeploys it, and looks for what is left of it.
   *
   * @param inputs as of {@link FunctionHandle#invoke}; with none the function is loaded and constructed only. A call may fail
   * @throws dev.hearth.loader.DeployException if it cannot be served
   * @throws AssertionError if it stays in memory; the message shows what holds it, from a root of the heap on
   */
  public void assertUnloads(Path archive, Object... inputs) {
    assertUnloads(FunctionSpec.of(archive), inputs);
  }

  /** The same of a function with settings. */
  public void assertUnloads(FunctionSpec spec, Object... inputs) {
    Hearth host = host();
    FunctionHandle function = host.deploy("unloads", spec);
    String version = function.version();
    try {
      for (Object input : inputs) {
        callOnce(function, input);
      }
    } finally {
      undeploy(function);
    }
    for (int look = 0; look < LOOKS; look++) {
      System.gc();
      if (isGone(host, version)) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError(
        "archive "
            + spec.archive()
            + ": its class loader is still held after "
            + LOOKS
            + " collections, by\n  "
            + String.join("\n  -> ", holder(host, version))
            + "\nhave the function let go of it in its close hook");
  }

  /** In a frame of its own, and on the host's thread, so that no local of this one holds what the function gave. */
  private static void callOnce(FunctionHandle function, Object input) {
    Outcome<?> outcome = function.invokeAsync(input, CALL_LIMIT).join();
    if (outcome instanceof Outcome.TimedOut) {
      throw new AssertionError("the call did not end within " + CALL_LIMIT.toSeconds() + " s");
    }
  }

  private static void undeploy(FunctionHandle function) {
    try {
      function.undeploy().toCompletableFuture().get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the function was undeployed", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the function was not undeployed: " + e, e);
    }
  }

  private static boolean isGone(Hearth host, String version) {
    for (UnloadWatch.Pending each : host.retired()) {
      if (each.version().equals(version)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> holder(Hearth host, String version) {
    try {
      List<String> path = host.holder("unloads", version);
      return path.isEmpty() ? List.of("something that has just let go of it") : path;
    } catch (IOException e) {
      return List.of("something unknown: the heap cannot be dumped (" + e + ")");
    }
  }

  private Hearth host() {
    synchronized (lock) {
      Hearth known = hearth;
      if (known == null) {
        known = Hearth.builder().build();
        hearth = known;
      }
      return known;
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Hearth known;
    synchronized (lock) {
      known = hearth;
      hearth = null;
    }
    if (known != null) {
      known.close();
    }
  }
}
