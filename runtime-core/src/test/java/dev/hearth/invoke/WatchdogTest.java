package dev.hearth.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one thread on which every deadline of a host depends. */
@Timeout(60)
final class WatchdogTest {

  private final Watchdog watchdog = Watchdog.start("test-watchdog");

  @AfterEach
  void close() {
    watchdog.close();
  }

  private static Watchdog.Timed due(BooleanSupplier expire) {
    long now = System.nanoTime();
    return new Watchdog.Timed() {
      @Override
      public long deadlineNanos() {
        return now;
      }

      @Override
      public boolean expire(long later) {
        return expire.getAsBoolean();
      }
    };
  }

  @Test
  void expire_throwsForOne_leavesTheOthersTheirDeadlines() throws InterruptedException {
    AtomicInteger thrown = new AtomicInteger();
    CountDownLatch told = new CountDownLatch(10);

    watchdog.watch(
        due(
            () -> {
              thrown.incrementAndGet();
              throw new IllegalStateException("not mine");
            }));
    watchdog.watch(
        due(
            () -> {
              told.countDown();
              return false;
            }));

    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(thrown).hasValue(1);
  }

  @Test
  void expire_runsOutOfMemory_isAskedAgain() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(3);

    watchdog.watch(
        due(
            () -> {
              asked.countDown();
              throw new OutOfMemoryError("for a test");
            }));

    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void watchWithoutMemory_anotherComesWhileOneEnds_isWatched() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);

    watchdog.watchWithoutMemory(
        due(
            () -> {
              watchdog.watchWithoutMemory(
                  due(
                      () -> {
                        second.countDown();
                        return true;
                      }));
              return true;
            }));

    assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void heap_withRoomAgain_isFoundWell() {
    HeapWatch heap = new HeapWatch(watchdog, null);

    heap.failed("f", new IllegalStateException(new OutOfMemoryError("Java heap space")));

    assertThat(heap.isLooking()).isTrue();
    await().atMost(Duration.ofSeconds(30)).until(() -> !heap.isLooking());
  }

  @Test
  void heap_otherFailures_areNoReasonToLook() {
    HeapWatch heap = new HeapWatch(watchdog, null);

    heap.failed("f", new OutOfMemoryError("Requested array size exceeds VM limit"));
    heap.failed("f", new IllegalStateException("no database"));
    heap.failed("f", new Spiteful());

    assertThat(heap.isLooking()).isFalse();
  }

  /** As a function may write one. */
  private static final class Spiteful extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause of mine");
    }
  }
}
