package dev.hearth.instance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.function.Context;
import dev.hearth.function.Environment;
import dev.hearth.invoke.FunctionMeter;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Metering;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Outcome.Phase;
import dev.hearth.invoke.Quarantine;
import dev.hearth.invoke.RunawayStopper;
import dev.hearth.invoke.Threads;
import dev.hearth.invoke.ValueCall;
import dev.hearth.invoke.Watchdog;
import dev.hearth.invoke.Workers;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Shape;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InstancePoolTest {

  private final Workers workers = new Workers("test", 16);
  private final Watchdog watchdog = Watchdog.start("test-watchdog");
  private final ClassLoader loader = new URLClassLoader(new URL[0], null);
  private final Handler handler = new Handler();

  @AfterEach
  void stop() {
    workers.close(Duration.ofSeconds(5));
    watchdog.close();
  }

  @Test
  void submit_warmInstance_givesWhatTheFunctionReturned() throws Throwable {
    InstancePool pool = pool(InstanceSettings.DEFAULT, noLimits());
    pool.open();

    Outcome<?> outcome = submit(pool, "x").get(10, SECONDS);

    assertThat(outcome).isInstanceOf(Outcome.Returned.class);
    assertThat(((Outcome.Returned<?>) outcome).value()).isEqualTo("x!");
    assertThat(handler.opened).hasValue(1);
  }

  @Test
  void runHere_callingThread_runsTheFunctionAndGetsItsLoaderBack() throws Throwable {
    InstancePool pool = pool(InstanceSettings.DEFAULT, noLimits());
    pool.open();
    Thread caller = Thread.currentThread();
    ClassLoader before = caller.getContextClassLoader();
    AtomicReference<Thread> ranOn = new AtomicReference<>();
    AtomicReference<ClassLoader> seen = new AtomicReference<>();
    handler.work =
        () -> {
          ranOn.set(Thread.currentThread());
          seen.set(Thread.currentThread().getContextClassLoader());
          return "done";
        };

    ValueCall call = new ValueCall("x", null);
    pool.runHere(call);

    assertThat(call.outcome()).isCompleted();
    assertThat(ranOn).hasValue(caller);
    assertThat(seen).hasValue(loader);
    assertThat(caller.getContextClassLoader()).isSameAs(before);
  }

  @Test
  void submit_functionChangesItsThread_nextCallFindsItUnchanged() throws Throwable {
    Workers one = new Workers("single", 1);
    InstancePool pool = pool(InstanceSettings.DEFAULT, noLimits(), one);
    pool.open();
    List<String> names = new CopyOnWriteArrayList<>();
    handler.work =
        () -> {
          Thread thread = Thread.currentThread();
          names.add(thread.getName() + thread.getPriority() + thread.isInterrupted());
          thread.setName("mine");
          thread.setPriority(Thread.MAX_PRIORITY);
          thread.setContextClassLoader(null);
          thread.interrupt();
          return "done";
        };

    submit(pool, "a").get(10, SECONDS);
    submit(pool, "b").get(10, SECONDS);

    assertThat(names).hasSize(2);
    assertThat(names.get(1)).isEqualTo(names.get(0));
    one.close(Duration.ofSeconds(5));
  }

  @Test
  void submit_moreThanConcurrency_waitsAndRunsInOrder() throws Throwable {
    InstancePool pool = pool(new InstanceSettings(1, 1, 1, 10), noLimits());
    pool.open();
    List<Object> order = new CopyOnWriteArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    handler.onInput =
        input -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          go.await();
          order.add(input);
          inside.decrementAndGet();
          return input;
        };

    List<CompletableFuture<Outcome<?>>> outcomes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      outcomes.add(submit(pool, i));
    }
    go.countDown();
    for (CompletableFuture<Outcome<?>> outcome : outcomes) {
      assertThat(outcome.get(10, SECONDS)).isInstanceOf(Outcome.Returned.class);
    }

    assertThat(order).containsExactly(0, 1, 2, 3, 4);
    assertThat(most).hasValue(1);
    assertThat(pool.inFlight()).isZero();
  }

  @Test
  void submit_lineFull_isRejectedWithCounts() throws Throwable {
    InstancePool pool = pool(new InstanceSettings(1, 1, 1, 1), noLimits());
    pool.open();
    CountDownLatch go = new CountDownLatch(1);
    handler.work =
        () -> {
          go.await();
          return "done";
        };

    CompletableFuture<Outcome<?>> runs = submit(pool, 1);
    CompletableFuture<Outcome<?>> waits = submit(pool, 2);
    Outcome<?> refused = submit(pool, 3).get(10, SECONDS);
    go.countDown();

    assertThat(((Outcome.Rejected<?>) refused).reason())
        .contains("'f'", "concurrency=1", "waiting=1", "raise");
    assertThat(runs.get(10, SECONDS)).isInstanceOf(Outcome.Returned.class);
    assertThat(waits.get(10, SECONDS)).isInstanceOf(Outcome.Returned.class);
  }

  @Test
  void submit_expiresWhileWaiting_isAnsweredAndNeverStarted() throws Throwable {
    Limits limits = Limits.of(Duration.ofSeconds(1), null, null);
    InstancePool pool = pool(new InstanceSettings(1, 1, 1, 10), limits);
    pool.open();
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    handler.work =
        () -> {
          calls.incrementAndGet();
          go.await();
          return "done";
        };

    CompletableFuture<Outcome<?>> first = submit(pool, 1);
    await().until(() -> calls.get() == 1);
    Outcome<?> late = submit(pool, 2).get(10, SECONDS);
    go.countDown();
    first.get(10, SECONDS);
    await().until(() -> pool.inFlight() == 0);

    assertThat(((Outcome.TimedOut<?>) late).phase()).isEqualTo(Phase.QUEUE);
    assertThat(calls).hasValue(1);
  }

  @Test
  void submit_runsTooLong_isAnsweredAndInterrupted() throws Throwable {
    InstancePool pool =
        pool(InstanceSettings.DEFAULT, Limits.of(null, null, Duration.ofMillis(50)));
    pool.open();
    CountDownLatch interrupted = new CountDownLatch(1);
    handler.work =
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return "too late";
        };

    Outcome<?> late = submit(pool, 1).get(10, SECONDS);

    assertThat(((Outcome.TimedOut<?>) late).phase()).isEqualTo(Phase.RUN);
    assertThat(((Outcome.TimedOut<?>) late).limit()).isEqualTo(Duration.ofMillis(50));
    assertThat(interrupted.await(10, SECONDS)).isTrue();
  }

  @Test
  void submit_callersDeadlineIsSooner_counts() throws Throwable {
    InstancePool pool = pool(InstanceSettings.DEFAULT, Limits.of(null, null, Duration.ofHours(1)));
    pool.open();
    handler.work =
        () -> {
          new CountDownLatch(1).await();
          return "never";
        };

    ValueCall call = new ValueCall(1, Duration.ofMillis(50));
    pool.submit(call);

    assertThat(call.outcome().get(10, SECONDS)).isInstanceOf(Outcome.TimedOut.class);
  }

  @Test
  void cancel_whileRunning_interruptsAndTellsOnce() throws Throwable {
    InstancePool pool = pool(InstanceSettings.DEFAULT, noLimits());
    pool.open();
    CountDownLatch inside = new CountDownLatch(1);
    handler.work =
        () -> {
          inside.countDown();
          new CountDownLatch(1).await();
          return "never";
        };
    ValueCall call = new ValueCall("x", null);
    Invocation invocation = pool.submit(call);
    inside.await();

    assertThat(invocation.cancel("the client left")).isTrue();
    assertThat(invocation.cancel("again")).isFalse();

    assertThat(call.outcome().get(10, SECONDS)).isInstanceOf(Outcome.Cancelled.class);
    assertThat(invocation.isCancelled()).isTrue();
    await().until(() -> pool.inFlight() == 0);
  }

  @Test
  void open_concurrentFirstCalls_initialiseOnce() throws Throwable {
    InstancePool pool = pool(new InstanceSettings(0, 1, 100, 100), noLimits());
    CountDownLatch go = new CountDownLatch(1);
    handler.onOpen = go::await;

    List<CompletableFuture<Outcome<?>>> outcomes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      outcomes.add(submit(pool, i));
    }
    go.countDown();
    for (CompletableFuture<Outcome<?>> outcome : outcomes) {
      assertThat(outcome.get(10, SECONDS)).isInstanceOf(Outcome.Returned.class);
    }

    assertThat(handler.opened).hasValue(1);
  }

  @Test
  void open_failsOnce_nextCallTriesAFreshInstance() throws Throwable {
    InstancePool pool = pool(new InstanceSettings(0, 1, 1, 10), noLimits());
    handler.onOpen =
        () -> {
          if (handler.opened.get() == 0) {
            handler.opened.incrementAndGet();
            throw new IllegalStateException("not yet");
          }
        };

    Outcome<?> first = submit(pool, 1).get(10, SECONDS);
    Outcome<?> second = submit(pool, 2).get(10, SECONDS);

    assertThat(((Outcome.Threw<?>) first).cause()).hasMessage("not yet");
    assertThat(second).isInstanceOf(Outcome.Returned.class);
  }

  @Test
  void open_secondOfThreeFails_closesTheFirstAndSaysWhy() {
    InstancePool pool = pool(new InstanceSettings(3, 3, 1, 10), noLimits());
    handler.onOpen =
        () -> {
          if (handler.opened.get() == 1) {
            throw new IllegalStateException("second");
          }
        };

    assertThatThrownBy(pool::open).hasMessage("second");
    assertThat(handler.closed).hasValue(1);
  }

  @Test
  void submit_throwsAnyThrowable_outcomeCarriesIt() throws Throwable {
    InstancePool pool = pool(InstanceSettings.DEFAULT, noLimits());
    pool.open();
    handler.work = () -> recurse(0);

    Outcome<?> outcome = submit(pool, 1).get(10, SECONDS);

    assertThat(((Outcome.Threw<?>) outcome).cause()).isInstanceOf(StackOverflowError.class);
    handler.work = null;
    assertThat(submit(pool, 2).get(10, SECONDS)).isInstanceOf(Outcome.Returned.class);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static Object recurse(int depth) {
    return recurse(depth + 1) + "";
  }

  @Test
  void submit_functionPromises_placeIsHeldUntilKept() throws Throwable {
    InstancePool pool = pool(new InstanceSettings(1, 1, 1, 10), noLimits());
    pool.open();
    CompletableFuture<Object> promise = new CompletableFuture<>();
    handler.work = () -> promise;

    CompletableFuture<Outcome<?>> outcome = submit(pool, 1);
    await().until(() -> handler.calls.get() == 1);
    assertThat(outcome).isNotDone();
    promise.complete("kept");

    assertThat(((Outcome.Returned<?>) outcome.get(10, SECONDS)).value()).isEqualTo("kept");
    assertThat(pool.inFlight()).isZero();
  }

  @Test
  void submit_promiseNeverKept_isCancelledAtTheDeadline() throws Throwable {
    InstancePool pool =
        pool(InstanceSettings.DEFAULT, Limits.of(null, null, Duration.ofMillis(50)));
    pool.open();
    CompletableFuture<Object> promise = new CompletableFuture<>();
    handler.work = () -> promise;

    Outcome<?> outcome = submit(pool, 1).get(10, SECONDS);

    assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
    await().until(promise::isCancelled);
    await().until(() -> pool.inFlight() == 0);
  }

  @Test
  void submit_allPlacesTaken_growsToMaxAndShrinksWhenIdle() throws Throwable {
    InstancePool pool =
        pool(new InstanceSettings(1, 3, 1, 10, Duration.ofMillis(40).toNanos()), noLimits());
    pool.open();
    CountDownLatch inside = new CountDownLatch(3);
    CountDownLatch go = new CountDownLatch(1);
    handler.work =
        () -> {
          inside.countDown();
          go.await();
          return "done";
        };
    List<CompletableFuture<Outcome<?>>> outcomes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      outcomes.add(submit(pool, i));
    }
    assertThat(inside.await(10, SECONDS)).isTrue();
    assertThat(pool.instances()).isEqualTo(3);
    go.countDown();
    for (CompletableFuture<Outcome<?>> outcome : outcomes) {
      outcome.get(10, SECONDS);
    }

    await().until(() -> pool.instances() == 1);
    await().until(() -> handler.closed.get() == 2);
  }

  @Test
  void retire_callsRunning_takesNoMoreAndCompletesAfterTheLast() throws Throwable {
    InstancePool pool = pool(InstanceSettings.DEFAULT, noLimits());
    pool.open();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    handler.work =
        () -> {
          inside.countDown();
          go.await();
          return "done";
        };
    CompletableFuture<Outcome<?>> running = submit(pool, 1);
    inside.await();

    CompletableFuture<Void> drained = pool.retire().toCompletableFuture();

    assertThat(pool.submit(new ValueCall("no", null))).isNull();
    assertThat(drained).isNotDone();
    go.countDown();
    assertThat(running.get(10, SECONDS)).isInstanceOf(Outcome.Returned.class);
    drained.get(10, SECONDS);
    pool.close().toCompletableFuture().get(10, SECONDS);
    pool.close().toCompletableFuture().get(10, SECONDS);
    assertThat(handler.closed).hasValue(1);
  }

  @Test
  void close_hooksThrow_everyOneIsAttempted() throws Throwable {
    InstancePool pool = pool(new InstanceSettings(2, 2, 1, 0), noLimits());
    pool.open();
    handler.onClose =
        () -> {
          throw new IllegalStateException("close " + handler.closed.get());
        };

    assertThatThrownBy(() -> pool.close().toCompletableFuture().get(10, SECONDS))
        .cause()
        .hasMessage("close 1")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void open_severalInstances_makesThemTogether() throws Throwable {
    InstancePool pool = pool(new InstanceSettings(4, 4, 1, 0), noLimits());
    CountDownLatch three = new CountDownLatch(3);
    AtomicBoolean first = new AtomicBoolean(true);
    handler.onOpen =
        () -> {
          if (!first.getAndSet(false)) {
            three.countDown();
            assertThat(three.await(10, SECONDS)).isTrue();
          }
        };

    pool.open();

    assertThat(pool.instances()).isEqualTo(4);
  }

  @Test
  void open_oneOfSeveralFails_closesTheOthers() {
    InstancePool pool = pool(new InstanceSettings(3, 3, 1, 0), noLimits());
    AtomicInteger count = new AtomicInteger();
    handler.onOpen =
        () -> {
          if (count.incrementAndGet() == 2) {
            throw new IllegalStateException("the second");
          }
        };

    assertThatThrownBy(pool::open).hasMessage("the second");
    assertThat(handler.closed).hasValue(2);
  }

  @Test
  void L55_closeHookNeverEnds_isInterruptedAtItsBound() throws Throwable {
    InstancePool pool = pool(InstanceSettings.DEFAULT, noLimits(), Duration.ofMillis(100));
    pool.open();
    CountDownLatch interrupted = new CountDownLatch(1);
    handler.onClose =
        () -> {
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
        };

    assertThatThrownBy(() -> pool.close().toCompletableFuture().get(10, SECONDS))
        .cause()
        .isInstanceOf(java.util.concurrent.TimeoutException.class)
        .hasMessage(
            "hook close did not end within 100 ms; it was interrupted and is not waited for");
    assertThat(interrupted.await(10, SECONDS)).isTrue();
  }

  private InstancePool pool(InstanceSettings settings, Limits limits) {
    return pool(settings, limits, workers);
  }

  private InstancePool pool(InstanceSettings settings, Limits limits, Workers on) {
    return pool(settings, limits, on, Duration.ofSeconds(10));
  }

  private InstancePool pool(InstanceSettings settings, Limits limits, Duration hookLimit) {
    return pool(settings, limits, workers, hookLimit);
  }

  private InstancePool pool(
      InstanceSettings settings, Limits limits, Workers on, Duration hookLimit) {
    return new InstancePool(
        handler,
        new TestEnvironment(),
        loader,
        settings,
        limits,
        on.executor(Threads.PLATFORM),
        watchdog,
        hookLimit.toNanos(),
        new RunawayStopper("test", "1", null, watchdog, new Quarantine(on, 10)),
        Metering.DEFAULT,
        new FunctionMeter("f", null));
  }

  private static Limits noLimits() {
    return Limits.of(null, null, null);
  }

  private static CompletableFuture<Outcome<?>> submit(InstancePool pool, Object input) {
    ValueCall call = new ValueCall(input, null);
    pool.submit(call);
    return call.outcome();
  }

  private interface Step {
    void run() throws Exception;
  }

  private interface Work {
    Object apply(Object input) throws Exception;
  }

  private static final class Handler implements Binding {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();
    volatile @Nullable Step onOpen;
    volatile @Nullable Step onClose;
    volatile @Nullable Callable<Object> work;
    volatile @Nullable Work onInput;

    @Override
    public Shape shape() {
      return Shape.FUNCTION;
    }

    @Override
    public Invoker open(Environment environment) throws Throwable {
      Step step = onOpen;
      if (step != null) {
        step.run();
      }
      opened.incrementAndGet();
      return new HandlerInvoker(this);
    }
  }

  private record HandlerInvoker(Handler handler) implements Invoker {
    @Override
    public boolean accepts(@Nullable Object input) {
      return true;
    }

    @Override
    public @Nullable Object read(Exchange exchange) {
      throw new AssertionError("values need no reading");
    }

    @Override
    public @Nullable Object call(@Nullable Object input, Context context) throws Exception {
      handler.calls.incrementAndGet();
      Callable<Object> work = handler.work;
      Work onInput = handler.onInput;
      if (work != null) {
        return work.call();
      }
      return onInput != null ? onInput.apply(input) : input + "!";
    }

    @Override
    public void write(@Nullable Object result, Exchange exchange) {
      throw new AssertionError("values need no writing");
    }

    @Override
    public void close() throws Exception {
      handler.closed.incrementAndGet();
      Step step = handler.onClose;
      if (step != null) {
        step.run();
      }
    }
  }

  private static final class TestEnvironment implements Environment {
    @Override
    public String function() {
      return "f";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public Map<String, String> variables() {
      return Map.of();
    }

    @Override
    public <T> T resource(Class<T> type, String name) {
      throw new IllegalArgumentException(name);
    }
  }
}
