package dev.hearth.instance;

import dev.hearth.function.Environment;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.CallGuard;
import dev.hearth.invoke.FunctionMeter;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Outcome.Refused;
import dev.hearth.invoke.Outcome.Returned;
import dev.hearth.invoke.Outcome.Threw;
import dev.hearth.invoke.ValueCall;
import dev.hearth.invoke.Watchdog;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Invoker;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a call that has a place in an instance: reads, calls, writes, waits for what was promised, does what is to be done after the
 * response, and gives the place back. Thread-safe.
 */
final class CallRunner {

  /** For what is done after the response, where the function has no limit for running. */
  private static final long AFTER_RESPONSE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Where places come from. */
  interface Places {
    /** Takes one back. */
    void leave(Invocation invocation, Instance instance);
  }

  private final Binding binding;
  private final Environment environment;
  private final ClassLoader loader;
  private final Executor executor;
  private final Watchdog watchdog;
  private final CallGuard guard;
  private final long afterResponseNanos;
  private final FunctionMeter meter;
  private final Places places;
  private volatile boolean threw;

  CallRunner(
      Binding binding,
      Environment environment,
      ClassLoader loader,
      Limits limits,
      Executor executor,
      Watchdog watchdog,
      CallGuard guard,
      FunctionMeter meter,
      Places places) {
    this.guard = guard;
    this.meter = meter;
    this.binding = binding;
    this.environment = environment;
    this.loader = loader;
    this.executor = executor;
    this.watchdog = watchdog;
    this.afterResponseNanos =
        limits.runNanos() == Limits.NONE ? AFTER_RESPONSE_NANOS : limits.runNanos();
    this.places = places;
  }

  /** Whether any call threw: the JVM's threads may remember what. */
  boolean hasThrown() {
    return threw;
  }

  /**
   * Runs a call on this thread.
   *
   * @param callers whether the thread is the caller's own, which gets its answer and is kept no longer
   */
  void run(Invocation invocation, Instance instance, boolean callers) {
    if (!invocation.beginInit()) {
      places.leave(invocation, instance);
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader callersLoader = thread.getContextClassLoader();
    String name = thread.getName();
    int priority = thread.getPriority();
    boolean interrupted = thread.isInterrupted();
    Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
    invocation.call().entering(invocation);
    thread.setContextClassLoader(loader);
    invocation.in(instance);
    Invocation outer = invocation.enter();
    Outcome<?> outcome;
    Invoker invoker = null;
    Object result = null;
    try {
      if (instance.warm() == null) {
        meter.coldStart();
      }
      invoker = instance.ready(binding, environment);
      if (invocation.beginRun()) {
        result = step(invoker, invocation);
      }
      if (result instanceof CompletionStage) {
        invocation.keepUsed();
        outcome = null;
      } else {
        outcome = finish(invoker, invocation, result);
      }
    } catch (InputException e) {
      outcome = new Refused<>(e, invocation.timings());
    } catch (Throwable e) {
      threw = true;
      meter.threw(e);
      outcome = new Threw<>(e, invocation.timings());
    } finally {
      invocation.leave(outer);
      thread.setContextClassLoader(callersLoader);
      restore(thread, name, priority, interrupted);
      if (thread.getUncaughtExceptionHandler() != handler) {
        // What a thread gives as its handler is its group while it has none of its own.
        thread.setUncaughtExceptionHandler(handler instanceof ThreadGroup ? null : handler);
      }
    }
    if (outcome == null && invoker != null && result instanceof CompletionStage<?> stage) {
      finishLater(invoker, invocation, instance, stage);
      return;
    }
    end(invocation, instance, outcome, callers);
  }

  /** Undoes what the function may have done to a thread that is not its own. */
  @SuppressWarnings("ThreadPriorityCheck") // it puts back what was there
  private static void restore(Thread thread, String name, int priority, boolean interrupted) {
    if (!name.equals(thread.getName())) {
      thread.setName(name);
    }
    if (thread.getPriority() != priority) {
      thread.setPriority(priority);
    }
    if (interrupted) {
      thread.interrupt();
    }
  }

  private static @Nullable Object step(Invoker invoker, Invocation invocation) throws Throwable {
    Call call = invocation.call();
    if (call instanceof ValueCall value && invoker.accepts(value.input())) {
      return invoker.call(value.input(), invocation);
    }
    return invoker.call(invoker.read(call), invocation);
  }

  /** Writes the result; on a thread with the function's context class loader. */
  private static Outcome<?> finish(Invoker invoker, Invocation invocation, @Nullable Object result)
      throws Exception {
    if (invocation.isEnded()) {
      if (result instanceof Closeable unread) {
        unread.close(); // nobody will read it any more
      }
      return new Returned<>(null, invocation.timings()); // too late to count
    }
    if (invocation.call() instanceof ValueCall value) {
      if (invoker.accepts(value.input())) {
        return new Returned<>(result, invocation.timings());
      }
      invoker.write(result, value);
      return new Returned<>(value.exchange().reply(), invocation.timings());
    }
    invoker.write(result, invocation.call());
    return new Returned<>(result, invocation.timings());
  }

  private void finishLater(
      Invoker invoker, Invocation invocation, Instance instance, CompletionStage<?> stage) {
    if (stage instanceof Future<?> promise) {
      invocation.await(promise);
    }
    stage.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            meter.threw(failure);
          }
          Thread thread = Thread.currentThread();
          ClassLoader callers = thread.getContextClassLoader();
          thread.setContextClassLoader(loader);
          Outcome<?> outcome;
          try {
            outcome =
                failure == null
                    ? finish(invoker, invocation, value)
                    : new Threw<>(unwrap(failure), invocation.timings());
          } catch (Exception e) {
            outcome = new Threw<>(e, invocation.timings());
          } finally {
            thread.setContextClassLoader(callers);
          }
          end(invocation, instance, outcome, true);
        });
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** A caller that has its answer finds the place free, unless there is something to be done before. */
  private void end(
      Invocation invocation, Instance instance, @Nullable Outcome<?> outcome, boolean callers) {
    if (outcome != null) {
      invocation.call().left(invocation, outcome);
    }
    List<Runnable> tasks = invocation.takeAfterResponse();
    if (tasks.isEmpty()) {
      invocation.detach();
      places.leave(invocation, instance);
    }
    if (outcome != null) {
      invocation.end(outcome);
    }
    if (!tasks.isEmpty()) {
      afterResponse(tasks, invocation, instance, callers);
    }
  }

  private void afterResponse(
      List<Runnable> tasks, Invocation invocation, Instance instance, boolean callers) {
    AfterResponse after =
        new AfterResponse(
            tasks,
            environment,
            loader,
            watchdog,
            guard,
            afterResponseNanos,
            () -> {
              invocation.detach();
              places.leave(invocation, instance);
            });
    if (!callers) {
      after.run();
      return;
    }
    try {
      executor.execute(after);
    } catch (RejectedExecutionException e) {
      invocation.detach();
      places.leave(invocation, instance); // the host is closed
    }
  }
}
