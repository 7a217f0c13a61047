package dev.hearth.instance;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Invoker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One live handler object.
 *
 * <pre>
 * NEW -> opening -> WARM -> closed        opening may end in failed, which is final for this instance
 * </pre>
 *
 * The first thread to ask opens it, others wait; a failure reaches all of them.
 */
final class Instance {

  private final CompletableFuture<Invoker> invoker = new CompletableFuture<>();
  private final AtomicBoolean opening = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  int busy; // guarded by the pool's lock
  long idleSinceNanos =
      System.nanoTime(); // guarded by the pool's lock; means something while busy is 0

  /**
   * The way into this instance, opened by the calling thread if nobody did.
   *
   * @throws Throwable what opening threw, now or before
   */
  Invoker ready(Binding binding, Environment environment) throws Throwable {
    Invoker warm = warm();
    if (warm != null) {
      return warm;
    }
    if (opening.compareAndSet(false, true)) {
      return open(binding, environment);
    }
    try {
      return invoker.get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private Invoker open(Binding binding, Environment environment) throws Throwable {
    try {
      Invoker opened = binding.open(environment);
      invoker.complete(opened);
      return opened;
    } catch (Throwable e) {
      invoker.completeExceptionally(e);
      throw e;
    }
  }

  /** The way into it if it is warm, else null. */
  @Nullable Invoker warm() {
    return invoker.isDone() && !invoker.isCompletedExceptionally() ? invoker.getNow(null) : null;
  }

  /** Whether opening it failed. */
  boolean isFailed() {
    return invoker.isCompletedExceptionally();
  }

  /**
   * Runs the close hook, once, if there is something to close.
   *
   * @throws Exception what the hook threw
   */
  void close() throws Exception {
    Invoker warm = warm();
    if (warm != null && closed.compareAndSet(false, true)) {
      warm.close();
    }
  }
}
