package dev.hearth.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.instance.spi.Gauge;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a warm resource: opened, doubted, checked, renewed, closed. */
@Timeout(120)
final class WarmResourcesTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofSeconds(90);

  private final MovableClocks clocks = new MovableClocks();
  private final FakeResource fake = new FakeResource();
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  @Test
  void lazy_notUsed_isNeitherOpenedNorClosed() {
    try (WarmResources warm = lazy()) {
      assertThat(lend(warm)).isNotNull();
    }

    assertThat(fake.events).isEmpty();
  }

  @Test
  void lazy_usedByTwoFunctions_isOpenedOnceAndClosedByTheHost() throws Exception {
    try (WarmResources warm = lazy()) {
      assertThat(lend(warm).call()).isEqualTo("#1");
      assertThat(lend(warm, "ship").call()).isEqualTo("#1");
      assertThat(lend(warm)).isSameAs(lend(warm)).isNotSameAs(lend(warm, "ship"));
      assertThat(fake.events).containsExactly("opening", "opened #1");
    }

    assertThat(fake.events).containsExactly("opening", "opened #1", "closing #1", "closed #1");
  }

  @Test
  void lazy_usedByManyAtOnce_isOpenedOnce() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    fake.opening = () -> release.await(60, TimeUnit.SECONDS);
    try (WarmResources warm = lazy()) {
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(callers.submit(() -> lend(warm).call()));
      }
      await().atMost(BOUND).until(() -> fake.events.contains("opening"));
      release.countDown();

      for (Future<String> each : calls) {
        assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo("#1");
      }
    }
  }

  @Test
  void eager_isOpenedWhenBuilt() {
    try (WarmResources warm = WarmResources.builder().clocks(clocks).eager("fake", fake).build()) {
      assertThat(warm.has("fake")).isTrue();
      assertThat(fake.events).containsExactly("opening", "opened #1");
    }
  }

  @Test
  void eager_cannotBeOpened_buildFailsNamingItAndClosesWhatWasOpened() {
    FakeResource away = new FakeResource();
    away.opening = FakeResource.REFUSE;

    assertThatThrownBy(
            () -> WarmResources.builder().eager("fake", fake).eager("away", away).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the host: resource 'away' cannot be used")
        .hasMessageContaining("connection refused");
    assertThat(fake.events).endsWith("closed #1");
  }

  @Test
  void open_fails_namesFunctionResourceAndNextStepAndIsTriedAgain() throws Exception {
    fake.opening = FakeResource.REFUSE;
    try (WarmResources warm = lazy()) {
      Callable<String> lent = lend(warm);
      assertThatThrownBy(lent::call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("function 'bill': resource 'fake' cannot be used")
          .hasMessageContaining("connection refused")
          .hasMessageContaining("see that what it connects to is up")
          .hasRootCauseInstanceOf(IOException.class);

      fake.opening = () -> "";
      assertThat(lent.call()).isEqualTo("#1");
    }
  }

  @Test
  void open_hangs_failsAtTheLimitAndClosesWhatComesLate() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    fake.opening = () -> uninterruptibly(release);
    try (WarmResources warm =
        builder().openLimit(Duration.ofMillis(100)).lazy("fake", fake).build()) {
      assertThatThrownBy(lend(warm)::call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("longer than 100 ms")
          .hasMessageContaining("openLimit");

      release.countDown();
      await().atMost(BOUND).until(() -> fake.events.contains("closed #1"));
    }
    assertThat(fake.events).containsExactly("opening", "opened #1", "closing #1", "closed #1");
  }

  @Test
  void standstill_stillGood_isCheckedOnceAndKept() throws Exception {
    try (WarmResources warm = lazy()) {
      Callable<String> lent = lend(warm);
      lent.call();

      clocks.moveMonotonic(LONG);

      assertThat(lent.call()).isEqualTo("#1");
      assertThat(lent.call()).isEqualTo("#1");
      assertThat(fake.events).containsExactly("opening", "opened #1", "checking #1");
    }
  }

  @Test
  void standstill_noLongerGood_isRenewedAndTheOldOneClosed() throws Exception {
    fake.check = () -> false;
    try (WarmResources warm = lazy()) {
      Callable<String> lent = lend(warm);
      lent.call();

      clocks.moveWall(LONG);

      assertThat(lent.call()).isEqualTo("#2");
      await().atMost(BOUND).until(() -> fake.events.contains("closed #1"));
      assertThat(renewals(warm)).isEqualTo(1);
    }
    assertThat(fake.events).endsWith("closed #2");
  }

  @Test
  void standstill_checkHangs_isRenewed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    fake.check = () -> never.await(60, TimeUnit.SECONDS);
    try (WarmResources warm =
        builder().checkLimit(Duration.ofMillis(100)).lazy("fake", fake).build()) {
      Callable<String> lent = lend(warm);
      lent.call();

      clocks.moveMonotonic(LONG);

      assertThat(lent.call()).isEqualTo("#2");
    }
  }

  @Test
  void renewal_fails_isToldAndTriedAgain() throws Exception {
    fake.check = () -> false;
    try (WarmResources warm = lazy()) {
      Callable<String> lent = lend(warm);
      lent.call();
      clocks.moveMonotonic(LONG);

      fake.opening = FakeResource.REFUSE;
      assertThatThrownBy(lent::call).hasMessageContaining("connection refused");
      fake.opening = () -> "";
      assertThat(lent.call()).isEqualTo("#2");
    }
  }

  @Test
  void renewal_oldOneInUse_closesItWhenThatUseIsOver() throws Exception {
    CountDownLatch inUse = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    fake.check = () -> false;
    fake.use =
        () -> {
          inUse.countDown();
          return release.await(60, TimeUnit.SECONDS);
        };
    try (WarmResources warm = lazy()) {
      Future<String> before = callers.submit(() -> lend(warm).call());
      assertThat(inUse.await(60, TimeUnit.SECONDS)).isTrue();
      fake.use = () -> "";
      clocks.moveMonotonic(LONG);

      assertThat(lend(warm).call()).isEqualTo("#2");
      assertThat(fake.events).doesNotContain("closing #1");

      release.countDown();
      assertThat(before.get(60, TimeUnit.SECONDS)).isEqualTo("#1");
      await().atMost(BOUND).until(() -> fake.events.contains("closed #1"));
    }
  }

  @Test
  void use_fails_isCheckedBeforeTheNext() throws Exception {
    try (WarmResources warm = lazy()) {
      Callable<String> lent = lend(warm);
      lent.call();
      fake.use = FakeResource.REFUSE;
      assertThatThrownBy(lent::call).isInstanceOf(IOException.class);

      fake.use = () -> "";
      assertThat(lent.call()).isEqualTo("#1");
      assertThat(fake.events).containsExactly("opening", "opened #1", "checking #1");
    }
  }

  @Test
  void close_closingHangs_returnsAtTheLimit() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    fake.closing =
        () -> {
          try {
            return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
          } finally {
            interrupted.countDown();
          }
        };
    WarmResources warm = builder().closeLimit(Duration.ofMillis(100)).lazy("fake", fake).build();
    Callable<String> lent = lend(warm);
    lent.call();

    callers.submit(warm::close).get(30, TimeUnit.SECONDS);

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(lent::call)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("function 'bill': resource 'fake' is closed: the host is closing");
  }

  @Test
  void close_stillInUse_closesItAllTheSame() throws Exception {
    CountDownLatch inUse = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    fake.use =
        () -> {
          inUse.countDown();
          return release.await(60, TimeUnit.SECONDS);
        };
    WarmResources warm = lazy();
    Future<String> call = callers.submit(() -> lend(warm).call());
    assertThat(inUse.await(60, TimeUnit.SECONDS)).isTrue();

    warm.close();
    warm.close();

    assertThat(fake.events).endsWith("closing #1", "closed #1");
    release.countDown();
    assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("#1");
    assertThat(fake.events).hasSize(4);
  }

  @Test
  void lend_anotherTypeOfTheJdk_isNull() {
    try (WarmResources warm = lazy()) {
      assertThat(warm.lend(Runnable.class, "fake", "bill")).isNull();
    }
  }

  @Test
  void lend_noneOfTheName_isRefusedWithTheNames() {
    try (WarmResources warm = lazy()) {
      assertThatThrownBy(() -> warm.lend(Callable.class, "other", "bill"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'other'")
          .hasMessageContaining("[fake]");
    }
  }

  @Test
  void builder_badSettings_areRefused() {
    assertThatThrownBy(() -> builder().lazy(" ", fake)).hasMessageContaining("' '");
    assertThatThrownBy(() -> builder().lazy("a", fake).eager("a", fake))
        .hasMessageContaining("two resources 'a'");
    for (Duration none : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> builder().openLimit(none))
          .hasMessageContaining("openLimit is " + none);
      assertThatThrownBy(() -> builder().checkLimit(none)).hasMessageContaining("checkLimit");
      assertThatThrownBy(() -> builder().closeLimit(none)).hasMessageContaining("closeLimit");
    }
  }

  private WarmResources.Builder builder() {
    return WarmResources.builder().clocks(clocks);
  }

  private WarmResources lazy() {
    return builder().lazy("fake", fake).build();
  }

  private Callable<String> lend(WarmResources warm) {
    return lend(warm, "bill");
  }

  private Callable<String> lend(WarmResources warm, String function) {
    return requireNonNull(warm.lend(fake.type(), "fake", function));
  }

  private static double renewals(WarmResources warm) {
    return warm.gauges().stream()
        .filter(gauge -> gauge.name().equals("hearth_resource_renewals_total"))
        .filter(gauge -> gauge.labels().equals(List.of("resource", "fake")))
        .mapToDouble(Gauge::value)
        .sum();
  }

  private static boolean uninterruptibly(CountDownLatch latch) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (System.nanoTime() < end) {
      try {
        return latch.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        // as a driver that ignores it
      }
    }
    return false;
  }
}
