package dev.hearth.unload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Threads;
import dev.hearth.loader.UnloadWatch;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A function is replaced again and again under load, by versions that hold on to their loader in each way of the catalogue in turn. {@code
 * -Dhearth.test.swaps=10000} takes minutes.
 */
@Timeout(3600)
final class SwapVolumeTest {

  private static final int SWAPS = Integer.getInteger("hearth.test.swaps", 120);
  private static final int CALLERS = 2;
  private static final long SLACK_BYTES = 2 << 20;

  @TempDir Path directory;

  @Test
  void L59_swapsOfWhatLeaks_underLoad_leaveNothingAndFailNoCall() throws Exception {
    Path jar = LeakFunctions.jar(directory);
    List<FunctionSpec> specs = new ArrayList<>();
    for (String number : LeakFunctions.numbers()) {
      specs.add(
          FunctionSpec.builder(jar).handler("acme." + number).threads(Threads.PLATFORM).build());
    }
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    List<Object> failed = new CopyOnWriteArrayList<>();
    try (Hearth hearth = Hearth.builder().store(directory.resolve("store")).build()) {
      FunctionHandle function = hearth.deploy("f", specs.get(0));
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        running.add(callers.submit(() -> load(function, over, calls, failed)));
      }
      long metaspace = 0;
      int threads = 0;
      for (int swap = 1; swap <= SWAPS; swap++) {
        function.swap(specs.get(swap % specs.size()));
        requireReturned(call(function), failed);
        if (swap
            == SWAPS / 2) { // what the host and the JDK load for their own use is there by then
          awaitUnloaded(hearth);
          metaspace = metaspaceBytes();
          threads = Thread.activeCount();
        }
      }
      over.set(true);
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }

      assertThat(failed).isEmpty();
      assertThat(calls.get()).isGreaterThan(SWAPS);
      awaitUnloaded(hearth);
      assertThat(metaspaceBytes()).isLessThan(metaspace + SLACK_BYTES);
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 16);
      assertThat(hearth.unloaded()).isEqualTo(SWAPS);
    } finally {
      over.set(true);
      callers.shutdownNow();
    }
  }

  private static void load(
      FunctionHandle function, AtomicBoolean over, AtomicLong calls, List<Object> failed) {
    while (!over.get()) {
      requireReturned(call(function), failed);
      calls.incrementAndGet();
    }
  }

  private static Outcome<?> call(FunctionHandle function) {
    return function.invokeAsync(null, Duration.ofSeconds(60)).join();
  }

  private static void requireReturned(Outcome<?> outcome, List<Object> failed) {
    if (!(outcome instanceof Outcome.Returned)) {
      failed.add(outcome);
    }
  }

  private static void awaitUnloaded(Hearth hearth) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(hearth.retired()).extracting(UnloadWatch.Pending::version).isEmpty();
            });
  }

  private static long metaspaceBytes() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        return pool.getUsage().getUsed();
      }
    }
    throw new AssertionError("no metaspace");
  }
}
