package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.function.WarmStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept for a function, without a function. */
@Timeout(60)
final class KeptValuesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long ROOM = 4096;

  private long nanos = Long.MAX_VALUE - 10; // the clock may wrap around
  private final KeptValues values = new KeptValues(() -> nanos);
  private final WarmStore store = new VersionStore("f", values, ROOM);

  private static byte[] bytes(int length) {
    return new byte[length];
  }

  @Test
  void value_isKeptForItsLifetime_alsoOverTheClocksEnd() {
    store.put("k", bytes(3), SECOND);

    nanos += SECOND.toNanos() - 1;
    assertThat(store.get("k")).contains(bytes(3));
    nanos += 1;
    assertThat(store.get("k")).isEmpty();
    assertThat(values.weight()).isZero();
  }

  @Test
  void value_isCopiedOnItsWayInAndOut() throws Exception {
    byte[] given = {1};
    store.put("put", given, SECOND);
    byte[] made = store.get("made", SECOND, () -> given);
    given[0] = 9;
    made[0] = 9;
    store.get("put").orElseThrow()[0] = 9;

    assertThat(store.get("put")).contains(new byte[] {1});
    assertThat(store.get("made")).contains(new byte[] {1});
  }

  @Test
  void put_withoutRoom_isRefusedAndChangesNothing() {
    store.put("k", bytes(1), SECOND);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.put("k", bytes(5000), SECOND))
        .withMessageContaining("function 'f'")
        .withMessageContaining("'k' takes 5130 bytes and warmStore is 4096");
    assertThat(store.get("k")).contains(bytes(1));
  }

  @Test
  void get_ofAValueThatHasNoRoom_returnsItAndDoesNotKeepIt() throws Exception {
    assertThat(store.get("k", SECOND, () -> bytes(5000))).hasSize(5000);
    assertThat(store.get("k")).isEmpty();
  }

  @Test
  void put_lifetimeThatIsNone_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.put("k", bytes(1), Duration.ZERO))
        .withMessage("lifetime is PT0S; it must be longer than zero");
  }

  @Test
  void room_ofAVersionThatHasLess_countsWhenItNextKeepsSomething() {
    WarmStore next = new VersionStore("f", values, 600);
    for (int i = 0; i < 5; i++) {
      store.put("k" + i, bytes(400), SECOND);
    }

    assertThat(next.get("k0")).isPresent();
    next.put("n", bytes(10), SECOND);

    assertThat(values.weight()).isLessThanOrEqualTo(600);
    assertThat(next.get("n")).isPresent();
  }

  @Test
  void get_makerThatFails_isTheFailureOfOne_andAnotherTries() throws Exception {
    assertThatThrownBy(
            () ->
                store.get(
                    "k",
                    SECOND,
                    () -> {
                      throw new IOException("down");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(store.get("k", SECOND, () -> bytes(2))).hasSize(2);
  }

  @Test
  void get_makerThatAsksForItsOwnKey_isToldInsteadOfWaiting() {
    assertThatIllegalStateException()
        .isThrownBy(() -> store.get("k", SECOND, () -> store.get("k", SECOND, () -> bytes(1))))
        .withMessageContaining("would wait for itself");
  }

  @Test
  void get_ofOneKeyAtTheSameTime_makesItOnce() throws Exception {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<Future<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(
            threads.submit(
                () ->
                    store.get(
                        "k",
                        SECOND,
                        () -> {
                          made.incrementAndGet();
                          go.await();
                          return bytes(7);
                        })));
      }
      await().until(() -> made.get() == 1);
      go.countDown();
      for (Future<byte[]> each : all) {
        assertThat(each.get()).hasSize(7);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void get_waiterThatIsInterrupted_leavesTheOthersAlone() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch making = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<byte[]> first =
          threads.submit(
              () ->
                  store.get(
                      "k",
                      SECOND,
                      () -> {
                        making.countDown();
                        go.await();
                        return bytes(7);
                      }));
      making.await();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.get("k", SECOND, () -> bytes(1)))
          .isInstanceOf(InterruptedException.class);
      go.countDown();
      assertThat(first.get()).hasSize(7);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Against a plain list of what was put, the one not asked for longest first. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomUse_agreesWithTheModel_andStaysWithinTheRoom(long seed) {
    Random random = new Random(seed);
    Map<String, long[]> model = new LinkedHashMap<>(); // length, end
    for (int i = 0; i < Integer.getInteger("hearth.test.steps", 20_000); i++) {
      String key = "k" + random.nextInt(60);
      nanos += random.nextInt(30);
      int what = random.nextInt(10);
      if (what < 5) {
        int length = random.nextInt(700);
        long lifetime = 1L + random.nextInt(2000);
        store.put(key, bytes(length), Duration.ofNanos(lifetime));
        model.remove(key);
        while (weight(model) + KeptValues.weight(key, length) > ROOM) {
          model.remove(model.keySet().iterator().next());
        }
        model.put(key, new long[] {length, nanos + lifetime});
      } else if (what < 9) {
        long[] known = model.remove(key);
        if (known != null && nanos - known[1] < 0) {
          model.put(key, known);
          assertThat(store.get(key).orElseThrow()).hasSize((int) known[0]);
        } else {
          assertThat(store.get(key)).isEmpty();
        }
      } else {
        assertThat(store.remove(key)).isEqualTo(model.remove(key) != null);
      }
      assertThat(values.weight()).isEqualTo(weight(model)).isLessThanOrEqualTo(ROOM);
    }
  }

  private static long weight(Map<String, long[]> model) {
    long all = 0;
    for (Map.Entry<String, long[]> each : model.entrySet()) {
      all += KeptValues.weight(each.getKey(), (int) each.getValue()[0]);
    }
    return all;
  }
}
